"""Planned work, for whoever sees to it that it comes back."""

from __future__ import annotations

from datetime import date
from typing import Any

from servicekit.errors import NotFound, ServiceError

from gateway.api.schemas import plans as shapes
from gateway.clients import Json
from gateway.pages import errors, forms
from gateway.pages.labels import _
from gateway.pages.manage import places, plan_stops
from gateway.pages.manage.routing import published
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.visit import Visit

pages = Pages()

PATH = "/manage/plans"
ONE = f"{PATH}/<uuid:plan_id>"
# From the first day on; what is more particular is written as a rule.
EVERY = {
    "FREQ=DAILY": _("Every day"),
    "FREQ=WEEKLY": _("Every week"),
    "FREQ=WEEKLY;INTERVAL=2": _("Every two weeks"),
    "FREQ=MONTHLY": _("Every month"),
    "FREQ=MONTHLY;INTERVAL=3": _("Every three months"),
    "FREQ=MONTHLY;INTERVAL=6": _("Every half year"),
    "FREQ=YEARLY": _("Every year"),
}
CLOSED = {
    "next": _("Do it on the next working day"),
    "previous": _("Do it on the working day before"),
    "skip": _("Leave it out"),
    "keep": _("Do it all the same"),
}
STATES = {"active": _("Runs"), "paused": _("Paused"), "ended": _("Ended")}
FATES = {"made": _("Made"), "missed": _("Missed"), "skipped": _("Left out"), "stuck": _("Could not be made")}
SAID = {
    "pause": _("The plan is paused. Nothing is made until you let it run again."),
    "resume": _("The plan runs again. Dates that passed are not made up for."),
    "end": _("The plan has ended. What was made stays."),
}
TEXTS = ("name", "text", "product_id", "provider", "starts_on", "until", "closed", "reason")

EMPTY = dict.fromkeys((*TEXTS, "every", "rule", "place", "lead_days"), "")


@pages.get(PATH, "plans.read")
def overview(visit: Visit) -> Outcome:
    """All plans with their next date."""
    found = visit.services.intake.list_plans()["items"]
    return visit.show("manage/plans.html", plans=[_read(plan) for plan in found], **_words())


@pages.get(f"{PATH}/new", "plans.write")
def new(visit: Visit) -> Outcome:
    """An empty form."""
    return _form(visit, None, {"closed": "next", "every": "FREQ=WEEKLY", "lead_days": "7"})


@pages.get(ONE, "plans.read")
def plan(visit: Visit, plan_id: str) -> Outcome:
    """One with its dates."""
    return _show(visit, plan_id)


@pages.get(f"{ONE}/change", "plans.write")
def change_form(visit: Visit, plan_id: str) -> Outcome:
    """The form as it is now; from which day the change counts is still to be said."""
    found = visit.services.intake.get_plan(plan_id)
    rule = found["rule"]
    known = rule in EVERY
    said = {
        **{name: found[name] for name in ("name", "text", "until", "closed", "lead_days")},
        "product_id": found["product"]["product_id"],
        "place": found["place"],
        "every": rule if known else "",
        "rule": "" if known else rule,
        "stops": plan_stops.rows_from(found["stops"]),
        "provider": found["provider"],
    }
    return _form(visit, found, said)


@pages.post(PATH, "plans.write")
def save(visit: Visit) -> Outcome:
    """Keep a new plan, or only look at its dates."""
    return _save(visit, None)


@pages.post(f"{ONE}/change", "plans.write")
def change(visit: Visit, plan_id: str) -> Outcome:
    """From a day on."""
    return _save(visit, visit.services.intake.get_plan(plan_id))


@pages.post(f"{ONE}/pause", "plans.write")
def pause(visit: Visit, plan_id: str) -> Outcome:
    """Nothing is made for a while."""
    return _decide(visit, plan_id, "pause")


@pages.post(f"{ONE}/resume", "plans.write")
def resume(visit: Visit, plan_id: str) -> Outcome:
    """It runs again."""
    return _decide(visit, plan_id, "resume")


@pages.post(f"{ONE}/end", "plans.write")
def end(visit: Visit, plan_id: str) -> Outcome:
    """For good."""
    return _decide(visit, plan_id, "end")


