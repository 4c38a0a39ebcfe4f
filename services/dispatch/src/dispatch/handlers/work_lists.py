"""The list of a team: whose, in what order, and why so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from servicekit.errors import Invalid, NotFound

from dispatch.domain.assignment import Whose
from dispatch.domain.profiles import SEPARATOR
from dispatch.domain.walking import By, Step, Stop, Travel, in_order
from dispatch.domain.work_order_states import IN_HAND, State
from dispatch.handlers import views
from dispatch.handlers.parties import own_provider
from dispatch.storage.reading import Filter, Row
from dispatch.storage.unit_of_work import DispatchWork

# Of a team with more than this the oldest and the newest are looked through: the oldest press, and the newest
# must be there as soon as they come.
OLDEST, NEWEST = 120, 40
MINE = 120
# The parts of a list: what is agreed for today, the way round, what stands still, what comes another day, and
# what is not its turn yet.
PARTS = AT_TIME, ROUND, PAUSED, LATER, WAITING = "at_time", "round", "paused", "later", "waiting"
TIMED = (AT_TIME, LATER)
_STANDING = {State.PREPARED: WAITING, State.PAUSED: PAUSED}


def get_work_list(
    work: DispatchWork,
    zone: str,
    whose: Whose = Whose.TEAM,
    order: By = By.URGENCY,
    provider_id: UUID | None = None,
    person: UUID | None = None,
    place: str | None = None,
) -> dict[str, Any]:
    """`person`: the orders of that account, whatever `whose` says; `place`: a building."""
    provider_id = team_of(work, provider_id)
    rows, complete = _in_hand(work, provider_id)
    own = _of_person(work, rows if complete else None, provider_id, work.actor.id)
    sets = {Whose.MINE: own, Whose.NOBODY: [row for row in rows if not row.order.assignee], Whose.TEAM: rows}
    counts = {each: len(found) for each, found in sets.items()}
    if person is not None:
        whose = Whose.PERSON
        sets[whose] = _of_person(work, rows if complete else None, provider_id, str(person))
    chosen = [row for row in sets[whose] if not place or building(row) == place]
    return {
        "provider_id": provider_id,
        "whose": whose,
        "order": order,
        "counts": counts,
        "places": sorted({building(row) for row in sets[whose]} - {""}),
        "more": not complete,
        "items": _in_turn(work, chosen, order, ZoneInfo(zone)),
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


@dataclass(frozen=True)
class Entry:
    """An order as it stands in the list. `moment`: when it is planned, where that is still to be kept to."""

    row: Row
    part: str
    stop: Stop
    moment: datetime | None


def _in_turn(work: DispatchWork, rows: Sequence[Row], by: By, zone: ZoneInfo) -> list[dict[str, Any]]:
    today = work.now.astimezone(zone).date()
    known = {entry.stop.key: entry for entry in (_entry(row, today, zone) for row in rows)}
    travel = work.terms.get().ways if by is By.ROUND else {}
    steps = [step for group in _groups(known.values(), by) for step in _put(group, by, work.now, travel)]
    return [_line(known[step.stop.key], step, number, work) for number, step in enumerate(steps, start=1)]


def _line(entry: Entry, step: Step, number: int, work: DispatchWork) -> dict[str, Any]:
    turn = {
        "number": number,
        "part": entry.part,
        "why": step.why,
        "leg": vars(step.leg) if step.leg else None,
    }
    return {**views.summary(entry.row, work.actor), "turn": turn}


def _groups(entries: Iterable[Entry], by: By) -> list[list[Entry]]:
    """By place all is one list. Else what waits for others comes last; a way round is only of what can be
    done now, so that each of its parts stands by itself.
    """
    found = list(entries)
    if by is By.PLACE:
        return [found]
    if by is By.ROUND:
        return [[entry for entry in found if entry.part == part] for part in PARTS]
    return [[entry for entry in found if (entry.part == WAITING) is last] for last in (False, True)]


def _put(group: Sequence[Entry], by: By, now: datetime, travel: Travel) -> list[Step]:
    if by is By.ROUND and group and group[0].part in TIMED:
        timed = sorted(group, key=lambda entry: (str(entry.moment), entry.stop.key))
        return [Step(entry.stop, entry.stop.why(now)) for entry in timed]
    if by is By.ROUND and group and group[0].part != ROUND:
        by = By.URGENCY
    return in_order((entry.stop for entry in group), by, now, travel)


def _entry(row: Row, today: date, zone: ZoneInfo) -> Entry:
    order, due = row.order, row.request.get("due_at")
    moment = datetime.fromisoformat(str(due)) if due else None
    stop = Stop(
        key=str(order.work_order_id),
        path=_path(row),
        priority=str(row.request.get("priority") or "P9"),
        due=moment,
        due_today=moment is not None and moment.astimezone(zone).date() <= today,
        begun=order.state is State.IN_PROGRESS,
    )
    planned = order.planned_from if order.state is State.SCHEDULED else None
    later = planned is not None and planned.astimezone(zone).date() > today
    part = _STANDING.get(order.state) or (LATER if later else AT_TIME if planned else ROUND)
    return Entry(row, part, stop, planned)


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


def _of_person(
    work: DispatchWork, rows: Sequence[Row] | None, provider_id: UUID, account_id: str
) -> list[Row]:
    """`rows`: all of the team's, where they are known."""
    if rows is not None:
        return [row for row in rows if row.order.held.account_id == account_id]
    wanted = Filter(provider_id=provider_id, open=True, assignee=account_id, oldest_first=True)
    return [row for row in work.reading.orders(wanted, MINE) if _counts(row)]


def _counts(row: Row) -> bool:
    """What is refused or not carried out is the desk's, not the team's."""
    return row.order.state in IN_HAND or row.order.state is State.PREPARED
