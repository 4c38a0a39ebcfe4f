"""The pages of visits (several orders in one go), the same for a team of our own and a supplier."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from servicekit.errors import Invalid, ServiceError

from gateway.api.schemas.visits import NewVisit, WhichJoin, WhichToLeave
from gateway.clients import Json, Services
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
    "refuse": FIELDS["refuse"],
    "not_carried_out": FIELDS["not_carried_out"],
}
ENDING = ("refuse", "not_carried_out")  # after these nothing is in it any more
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

    @pages.get(f"{side.base}/visits", "visits.plan")
    def visits(visit: Visit) -> Outcome:
        """What is done in one go, and what could be."""
        return board(visit, side)

    @pages.post(f"{side.base}/visits", "visits.plan")
    def plan_visit(visit: Visit) -> Outcome:
        """Put orders together."""
        return plan(visit, side)

    @pages.get(one, "visits.plan")
    def show_visit(visit: Visit, visit_id: str) -> Outcome:
        """One visit."""
        return show(visit, side, visit_id)

    @pages.post(f"{one}/join", "visits.plan")
    def join_visit(visit: Visit, visit_id: str) -> Outcome:
        """Let more orders come along."""
        return join(visit, side, visit_id)

    @pages.post(f"{one}/leave", "visits.plan")
    def leave_visit(visit: Visit, visit_id: str) -> Outcome:
        """Take an order out."""
        return leave(visit, side, visit_id)

    @pages.post(f"{one}/dissolve", "visits.plan")
    def dissolve_visit(visit: Visit, visit_id: str) -> Outcome:
        """Take it apart."""
        return dissolve(visit, side, visit_id)

    @pages.post(f"{one}/<action>", "work_orders.act")
    def act_on_visit(visit: Visit, visit_id: str, action: str) -> Outcome:
        """Accept, plan, begin, interrupt, go on, report completion of all."""
        return act(visit, side, visit_id, action)

    return pages


def board(visit: Visit, side: Side, status: int = 200, problem: str = "") -> Outcome:
    """Visits with something left to do, orders that could well be one, and all that one may choose from. The
    desk chooses of whom.
    """
    chooses = visit.can("work_orders.repair")
    of = visit.query.text("provider") or visit.form.text("provider") if chooses else None
    found = visit.services.dispatch.list_visits(**({"provider_id": of} if of else {}))
    providers = visit.services.dispatch.list_providers()["items"] if chooses else []
    found["free"] = sorted(found["free"], key=_place)
    return visit.show(
        "crew/visits.html", status, side=side, problem=problem, providers=providers, of=of or "", **found
    )


def _place(order: Json) -> tuple[str, str]:
    return str((order.get("location") or {}).get("path") or ""), str(order["number"])


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
        whole=whole_of(found),
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
        left, found = say(visit, visit.services, visit_id, action)
    except ServiceError as error:
        problem = problem_of(visit, error, visit_id, action)
        status, kept = errors.status_of(visit, error), visit.form.said()
        return show(visit, side, visit_id, status, problem=problem, kept=kept)
    if left:
        return show(visit, side, visit_id, found=found, outcomes=left)
    to = f"{side.base}/visits" + ("" if named(action) in ENDING else f"/{visit_id}")
    return visit.go(to, _("Done for every order of the visit."))


def named(action: str) -> str:
    """As dispatch calls what stands in the address."""
    return action.replace("-", "_")


def say(visit: Visit, services: Services, visit_id: str, action: str) -> tuple[dict[str, Json], Json]:
    """Who was left out, by order, and the visit. Raises ServiceError."""
    name = named(action)
    if name not in VISIT_FIELDS:
        raise Invalid("unknown_action", "There is no such action.", {"action": ["Not known."]})
    found = services.dispatch.act_on_visit(visit_id, name, visit.version, **_details(visit, name))
    return {each["work_order_id"]: each for each in found["outcomes"] if each["outcome"] != "done"}, found


def problem_of(visit: Visit, error: ServiceError, visit_id: str, action: str) -> Json:
    """For the form of this action. Raises again what is no fault of the form."""
    if not error.errors and type(error).__name__ in ("NotFound", "Forbidden"):
        raise error
    return {
        "form": f"visit-{visit_id}",
        "action": named(action),
        "text": errors.explain(visit, error),
        "fields": errors.field_errors(visit, error),
    }


def join(visit: Visit, side: Side, visit_id: str) -> Outcome:
    """More orders come along."""

    def change() -> Json:
        given = forms.load(WhichJoin(), {"work_order_ids": visit.form.many("work_order_id")})
        return visit.services.dispatch.join_visit(visit_id, visit.version, **given)

    return _changed(visit, side, visit_id, change, _("They go along now."))


def leave(visit: Visit, side: Side, visit_id: str) -> Outcome:
    """Take an order out: it is done by itself after all."""

    def change() -> Json:
        given = forms.load(WhichToLeave(), {"work_order_id": visit.form.text("work_order_id")})
        return visit.services.dispatch.leave_visit(visit_id, visit.version, **given)

    return _changed(visit, side, visit_id, change, _("Taken out of the visit."))


def dissolve(visit: Visit, side: Side, visit_id: str) -> Outcome:
    """Every order by itself again."""

    def change() -> Json:
        return visit.services.dispatch.dissolve_visit(visit_id, visit.version)

    return _changed(visit, side, visit_id, change, _("Every order is by itself again."))


def _changed(visit: Visit, side: Side, visit_id: str, change: Callable[[], Json], said: str) -> Outcome:
    """A visit of which nothing is left is not shown. What is refused is said on its page."""
    try:
        found = change()
    except ServiceError as error:
        if type(error).__name__ in ("NotFound", "Forbidden"):
            raise
        problem = {"form": "who", "text": errors.explain(visit, error), "fields": {}}
        return show(visit, side, visit_id, errors.status_of(visit, error), problem=problem)
    left = f"/{visit_id}" if found["orders"] else ""
    return visit.go(f"{side.base}/visits{left}", said)


def _details(visit: Visit, action: str) -> Json:
    """As of one order, but files, which belong to one; the only point of a visit is that all are done."""
    details = details_of(visit, action)
    details.pop("attachments", None)
    if action == "complete":
        details["all_points"] = bool(details.pop("checklist", None))
    return {name: value for name, value in details.items() if value is not None}


def whole_of(found: Json) -> Json:
    """The visit as the forms of an order take it."""
    points = [ALL_POINTS] if any(order.get("checklist") for order in found["orders"]) else []
    return {
        "work_order_id": found["visit_id"],
        "version": found["version"],
        "actions": found["actions"],
        "checklist": points,
    }
