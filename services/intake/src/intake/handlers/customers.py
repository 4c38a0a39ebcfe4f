"""Customers: who they are made of, what is going on with them, and keeping them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from servicekit.errors import Conflict, Invalid, NotFound, Stale

from intake.domain.contacts import Line
from intake.domain.cost_centres import Valid
from intake.domain.customers import InUse, check_parent, in_the_way
from intake.handlers.people import KEEP, notes
from intake.storage.unit_of_work import IntakeWork

View = dict[str, Any]
LATELY = timedelta(days=30)
MOST_MOMENTS = 10


def list_customers(work: IntakeWork, ended: bool, q: str | None, cursor: str | None, limit: int) -> View:
    rows, next_cursor = work.customers.page(ended, q, work.actor.person_id, cursor, limit)
    return {"items": [_line(row) for row in rows], "next_cursor": next_cursor}


def get_customer(work: IntakeWork, customer_id: UUID) -> View:
    """Whole, but for its people and requests: those are lists of their own. Notes for who keep them."""
    row = work.customers.one(customer_id, work.actor.person_id)
    if row is None:
        raise _unknown()
    since, reader_id = work.now - LATELY, work.actor.person_id
    lately = work.customers.moments(customer_id, since, reader_id, MOST_MOMENTS)
    keeps = work.actor.can(KEEP)
    return {
        **_line(row),
        "departments": [_department(each) for each in work.customers.departments(customer_id)],
        "cost_centres": [_cost_centre(each) for each in work.customers.cost_centres(customer_id)],
        "places": [dict(each._asdict()) for each in work.customers.places(customer_id)],
        "notes": notes(work.contacts.notes_of_customer(customer_id)) if keeps else [],
        "moments": [_moment(each) for each in lately] if keeps else [],
    }


def list_customer_people(
    work: IntakeWork, customer_id: UUID, department_id: UUID | None, cursor: str | None, limit: int
) -> View:
    rows, next_cursor = work.customers.people(customer_id, department_id, cursor, limit)
    named = ("person_id", "key", "name", "email", "language", "department", "personnel_number")
    people = [{**{name: getattr(row, name) for name in named}, "phone": _first(row.phones)} for row in rows]
    return {"items": people, "next_cursor": next_cursor}


# --- keeping -----------------------------------------------------------------------------------------------


def add_customer(work: IntakeWork, name: str) -> View:
    _check_free(work.customers.named(name), None)
    customer_id = work.new_id()
    work.customers.add(customer_id, name)
    return get_customer(work, customer_id)


def rename_customer(work: IntakeWork, customer_id: UUID, version: int, name: str) -> View:
    _held(work, customer_id, version)
    _check_free(work.customers.named(name), customer_id)
    work.customers.change(customer_id, {"name": name})
    return get_customer(work, customer_id)


def end_customer(work: IntakeWork, customer_id: UUID, version: int) -> View:
    """Nobody is left of it, and nothing is going on. What was stays as it is."""
    row = _held(work, customer_id, version)
    if row.ended_at is None:
        _check_ends(work.customers.use(customer_id))
        work.customers.change(customer_id, {"ended_at": work.now})
    return get_customer(work, customer_id)


def revive_customer(work: IntakeWork, customer_id: UUID, version: int) -> View:
    """It is a customer again."""
    _held(work, customer_id, version)
    work.customers.change(customer_id, {"ended_at": None})
    return get_customer(work, customer_id)


def add_department(
    work: IntakeWork, customer_id: UUID, name: str, parent_id: UUID | None, cost_centre: str | None
) -> View:
    if work.customers.hold(customer_id) is None:
        raise _unknown()
    _check_free(work.customers.department_named(name), None)
    department_id = work.new_id()
    row = _wanted(work, customer_id, department_id, name, parent_id, cost_centre)
    work.customers.add_department({"department_id": department_id, "customer_id": customer_id, **row})
    return get_customer(work, customer_id)


def change_department(
    work: IntakeWork, department_id: UUID, version: int, name: str, parent_id: UUID | None,
    cost_centre: str | None,
) -> View:  # fmt: skip
    department = _held_department(work, department_id, version)
    _check_free(work.customers.department_named(name), department_id)
    row = _wanted(work, department.customer_id, department_id, name, parent_id, cost_centre)
    work.customers.change_department(department_id, row)
    return get_customer(work, department.customer_id)


def end_department(work: IntakeWork, department_id: UUID, version: int) -> View:
    department = _held_department(work, department_id, version)
    _check_ends(work.customers.department_use(department_id))
    work.customers.change_department(department_id, {"ended_at": work.now})
    return get_customer(work, department.customer_id)


def _wanted(
    work: IntakeWork, customer_id: UUID, department_id: UUID, name: str, parent_id: UUID | None,
    cost_centre: str | None,
) -> View:  # fmt: skip
    known = work.customers.departments(customer_id)
    check_parent(department_id, parent_id, {each.department_id: each.parent_id for each in known})
    budget_id = _payer(work, customer_id, cost_centre) if cost_centre else None
    return {"name": name, "parent_id": parent_id, "budget_id": budget_id}


def _payer(work: IntakeWork, customer_id: UUID, cost_centre: str) -> Any:
    """Which goes on: a department is charged to it day after day."""
    row = work.customers.cost_centre(customer_id, cost_centre)
    if row is None:
        raise _wrong("cost_centre", "This customer has no such cost centre.")
    if not Valid(row.valid_from, row.valid_until).goes_on(work.today):
        raise _wrong("cost_centre", "This cost centre ends, or has not begun. Choose another.")
    return row.budget_id


def _held(work: IntakeWork, customer_id: UUID, version: int) -> Any:
    row = work.customers.hold(customer_id)
    if row is None:
        raise _unknown()
    _check_version(row, version)
    return row


def _held_department(work: IntakeWork, department_id: UUID, version: int) -> Any:
    """With its customer held first: of two who change the tree at once the second sees it as it is."""
    row = work.customers.department(department_id)
    if row is None or row.customer_id is None:
        raise NotFound("no_such_department", "There is no such department of a customer.")
    work.customers.hold(row.customer_id)
    _check_version(row, version)
    return row


def _check_version(row: Any, version: int) -> None:
    if row.version != version:
        raise Stale("stale", f"It is at version {row.version} now. Look at it again.")


def _check_ends(use: InUse) -> None:
    if reason := in_the_way(use):
        raise Conflict(*reason)


def _check_free(taken_by: UUID | None, own_id: UUID | None) -> None:
    if taken_by is not None and taken_by != own_id:
        raise _wrong("name", "This name is taken. Choose another.")


def _unknown() -> NotFound:
    return NotFound("no_such_customer", "There is no such customer.")


def _wrong(field: str, text: str) -> Invalid:
    return Invalid("invalid", text, {field: [text]})


# --- views -------------------------------------------------------------------------------------------------


def _line(row: Any) -> View:
    return {
        name: getattr(row, name) for name in ("customer_id", "name", "version", "ended_at", "people", "open")
    }


def _department(row: Any) -> View:
    named = ("department_id", "name", "parent_id", "cost_centre", "people", "version", "ended_at")
    return {name: getattr(row, name) for name in named}


def _cost_centre(row: Any) -> View:
    named = ("budget_id", "key", "name", "threshold_cents", "rule", "valid_from", "valid_until")
    return {name: getattr(row, name) for name in named}


def _moment(row: Any) -> View:
    view = {name: getattr(row, name) for name in ("at", "request_id", "reference", "person", "person_id")}
    view["by"] = None if row.by["kind"] == "service" else row.by["name"]
    if row.type is None:
        return {**view, "type": "noted", "channel": row.channel, "direction": row.direction, "text": row.text}
    line = Line(row.type, row.data, row.channel, row.notify, row.summary)
    return {**view, "type": row.type, "channel": line.over, "direction": line.direction, "text": line.said}


def _first(phones: list[str]) -> str | None:
    return phones[0] if phones else None
