"""The pages of visits (several orders in one go), the same for a team of our own and a supplier."""

from __future__ import annotations

from typing import Any

from servicekit.errors import Invalid, ServiceError

from gateway.api.schemas.visits import NewVisit, WhichToLeave
from gateway.clients import Json
from gateway.pages import errors, forms
from gateway.pages.labels import _
from gateway.pages.order_forms import FIELDS, details_of
from gateway.pages.outcome import Outcome
from gateway.pages.own_orders import Side
from gateway.pages.page import Pages
from gateway.pages.visit import Visit

# What each word asks for of a whole visit.
VISIT_FIELDS = {
    "accept": (),
    "schedule": FIELDS["schedule"],
    "start": (),
    "pause": FIELDS["pause"],
    "resume": (),
    "complete": ("checklist", "note", "time", "material", "cost"),
}
MAIN = ("accept", "start", "resume", "complete")
# Why an order was left out, by the outcome; else its own rules say it.
LEFT_OUT = {
    "later": _("Not so far yet, or it waits for something."),
    "over": _("There is nothing left to do with it."),
}
ALL_POINTS = {"nl": "Alle punten van elke opdracht zijn gedaan", "en": "All points of every order are done"}


def pages_of(side: Side) -> Pages:
    """The pages of visits of one side."""
    pages = Pages()
    one = f"{side.base}/visits/<uuid:visit_id>"

    @pages.get(f"{side.base}/visits", "work_orders.act")
    def visits(visit: Visit) -> Outcome:
        """What is done in one go, and what could be."""
        return board(visit, side)

    @pages.post(f"{side.base}/visits", "work_orders.act")
    def plan_visit(visit: Visit) -> Outcome:
        """Put orders together."""
        return plan(visit, side)

    @pages.get(one, "work_orders.act")
    def show_visit(visit: Visit, visit_id: str) -> Outcome:
        """One visit."""
        return show(visit, side, visit_id)

    @pages.post(f"{one}/leave", "work_orders.act")
    def leave_visit(visit: Visit, visit_id: str) -> Outcome:
        """Take an order out."""
        return leave(visit, side, visit_id)

    @pages.post(f"{one}/<action>", "work_orders.act")
    def act_on_visit(visit: Visit, visit_id: str, action: str) -> Outcome:
        """Accept, plan, begin, interrupt, go on, report completion of all."""
        return act(visit, side, visit_id, action)

    return pages


def board(visit: Visit, side: Side, status: int = 200, problem: str = "") -> Outcome:
    """Visits with something left to do, and orders that could well be one."""
    found = visit.services.dispatch.list_visits()
    return visit.show("crew/visits.html", status, side=side, problem=problem, **found)


def plan(visit: Visit, side: Side) -> Outcome:
    """Put the orders together that are ticked."""
    try:
        given = forms.load(NewVisit(), {"work_order_ids": visit.form.many("work_order_id")})
        made = visit.services.dispatch.plan_visit(**given)
    except ServiceError as error:
        return board(visit, side, errors.status_of(visit, error), errors.explain(visit, error))
    return visit.go(f"{side.base}/visits/{made['visit_id']}", _("These are one visit now."))


def show(visit: Visit, side: Side, visit_id: str, status: int = 200, **more: Any) -> Outcome:
    """One visit, with what may be said of it now."""
    found = more.pop("found", None) or visit.services.dispatch.get_visit(visit_id)
    return visit.show(
        "crew/visit.html",
        status,
        side=side,
        found=found,
        whole=_whole(found),
        order_fields=VISIT_FIELDS,
        main=MAIN,
        left_out=LEFT_OUT,
        problem=more.get("problem"),
        kept=more.get("kept", {}),
        outcomes=more.get("outcomes", {}),
    )


def act(visit: Visit, side: Side, visit_id: str, action: str) -> Outcome:
    """Say it of all of its orders. Those that were left out are named on the same page."""
    try:
        if action not in VISIT_FIELDS:
            raise Invalid("unknown_action", "There is no such action.")
        found = visit.services.dispatch.act_on_visit(visit_id, action, **_details(visit, action))
    except ServiceError as error:
        if not error.errors and type(error).__name__ in ("NotFound", "Forbidden"):
            raise
        problem = {
            "form": f"visit-{visit_id}",
            "action": action,
            "text": errors.explain(visit, error),
            "fields": errors.field_errors(visit, error),
        }
        status, kept = errors.status_of(visit, error), visit.form.said()
        return show(visit, side, visit_id, status, problem=problem, kept=kept)
    outcomes = {each["work_order_id"]: each for each in found["outcomes"] if each["outcome"] != "done"}
    if outcomes:
        return show(visit, side, visit_id, found=found, outcomes=outcomes)
    return visit.go(f"{side.base}/visits/{visit_id}", _("Done for every order of the visit."))


def leave(visit: Visit, side: Side, visit_id: str) -> Outcome:
    """Take an order out: it is done by itself after all."""
    given = forms.load(WhichToLeave(), {"work_order_id": visit.form.text("work_order_id")})
    visit.services.dispatch.leave_visit(visit_id, **given)
    return visit.go(f"{side.base}/visits/{visit_id}", _("Taken out of the visit."))


def _details(visit: Visit, action: str) -> Json:
    """As of one order, but files, which belong to one; the only point of a visit is that all are done."""
    details = details_of(visit, action)
    details.pop("attachments", None)
    if action == "complete":
        details["all_points"] = bool(details.pop("checklist", None))
    return {name: value for name, value in details.items() if value is not None}


def _whole(found: Json) -> Json:
    """The visit as the forms of an order take it."""
    points = [ALL_POINTS] if any(order.get("checklist") for order in found["orders"]) else []
    return {
        "work_order_id": found["visit_id"],
        "version": 0,
        "actions": found["actions"],
        "checklist": points,
    }
