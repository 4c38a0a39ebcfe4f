"""Who a team has and when each of them works, and what that comes to on a day.

What a team can do on a day is what those of it who are there have: not its number of orders at a time, which
is the profile's `capacity`, but minutes of work.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from dispatch.domain.conflicts import Against, Conflict, Span
from dispatch.domain.profiles import Profile
from dispatch.domain.windows import Window

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
LOOKED_THROUGH = 60  # days of one order; what takes longer is no work for a calendar


@dataclass(frozen=True)
class Person:
    """`hours` of their own; none: those of the team."""

    account_id: UUID
    name: str
    hours: tuple[Window, ...] = ()
    version: int = 0


@dataclass(frozen=True)
class Roster:
    """`away`: by account, when they are absent."""

    people: tuple[Person, ...]
    profile: Profile
    away: dict[UUID, list[Span]]

    def hours_of(self, person: Person) -> tuple[Window, ...]:
        return person.hours or self.profile.hours

    def person(self, account_id: UUID | str | None) -> Person | None:
        return next((each for each in self.people if str(each.account_id) == str(account_id)), None)

    def only(self, account_id: UUID | None) -> Roster:
        """That person; None: everybody."""
        if account_id is None:
            return self
        return replace(self, people=tuple(each for each in self.people if each.account_id == account_id))

    @property
    def zone(self) -> ZoneInfo | None:
        """None when nobody's hours are known: then a day has no measure."""
        known = next((one for each in self.people for one in self.hours_of(each)), None)
        return ZoneInfo(known.zone) if known else None


@dataclass(frozen=True)
class DayRoom:
    """Minutes of one day. `open_ended`: orders of which nobody said until when: those are not counted."""

    on: date
    capacity: int
    planned: int
    people: int
    present: int
    open_ended: int = 0

    @property
    def is_over(self) -> bool:
        """Not on a day on which nobody works: work of a week goes past a weekend too, and what begins there
        is outside the hours.
        """
        return self.people > 0 and self.planned > self.capacity


def days_of(wanted: Span, zone: ZoneInfo) -> list[date]:
    first, last = wanted.start.astimezone(zone).date(), (wanted.until - MINUTE).astimezone(zone).date()
    return [first + DAY * n for n in range((last - first).days + 1)]


def room_on(on: date, roster: Roster, planned: Iterable[Span]) -> DayRoom | None:
    """None for a team whose people or hours are not known: nothing is guessed."""
    zone = roster.zone
    if zone is None:
        return None
    shifts = {each.account_id: _merged(_shifts(roster.hours_of(each), on)) for each in roster.people}
    closed = [Span(one.start, one.end) for one in roster.profile.absences]
    there = {who: _without(spans, [*roster.away.get(who, ()), *closed]) for who, spans in shifts.items()}
    day = _working_day(on, [span for spans in shifts.values() for span in spans], zone)
    spans = [span for span in planned if span.touches(day)]
    return DayRoom(
        on=on,
        capacity=sum(map(_minutes, there.values())),
        planned=sum(_minutes(_common([span], day)) for span in spans if span.end),
        people=sum(1 for spans in shifts.values() if spans),
        present=sum(1 for spans in there.values() if spans),
        open_ended=sum(1 for span in spans if not span.end),
    )


def over_capacity(wanted: Span, roster: Roster, planned: Sequence[Span]) -> list[Conflict]:
    """The first day of it on which the team would have more than those who are there can do."""
    if roster.zone is None or wanted.end is None:
        return []
    for on in days_of(wanted, roster.zone)[:LOOKED_THROUGH]:
        room = room_on(on, roster, [*planned, wanted])
        if room and room.is_over:
            begins = datetime.combine(on, time(), roster.zone)
            return [Conflict(Against.OVER_CAPACITY, None, begins, begins + DAY, room.planned, room.capacity)]
    return []


def _shifts(hours: Iterable[Window], on: date) -> list[Span]:
    """A night belongs to the day on which it begins."""
    found = []
    for window in hours:
        if on.isoweekday() in window.days:
            last = on if window.start < window.end else on + DAY
            zone = ZoneInfo(window.zone)
            found.append(
                Span(datetime.combine(on, window.start, zone), datetime.combine(last, window.end, zone))
            )
    return found


def _working_day(on: date, shifts: Sequence[Span], zone: ZoneInfo) -> Span:
    """From when the first begins until the last ends, so that work of three days counts three working days;
    the whole day when nobody works."""
    if not shifts:
        return Span(datetime.combine(on, time(), zone), datetime.combine(on + DAY, time(), zone))
    return Span(min(one.start for one in shifts), max(one.until for one in shifts))


def _merged(spans: Sequence[Span]) -> list[Span]:
    found: list[Span] = []
    for span in sorted(spans, key=lambda one: one.start):
        if found and span.start <= found[-1].until:
            found[-1] = Span(found[-1].start, max(found[-1].until, span.until))
        else:
            found.append(span)
    return found


def _without(spans: Sequence[Span], gone: Iterable[Span]) -> list[Span]:
    left = list(spans)
    for hole in gone:
        left = [part for span in left for part in _cut(span, hole)]
    return left


def _cut(span: Span, hole: Span) -> list[Span]:
    if not span.touches(hole):
        return [span]
    parts = [(span.start, hole.start), (hole.until, span.until)]
    return [Span(start, end) for start, end in parts if start < end]


def _common(spans: Iterable[Span], day: Span) -> list[Span]:
    return [Span(max(one.start, day.start), min(one.until, day.until)) for one in spans if one.touches(day)]


def _minutes(spans: Iterable[Span]) -> int:
    """Real minutes: a night in which the clock goes back has an hour more."""
    return sum(int((one.until.timestamp() - one.start.timestamp()) // 60) for one in spans)
