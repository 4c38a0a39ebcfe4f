"""Customers: whom the house works for. The desk reads and notes; managers keep them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from servicekit.concurrency import gather
from servicekit.errors import NotFound, ServiceError

from gateway.api.schemas import customers as shapes
from gateway.api.schemas.people import NewNote
from gateway.clients import Json
from gateway.pages import errors, forms
from gateway.pages.desk.people import DIRECTIONS, NOTED
from gateway.pages.labels import _
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.timeline import LOOKS
from gateway.pages.visit import Visit

pages = Pages()

PATH = "/desk/customers"
ONE = f"{PATH}/<uuid:customer_id>"
READ, NOTE, KEEP = "relations.read_people", "relations.keep", "customers.keep"
FEW_PEOPLE, FEW_REQUESTS = 10, 10
Act = Callable[[Visit, str], Any]


@pages.get(PATH, READ)
def overview(visit: Visit) -> Outcome:
    """All customers, or those that ended."""
    return _overview(visit)


def _overview(visit: Visit, status: int = 200, problem: Json | None = None) -> Outcome:
    ended, cursor = visit.query.get("ended") == "yes", visit.query.text("cursor")
    found = visit.services.intake.list_customers(
        ended=ended, q=visit.query.text("q"), cursor=cursor, limit=50
    )
    kept = visit.form.said() if problem else {}
    return visit.show("desk/customers.html", status, found=found, ended=ended, problem=problem, kept=kept)


@pages.post(PATH, KEEP)
def add(visit: Visit) -> Outcome:
    """Add a customer."""
    try:
        body = forms.load(shapes.NewCustomer(), {"name": visit.form.text("name")})
        made = visit.services.intake.add_customer(**body)
    except ServiceError as error:
        return _overview(visit, errors.status_of(visit, error), _problem(visit, error, "add"))
    return visit.go(f"{PATH}/{made['customer_id']}", _("The customer is there."))


@pages.get(ONE, READ)
def customer(visit: Visit, customer_id: str) -> Outcome:
    """One customer: what it is made of, and what is going on with it."""
    return _show(visit, customer_id)


def _show(visit: Visit, customer_id: str, status: int = 200, problem: Json | None = None) -> Outcome:
    intake = visit.services.intake
    department_id, cursor = visit.query.text("department"), visit.query.text("cursor")
    found, people, requests = gather(
        [
            lambda: intake.get_customer(customer_id),
            lambda: intake.list_customer_people(
                customer_id, department_id=department_id, cursor=cursor, limit=FEW_PEOPLE
            ),
            lambda: _requests(visit, customer_id),
        ]
    )
    return visit.show(
        "desk/customer.html",
        status,
        customer=found,
        tree=tree(found["departments"]),
        people=people,
        requests_open=requests,
        department_id=department_id,
        problem=problem,
        kept=visit.form.said() if problem else {},
        DIRECTIONS=DIRECTIONS,
        said_of_moment=lambda kind: LOOKS[kind].sentence if kind in LOOKS else NOTED,
    )


def _requests(visit: Visit, customer_id: str) -> list[Json]:
    if not visit.can("requests.read_all"):
        return []
    ask = visit.services.intake.list_requests
    items: list[Json] = ask(customer_id=customer_id, open=True, sort="promise", limit=FEW_REQUESTS)["items"]
    return items


def tree(departments: list[Json]) -> list[tuple[int, Json]]:
    """Each with how deep it lies, what lies in one under it. Those that ended come last."""
    below: dict[str | None, list[Json]] = {}
    for each in departments:
        if each["ended_at"] is None:
            parent = each["parent_id"]
            below.setdefault(str(parent) if parent else None, []).append(each)
    found: list[tuple[int, Json]] = []

    def walk(parent: str | None, depth: int) -> None:
        for each in below.get(parent, []):
            found.append((depth, each))
            walk(str(each["department_id"]), depth + 1)

    walk(None, 0)
    return found + [(0, each) for each in departments if each["ended_at"] is not None]


# --- noting and keeping ------------------------------------------------------------------------------------


@pages.post(f"{ONE}/notes", NOTE)
def note(visit: Visit, customer_id: str) -> Outcome:
    """Add a note, which the desk reads with each of its callers."""

    def act(visit: Visit, customer_id: str) -> Json:
        body = forms.load(NewNote(), {"text": visit.form.text("note_text")})
        return visit.services.intake.add_relation_note(customer_id=customer_id, **body)

    return _done(visit, customer_id, "note", act, _("The note is added."))


@pages.post(f"{ONE}/notes/<uuid:note_id>/remove", NOTE)
def remove_note(visit: Visit, customer_id: str, note_id: str) -> Outcome:
    """Take a note away."""

    def act(visit: Visit, _customer_id: str) -> Json:
        return visit.services.intake.remove_relation_note(note_id)

    return _done(visit, customer_id, "note", act, _("The note is gone."))


def _rename(visit: Visit, customer_id: str) -> Json:
    body = forms.load(shapes.NewCustomer(), {"name": visit.form.text("name")})
    return visit.services.intake.rename_customer(customer_id, visit.version, **body)


def _end(visit: Visit, customer_id: str) -> Json:
    return visit.services.intake.end_customer(customer_id, visit.version)


def _revive(visit: Visit, customer_id: str) -> Json:
    return visit.services.intake.revive_customer(customer_id, visit.version)


def _add_department(visit: Visit, customer_id: str) -> Json:
    return visit.services.intake.add_department(customer_id, **_department(visit))


def _change_department(visit: Visit, _customer_id: str) -> Json:
    which = visit.form.get("department_id", "")
    return visit.services.intake.change_department(which, visit.version, **_department(visit))


def _end_department(visit: Visit, _customer_id: str) -> Json:
    return visit.services.intake.end_department(visit.form.get("department_id", ""), visit.version)


def _department(visit: Visit) -> Json:
    named = ("name", "parent_id", "cost_centre")
    return forms.load(shapes.NewDepartment(), {name: visit.form.text(name) for name in named})


# What may be done to one, and what is said then.
ACTS: Mapping[str, tuple[Act, str]] = {
    "rename": (_rename, _("It has its new name.")),
    "end": (_end, _("It has ended. What was is kept.")),
    "revive": (_revive, _("It is a customer again.")),
    "add-department": (_add_department, _("The department is there.")),
    "change-department": (_change_department, _("The department is changed.")),
    "end-department": (_end_department, _("The department has ended.")),
}


@pages.post(f"{ONE}/<what>", KEEP)
def keep(visit: Visit, customer_id: str, what: str) -> Outcome:
    """Rename it, end it or take it up again; add, change or end a department."""
    if what not in ACTS:
        raise NotFound("no_such_page", "There is nothing at this address.")
    act, said = ACTS[what]
    return _done(visit, customer_id, what, act, said)


def _done(visit: Visit, customer_id: str, name: str, act: Act, said: str) -> Outcome:
    try:
        act(visit, customer_id)
    except NotFound:
        raise
    except ServiceError as error:
        return _show(visit, customer_id, errors.status_of(visit, error), _problem(visit, error, name))
    return visit.go(f"{PATH}/{customer_id}", said)


def _problem(visit: Visit, error: ServiceError, form: str) -> Json:
    return {"form": form, "text": errors.explain(visit, error), "fields": errors.field_errors(visit, error)}