def _decide(visit: Visit, plan_id: str, action: str) -> Outcome:
    intake = visit.services.intake
    carry_out = {"pause": intake.pause_plan, "resume": intake.resume_plan, "end": intake.end_plan}[action]
    try:
        body = forms.load(shapes.PlanReason(), {"reason": visit.form.text("reason")})
        carry_out(plan_id, visit.version, **body)
    except NotFound:
        raise
    except ServiceError as error:
        return _show(visit, plan_id, errors.status_of(visit, error), errors.explain(visit, error))
    return visit.go(f"{PATH}/{plan_id}", SAID[action])


def _save(visit: Visit, old: Json | None) -> Outcome:
    rows = plan_stops.rows_of(visit)
    said = {**visit.form.said(), "stops": rows}
    if visit.form.text(plan_stops.MORE_ROWS):
        return _form(visit, old, said)
    try:
        body = _body(visit, old, rows)
        if visit.form.text("preview"):
            asked = {name: body[name] for name in shapes.Pattern().fields if name in body}
            dates = visit.services.intake.preview_plan(**asked, most=12)["dates"]
            return _form(visit, old, said, dates=dates)
        intake = visit.services.intake
        made = intake.change_plan(old["plan_id"], visit.version, **body) if old else intake.save_plan(**body)
    except NotFound:
        raise
    except ServiceError as error:
        problem = {"text": errors.explain(visit, error), "fields": errors.field_errors(visit, error)}
        return _form(visit, old, said, errors.status_of(visit, error), problem)
    return visit.go(f"{PATH}/{made['plan_id']}", _("The plan is kept. These are its dates."))


def _body(visit: Visit, old: Json | None, rows: list[dict[str, str]]) -> dict[str, Any]:
    form = visit.form
    lead = form.text("lead_days") or "0"
    place = next(iter(places.ids_of(visit, form.text("place"), "place")), None)
    given = {
        **{name: form.text(name) for name in TEXTS if name != "reason" or old},
        "rule": form.text("rule") or form.text("every"),
        "lead_days": int(lead) if lead.isascii() and lead.isdigit() and len(lead) < 4 else -1,
        "location_id": place,
        "answers": old["answers"] if old else None,
        "stops": plan_stops.stops_of(visit, rows) or None,
    }
    return forms.load(shapes.ChangedPlan() if old else shapes.NewPlan(), given)


def _form(
    visit: Visit, old: Json | None, said: Json, status: int = 200, problem: Json | None = None,
    dates: list[Json] | None = None,
) -> Outcome:  # fmt: skip
    products = [(str(each["product_id"]), visit.words.of(each["name"])) for each in published(visit)]
    return visit.show(
        "manage/plan_form.html",
        status,
        old=old,
        said={**EMPTY, **said},
        stops=plan_stops.spaced(said.get("stops") or [], bool(visit.form.text(plan_stops.MORE_ROWS))),
        problem=problem,
        dates=None if dates is None else [_date(each) for each in dates],
        products=products,
        providers=_providers(visit),
        suggestions=places.suggestions(visit),
        **_words(),
    )


def _providers(visit: Visit) -> list[tuple[str, str]]:
    found = visit.services.dispatch.list_providers()["items"]
    return sorted(((each["slug"], each["name"]) for each in found), key=lambda pair: pair[1].casefold())


def _show(visit: Visit, plan_id: str, status: int = 200, problem: str | None = None) -> Outcome:
    found = _read(visit.services.intake.get_plan(plan_id))
    return visit.show("manage/plan.html", status, plan=found, problem=problem, **_words())


def _words() -> dict[str, Any]:
    return {"EVERY": EVERY, "CLOSED": CLOSED, "STATES": STATES, "FATES": FATES}


def _read(plan: Json) -> Json:
    """With its dates as dates."""
    days = [{**day, **_date(day)} for day in plan.get("days", ())]
    return {**plan, "next": [_date(day) for day in plan["next"]], "days": days}


def _date(day: Json) -> Json:
    """`moved` when the work is on another day than the rule says."""
    rule, work = (_day(day[name]) for name in ("rule_date", "work_on"))
    return {"rule_date": rule, "work_on": work, "moved": work is not None and work != rule}


def _day(said: Any) -> date | None:
    return date.fromisoformat(str(said)) if said else None
