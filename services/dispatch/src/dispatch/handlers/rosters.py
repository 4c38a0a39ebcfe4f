"""When each of a team works, and what that leaves of its days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from servicekit.errors import Forbidden, Invalid, Stale

from dispatch.domain.conflicts import Conflict, Span
from dispatch.domain.profiles import Profile
from dispatch.domain.rosters import DayRoom, Person, Roster, days_of, over_capacity, room_on
from dispatch.handlers.parties import leads
from dispatch.handlers.profiles import window_of
from dispatch.handlers.work_lists import team_of
from dispatch.storage.unit_of_work import DispatchWork

MOST = 500
DAY = timedelta(days=1)


def list_people(work: DispatchWork, provider_id: UUID | None = None) -> dict[str, Any]:
    """Those whose hours count for the team, by name."""
    team = team_of(work, provider_id)
    roster = roster_of(work, team, profile_of(work, team), work.now, work.now + DAY)
    return {"items": [view(work, team, each, roster) for each in roster.people], "next_cursor": None}


def save_person_hours(
    work: DispatchWork,
    provider_id: UUID,
    account_id: UUID,
    version: int,
    zone: str,
    hours: Sequence[dict[str, Any]],
    people: Sequence[dict[str, Any]],
) -> dict[str, Any]:
    """`people`: all of the team, as the gateway keeps its accounts; they are whom its days are counted with.
    No `hours`: this one works when the team does. Raises Forbidden, Stale.
    """
    team = team_of(work, provider_id)
    if not leads(work.actor, team) and not work.actor.has_role("manager"):
        raise Forbidden("not_the_lead", "Only who leads the team, or a manager, says when somebody works.")
    by = work.actor.name or work.actor.id
    if not work.routing.lock_provider(team):
        raise Invalid("unknown_provider", "There is no such provider.", {"provider_id": ["Not known."]})
    work.rosters.keep(team, {one["account_id"]: one["name"] for one in people}, work.now, by)
    known = work.rosters.lock(account_id)
    if known is None:
        raise Invalid("not_in_the_team", "Choose somebody of the team.", {"account_id": ["Not in the team."]})
    if known.version != version:
        raise Stale("stale", "Somebody changed these hours meanwhile; read them again.")
    windows = tuple(window_of(one, zone) for one in hours)
    saved = Person(account_id, known.name, windows, version + 1)
    work.rosters.save(saved, work.now, by)
    profile = profile_of(work, team)
    return view(work, team, saved, roster_of(work, team, profile, work.now, work.now + DAY))


def view(work: DispatchWork, team: UUID, person: Person, roster: Roster) -> dict[str, Any]:
    return {
        "provider_id": team,
        "account_id": person.account_id,
        "name": person.name,
        "own": bool(person.hours),
        "hours": [window.as_dict() for window in roster.hours_of(person)],
        "absent": any(one.start <= work.now < one.until for one in roster.away.get(person.account_id, ())),
        "version": person.version,
    }


def roster_of(work: DispatchWork, team: UUID, profile: Profile, start: datetime, end: datetime) -> Roster:
    people = work.rosters.of(team)
    away = work.rosters.away([each.account_id for each in people], start - DAY, end + DAY) if people else {}
    return Roster(tuple(people), profile, away)


def profile_of(work: DispatchWork, provider_id: UUID) -> Profile:
    known = work.routing.market((), work.now).candidates.values()
    return next((one.profile for one in known if one.provider.provider_id == provider_id), Profile())


def days(roster: Roster, start: datetime, end: datetime, planned: Iterable[Span]) -> list[dict[str, Any]]:
    """What each day has, and what is planned on it; empty for a team whose hours are not known."""
    if roster.zone is None:
        return []
    spans = list(planned)
    rooms = [room_on(on, roster, spans) for on in days_of(Span(start, end), roster.zone)]
    return [_day(room) for room in rooms if room]


def too_full(work: DispatchWork, team: UUID, roster: Roster, wanted: Span, but: UUID) -> list[Conflict]:
    """With everything else that the team has planned on that day."""
    if roster.zone is None or wanted.end is None:
        return []
    rows = work.reading.planned(team, wanted.start - DAY, wanted.until + DAY, MOST)
    others = [
        Span(row.order.planned_from, row.order.planned_until)
        for row in rows
        if row.order.planned_from and row.order.work_order_id != but
    ]
    return over_capacity(wanted, roster, others)


def _day(room: DayRoom) -> dict[str, Any]:
    on: date = room.on
    return {
        "on": on.isoformat(),
        "capacity_minutes": room.capacity,
        "planned_minutes": room.planned,
        "people": room.people,
        "present": room.present,
        "open_ended": room.open_ended,
        "over": room.is_over,
    }
