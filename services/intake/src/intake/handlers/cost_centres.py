"""Cost centres one by one: made, changed, and ended by a date once no department is charged to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from servicekit.errors import Conflict, Invalid, NotFound, Stale

from intake.domain.cost_centres import Holder, Valid, check_holders, check_order, still_charged
from intake.handlers.relations import budget_views
from intake.storage.unit_of_work import IntakeWork

Row = dict[str, Any]


def get_cost_centre(work: IntakeWork, budget_id: UUID) -> Row:
    row = work.budgets.one(budget_id)
    if row is None:
        raise _unknown()
    return budget_views(work, [row])[0]


def add_cost_centre(work: IntakeWork, key: str, **given: Any) -> Row:
    if work.budgets.has_key(key):
        raise _wrong("key", "Another cost centre has this key. Choose another.")
    if given["customer_id"]:
        _check_customer(work, given["customer_id"])
    budget_id = work.new_id()
    work.budgets.add({"budget_id": budget_id, "key": key, **_row(work, **given)})
    return get_cost_centre(work, budget_id)


def change_cost_centre(work: IntakeWork, budget_id: UUID, version: int, **given: Any) -> Row:
    """All but its key, by which requests know it. What is being approved keeps whom it was asked of."""
    held = work.budgets.hold(budget_id)
    if held is None:
        raise _unknown()
    if held.version != version:
        raise Stale("stale", f"It is at version {held.version} now. Look at it again.")
    if given["customer_id"] not in (None, held.customer_id):
        _check_customer(work, given["customer_id"])
    row = _row(work, **given)
    _check_charged(work, row, work.budgets.charged_by(budget_id))
    work.budgets.change(budget_id, row)
    return get_cost_centre(work, budget_id)


def _check_charged(work: IntakeWork, row: Row, departments: Sequence[Any]) -> None:
    valid = Valid(row["valid_from"], row["valid_until"])
    if in_the_way := still_charged(valid, [each.name for each in departments], work.today):
        raise Conflict("still_charged", in_the_way)
    if row["customer_id"] and any(each.customer_id not in (None, row["customer_id"]) for each in departments):
        text = "Departments of another customer are charged to it. Give those another cost centre first."
        raise _wrong("customer_id", text)


def _row(
    work: IntakeWork, *, holders: Sequence[Holder], valid_from: Any, valid_until: Any, **rest: Any
) -> Row:
    """Raises Wrong."""
    valid = Valid(valid_from, valid_until)
    check_order(valid)
    check_holders(holders, _known(work, holders))
    seats = [{"person_id": str(each.person_id), "stand_in_id": _text(each.stand_in_id)} for each in holders]
    return {"holders": seats, "valid_from": valid.first, "valid_until": valid.last, **rest}


def _known(work: IntakeWork, holders: Sequence[Holder]) -> dict[UUID, UUID]:
    given = [each for holder in holders for each in (holder.person_id, holder.stand_in_id) if each]
    return {UUID(key): UUID(who.person_id) for key, who in work.budgets.approvers(given).items()}


def _check_customer(work: IntakeWork, customer_id: UUID) -> None:
    customer = work.customers.one(customer_id, None)
    if customer is None or customer.ended_at is not None:
        raise _wrong("customer_id", "This customer is not known, or has ended. Choose another, or none.")


def _text(person_id: UUID | None) -> str | None:
    return str(person_id) if person_id else None


def _unknown() -> NotFound:
    return NotFound("no_such_cost_centre", "There is no such cost centre.")


def _wrong(field: str, text: str) -> Invalid:
    return Invalid("invalid", text, {field: [text]})
