"""Budgets: cost centres with who decides about them, and from when until when they may be charged."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from servicekit.errors import Invalid, NotFound, ServiceError

from gateway.api.schemas import cost_centres as shapes
from gateway.clients import Json
from gateway.pages import errors, forms
from gateway.pages.labels import _
from gateway.pages.order_forms import cents
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.visit import Visit

pages = Pages()

PATH = "/manage/budgets"
ONE = f"{PATH}/<uuid:budget_id>"
KEEP = "customers.keep"
RULES = {
    "any": _("The word of one of them is enough."),
    "all": _("All of them must agree."),
    "first": _("Whoever answers first decides."),
}
TEXTS = ("key", "name", "customer_id", "rule", "valid_from", "valid_until")
SEATS, MORE, FEW = 10, 2, 2
Row = dict[str, str]


@pages.get(PATH, KEEP)
def overview(visit: Visit) -> Outcome:
    """All of them, those that may not be charged any more last."""
    today = visit.moments.today
    found = [_read(each, today) for each in visit.services.intake.list_budgets()["items"]]
    return visit.show("manage/budgets.html", budgets=sorted(found, key=lambda each: each["over"]))


@pages.get(f"{PATH}/new", KEEP)
def new(visit: Visit) -> Outcome:
    """An empty form, for a customer when one is named."""
    said = {"rule": "any", "customer_id": visit.query.text("customer") or ""}
    return _form(visit, None, said, [])


@pages.get(ONE, KEEP)
def budget(visit: Visit, budget_id: str) -> Outcome:
    """One as it is, to change."""
    old = visit.services.intake.get_cost_centre(budget_id)
    said = {name: str(old[name] or "") for name in TEXTS}
    said["threshold"] = f"{old['threshold_cents'] / 100:.2f}"
    return _form(visit, old, said, [_row_of(each) for each in old["holders"]])


@pages.post(PATH, KEEP)
def add(visit: Visit) -> Outcome:
    """Make one."""
    return _save(visit, None)


@pages.post(ONE, KEEP)
def change(visit: Visit, budget_id: str) -> Outcome:
    """Say anew what it is, or when it ends."""
    return _save(visit, visit.services.intake.get_cost_centre(budget_id))


def _save(visit: Visit, old: Json | None) -> Outcome:
    rows, intake = _rows(visit), visit.services.intake
    try:
        body = _body(visit, old, rows)
        if old:
            intake.change_cost_centre(str(old["budget_id"]), visit.version, **body)
        else:
            intake.add_cost_centre(**body)
    except NotFound:
        raise
    except ServiceError as error:
        problem = {"text": errors.explain(visit, error), "fields": errors.field_errors(visit, error)}
        return _form(visit, old, visit.form.said(), rows, errors.status_of(visit, error), problem)
    said = _("Kept. What is being approved keeps whom it was asked of.") if old else _("It can be charged.")
    return visit.go(PATH, said)


def _body(visit: Visit, old: Json | None, rows: list[Row]) -> dict[str, Any]:
    """Raises Invalid."""
    threshold = visit.form.text("threshold")
    holders = [_seat(visit, number, row) for number, row in enumerate(rows)]
    if not holders:
        raise _wrong(visit.words(_("Name at least one holder.")), "holders")
    given = {
        **{name: visit.form.text(name) for name in TEXTS if name != "key" or not old},
        "threshold_cents": cents("threshold", threshold) if threshold else None,
        "holders": holders,
    }
    return forms.load(shapes.ChangedCostCentre() if old else shapes.NewCostCentre(), given)


# --- holders -----------------------------------------------------------------------------------------------


def _row_of(holder: Json) -> Row:
    return {
        "holder": holder["name"] or "",
        "holder_id": str(holder["person_id"]),
        "stand_in": holder["stand_in"] or "",
        "stand_in_id": str(holder["stand_in_id"] or ""),
    }


def _rows(visit: Visit) -> list[Row]:
    """Those in which somebody is named."""
    names = ("holder", "holder_id", "holder_was", "stand_in", "stand_in_id", "stand_in_was")
    typed = [
        {name: visit.form.text(f"seat{number}_{name}") or "" for name in names} for number in range(SEATS)
    ]
    return [row for row in typed if row["holder"] or row["stand_in"]]


def _seat(visit: Visit, number: int, row: Row) -> Json:
    at = f"holders.{number}"
    return {
        "person_id": _person(visit, row, "holder", f"{at}.person_id"),
        "stand_in_id": _person(visit, row, "stand_in", f"{at}.stand_in_id"),
    }


def _person(visit: Visit, row: Row, who: str, field: str) -> str | None:
    """Who was there before keeps their place under their name; somebody else is looked up."""
    words = row[who]
    if not words:
        return None
    if row[f"{who}_id"] and words == row[f"{who}_was"]:
        return row[f"{who}_id"]
    found = visit.services.intake.list_people(q=words[:200], limit=FEW)["items"]
    if len(found) != 1:
        more = _("More people have this name. Write the e-mail address.")
        raise _wrong(
            visit.words(more if found else _("Nobody is called so. Write the e-mail address.")), field
        )
    return str(found[0]["person_id"])


def _wrong(text: str, field: str) -> Invalid:
    return Invalid("invalid", text, {field: [text]})


# --- showing -----------------------------------------------------------------------------------------------


def _form(
    visit: Visit, old: Json | None, said: Json, rows: list[Row], status: int = 200,
    problem: Json | None = None,
) -> Outcome:  # fmt: skip
    empty = dict.fromkeys(("holder", "holder_id", "stand_in", "stand_in_id"), "")
    return visit.show(
        "manage/budget.html",
        status,
        old=old,
        said={**dict.fromkeys((*TEXTS, "threshold"), ""), **said},
        seats=[*rows, *[empty] * MORE][:SEATS],
        customers=_customers(visit, old),
        problem=problem,
        RULES=RULES,
    )


def _customers(visit: Visit, old: Json | None) -> list[tuple[str, str]]:
    """And whose it is, when that one has ended."""
    known = {str(each["customer_id"]): str(each["name"]) for each in _all_customers(visit)}
    if old and old["customer_id"]:
        known.setdefault(str(old["customer_id"]), str(old["customer"]))
    return list(known.items())


def _all_customers(visit: Visit) -> Iterator[Json]:
    cursor = None
    while True:
        found = visit.services.intake.list_customers(cursor=cursor, limit=100)
        yield from found["items"]
        if not (cursor := found["next_cursor"]):
            return


def _read(found: Json, today: date) -> Json:
    """With its days as days; `over`: it may not be charged any more."""
    first, last = (_day(found[name]) for name in ("valid_from", "valid_until"))
    over = last is not None and last < today
    return {**found, "valid_from": first, "valid_until": last, "over": over, "said": RULES[found["rule"]]}


def _day(said: Any) -> date | None:
    return date.fromisoformat(str(said)) if said else None
