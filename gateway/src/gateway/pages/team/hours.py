"""When each of a team works: what the days of its week have follows from it."""

from __future__ import annotations

from typing import Any

from servicekit.errors import NotFound, ServiceError

from gateway import team_weeks
from gateway.api.schemas import rosters as shapes
from gateway.clients import Json
from gateway.pages import errors, forms
from gateway.pages.labels import _
from gateway.pages.manage.week_form import window_from
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.team.orders import TEAM
from gateway.pages.team.weeks import teams_of
from gateway.pages.visit import Visit

pages = Pages()
PATH = "/team/hours"
PERSON = f"{PATH}/<uuid:account_id>"
MORE = 2  # empty lines at the end of the form


@pages.get(PATH, "teams.read")
def overview(visit: Visit) -> Outcome:
    """Of a team; who directs work chooses which."""
    teams = teams_of(visit)
    provider_id = _team(visit, teams)
    return visit.show(
        "crew/hours.html",
        side=TEAM,
        people=_people(visit, provider_id),
        teams=teams,
        team=provider_id,
        changes=_changes(visit, provider_id),
        own=visit.actor.provider_id is not None,
    )


@pages.get(PERSON, "rosters.write")
def person(visit: Visit, account_id: str) -> Outcome:
    """The form of one of them."""
    return _show(visit, account_id)


@pages.post(PERSON, "rosters.write")
def save(visit: Visit, account_id: str) -> Outcome:
    """Nothing filled in: this one works when the team does."""
    provider_id = _team(visit, teams_of(visit))
    try:
        body = forms.load(shapes.NewPersonHours(), {"hours": [one for one in _windows(visit) if one]})
        given = {"account_id": account_id, "version": visit.version, **body}
        team_weeks.save_hours(visit.house.members, visit.services, provider_id, given)
    except ServiceError as error:
        if type(error).__name__ in ("NotFound", "Forbidden"):
            raise
        return _show(visit, account_id, error)
    return visit.go(f"{PATH}?team={provider_id}", _("Saved. The days of the week count with it."))


def _show(visit: Visit, account_id: str, error: ServiceError | None = None) -> Outcome:
    provider_id = _team(visit, teams_of(visit))
    found = next((one for one in _people(visit, provider_id) if one["account_id"] == account_id), None)
    if found is None:
        raise NotFound("not_in_the_team", "Nobody of this team has that account.")
    windows = [one or {} for one in _windows(visit)] if error else found["hours"] if found["own"] else []
    wrong = errors.field_errors(visit, error) if error else {}
    return visit.show(
        "crew/person_hours.html",
        errors.status_of(visit, error) if error else 200,
        person=found,
        team=provider_id,
        windows=[*windows, *([{}] * MORE if not error else [])],
        wrong=wrong.get("hours", ""),
        problem=errors.explain(visit, error) if error and "hours" not in wrong else "",
    )


def _windows(visit: Visit) -> list[Json | None]:
    numbers = [number for number in range(20) if f"hours{number}_start" in visit.form]
    return [window_from(visit, f"hours{number}") for number in numbers]


def _people(visit: Visit, provider_id: str) -> list[Json]:
    """All with an account in the team; `counts`: whose hours count, since somebody said when they work."""
    if not provider_id:
        return []
    said = visit.services.dispatch.list_team_hours(provider_id=provider_id)["items"]
    known: dict[str, Any] = {str(one["account_id"]): one for one in said}
    new = {"own": False, "hours": [], "absent": False, "version": 0}
    return [
        {**known.get(one.account_id, new), "account_id": one.account_id, "name": one.name,
         "counts": one.account_id in known}
        for one in visit.house.members.of(provider_id)
    ]  # fmt: skip


def _team(visit: Visit, teams: list[Json]) -> str:
    """One's own, or the one that a manager chose."""
    asked = visit.form.text("team") or visit.query.text("team") or ""
    ids = [str(one["provider_id"]) for one in teams]
    return visit.actor.provider_id or (asked if asked in ids else next(iter(ids), ""))


def _changes(visit: Visit, provider_id: str) -> bool:
    mine = visit.actor.provider_id in (None, provider_id)
    return mine and visit.can("rosters.write") and bool(provider_id)
