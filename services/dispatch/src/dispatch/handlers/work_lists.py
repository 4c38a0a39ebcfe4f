"""The list of a team: whose, in what order to go round, and why so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from servicekit.errors import Invalid, NotFound

from dispatch.domain.assignment import Whose
from dispatch.domain.profiles import SEPARATOR
from dispatch.domain.walking import Stop, route
from dispatch.domain.work_order_states import IN_HAND, State
from dispatch.handlers import views
from dispatch.handlers.parties import own_provider
from dispatch.storage.reading import Filter, Row
from dispatch.storage.unit_of_work import DispatchWork

# Of a team with more than this the oldest and the newest are looked through: the oldest press, and the newest
# must be there as soon as they come.
OLDEST, NEWEST = 120, 40
MINE = 120


def get_work_list(
    work: DispatchWork,
    zone: str,
    whose: Whose | None = None,
    provider_id: UUID | None = None,
    place: str | None = None,
) -> dict[str, Any]:
    """Who says nothing gets what is theirs, or the whole team's when that is nothing. `place`: a building."""
    provider_id = team_of(work, provider_id)
    rows, complete = _in_hand(work, provider_id)
    own = _mine(work, rows if complete else None, provider_id)
    sets = {Whose.MINE: own, Whose.NOBODY: [row for row in rows if not row.order.assignee], Whose.TEAM: rows}
    whose = whose or (Whose.MINE if own else Whose.TEAM)
    chosen = [row for row in sets[whose] if not place or building(row) == place]
    return {
        "provider_id": provider_id,
        "whose": whose,
        "counts": {each: len(found) for each, found in sets.items()},
        "places": sorted({building(row) for row in sets[whose]} - {""}),
        "more": not complete,
        **_parted(work, chosen, ZoneInfo(zone)),
    }


def team_of(work: DispatchWork, provider_id: UUID | None) -> UUID:
    """Whose list it is: one's own, or for the desk the one that it names. Raises Invalid, NotFound."""
    own = own_provider(work.actor)
    if own is None and provider_id is None:
        own = UUID(work.actor.provider_id) if work.actor.provider_id else None
    wanted = provider_id or own
    if wanted is None:
        raise Invalid("no_team", "Say which team.", {"provider_id": ["Say which team."]})
    if (own is not None and wanted != own) or work.providers.find(wanted) is None:
        raise NotFound("provider_not_found", "There is no such team of yours.")
    return wanted


def building(row: Row) -> str:
    """The first part of the path; empty when nobody said where."""
    return _path(row).partition(SEPARATOR)[0]


def _parted(work: DispatchWork, rows: Sequence[Row], zone: ZoneInfo) -> dict[str, Any]:
    """What is to be done today as a way round; what stands still, comes later, or waits for others beside
    it.
    """
    today = work.now.astimezone(zone).date()
    parts: dict[str, list[Row]] = {"round": [], "paused": [], "later": [], "waiting": []}
    for row in rows:
        parts[_part(row, today, zone)].append(row)
    known = {str(row.order.work_order_id): row for row in parts["round"]}
    steps = route([_stop(row) for row in known.values()], work.now)
    return {
        "round": [
            {
                **views.summary(known[step.stop.key], work.actor),
                "turn": {"number": number, "why": step.why, "moment": step.moment},
            }
            for number, step in enumerate(steps, start=1)
        ],
        **{name: _shown(work, parts[name], key) for name, key in _ORDER.items()},
    }


def _moment(row: Row) -> str:
    return row.order.planned_from.isoformat() if row.order.planned_from else ""


_ORDER: dict[str, Callable[[Row], str]] = {
    "paused": lambda row: str(row.order.updated_at or ""),
    "later": _moment,
    "waiting": lambda row: row.order.number,
}


def _shown(work: DispatchWork, rows: Sequence[Row], key: Callable[[Row], str]) -> list[dict[str, Any]]:
    return [views.summary(row, work.actor) for row in sorted(rows, key=key)]


def _part(row: Row, today: date, zone: ZoneInfo) -> str:
    order = row.order
    if order.state is State.PREPARED:
        return "waiting"
    if order.state is State.PAUSED:
        return "paused"
    planned = order.planned_from if order.state is State.SCHEDULED else None
    return "later" if planned and planned.astimezone(zone).date() > today else "round"


def _stop(row: Row) -> Stop:
    order, due = row.order, row.request.get("due_at")
    return Stop(
        key=str(order.work_order_id),
        path=_path(row),
        priority=str(row.request.get("priority") or "P9"),
        due=datetime.fromisoformat(str(due)) if due else None,
        planned=order.planned_from if order.state is State.SCHEDULED else None,
        begun=order.state is State.IN_PROGRESS,
    )


def _path(row: Row) -> str:
    return str((row.request.get("location") or {}).get("path") or "")


def _in_hand(work: DispatchWork, provider_id: UUID) -> tuple[list[Row], bool]:
    """Oldest first, and whether that is all."""
    wanted = Filter(provider_id=provider_id, open=True, oldest_first=True)
    oldest = work.reading.orders(wanted, OLDEST + 1)
    if len(oldest) <= OLDEST:
        return [row for row in oldest if _counts(row)], True
    newest = work.reading.orders(Filter(provider_id=provider_id, open=True), NEWEST)
    found = {row.order.work_order_id: row for row in (*oldest[:OLDEST], *reversed(newest))}
    return [row for row in found.values() if _counts(row)], False


def _mine(work: DispatchWork, rows: Sequence[Row] | None, provider_id: UUID) -> list[Row]:
    if rows is not None:
        return [row for row in rows if row.order.held.account_id == work.actor.id]
    wanted = Filter(provider_id=provider_id, open=True, assignee=work.actor.id, oldest_first=True)
    return [row for row in work.reading.orders(wanted, MINE) if _counts(row)]


def _counts(row: Row) -> bool:
    """What is refused or not carried out is the desk's, not the team's."""
    return row.order.state in IN_HAND or row.order.state is State.PREPARED
