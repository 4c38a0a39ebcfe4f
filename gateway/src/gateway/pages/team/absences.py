"""Who of the team is absent: entered by themselves or their lead, ended, and their orders back with the
team.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from servicekit.errors import Invalid, ServiceError

from gateway.api.schemas import team_weeks as shapes
from gateway.clients import Json
from gateway.pages import errors, forms
from gateway.pages.labels import _
from gateway.pages.names import ABSENCES
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.team.orders import TEAM
from gateway.pages.visit import Visit

pages = Pages()
PATH = "/team/absences"


@pages.get(PATH, "absences.write")
def overview(visit: Visit) -> Outcome:
    """Who is absent from now on, and what waits for that."""
    return _show(visit)


@pages.post(PATH, "absences.write")
def enter(visit: Visit) -> Outcome:
    """Say that somebody is absent."""
    try:
        body = forms.load(shapes.NewAbsence(), _given(visit))
        account_id = body.get("account_id") or visit.actor.id
        name = visit.house.members.colleague(visit.actor.provider_id, account_id).name
        visit.services.dispatch.save_absence(**{**body, "account_id": account_id, "name": name})
    except ServiceError as error:
        if type(error).__name__ == "Forbidden":
            raise
        return _show(visit, error)
    return visit.go(PATH, _("Written down. Their orders go back to the team when it begins."))


@pages.post(f"{PATH}/<uuid:absence_id>/end", "absences.write")
def end(visit: Visit, absence_id: str) -> Outcome:
    """They are there again, or the absence does not take place."""
    visit.services.dispatch.end_absence(absence_id)
    return visit.go(PATH, _("Ended."))


@pages.post(f"{PATH}/<uuid:absence_id>/return", "absences.write")
def give_back(visit: Visit, absence_id: str) -> Outcome:
    """Their orders are the whole team's now."""
    visit.services.dispatch.return_orders(absence_id)
    return visit.go(PATH, _("Their orders are the team's again."))


def _show(visit: Visit, error: ServiceError | None = None) -> Outcome:
    provider_id = visit.actor.provider_id
    found = visit.services.dispatch.list_absences()["items"] if provider_id else []
    members = visit.house.members.of(provider_id) if provider_id else []
    leads = visit.actor.has_role("team_lead")
    wrong = errors.field_errors(visit, error) if error else {}
    return visit.show(
        "crew/absences.html",
        errors.status_of(visit, error) if error else 200,
        side=TEAM,
        items=found,
        members=members if leads else [],
        reasons=[(name, visit.words(word)) for name, word in ABSENCES.items()],
        kept=visit.form.said(),
        span=visit.moments.span,
        wrong=wrong,
        problem=errors.explain(visit, error) if error and not wrong else "",
    )


def _given(visit: Visit) -> Json:
    """Whole days, unless a time is said: from the beginning of the first until the end of the last."""
    form = visit.form
    given: Json = {name: text for name in ("account_id", "reason", "note") if (text := form.text(name))}
    given["start"] = _moment(visit, "start", time())
    given["end"] = _moment(visit, "end", None)
    return given


def _moment(visit: Visit, name: str, at: time | None) -> str:
    """`at` when only a day was said; None is the end of that day."""
    said, clock = visit.form.text(name) or "", visit.form.text(f"{name}_at")
    try:
        day = date.fromisoformat(said)
        hour = time.fromisoformat(clock) if clock else at
    except ValueError as error:
        raise Invalid("invalid", "Some fields are not right.", {name: ["Write a day and a time."]}) from error
    if hour is None:
        day, hour = day + timedelta(days=1), time()
    return datetime.combine(day, hour, visit.moments.zone).isoformat()
