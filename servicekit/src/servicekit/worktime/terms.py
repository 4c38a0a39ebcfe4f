"""Terms: how long something may take, and until when that is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal, Self, cast, get_args

from servicekit.worktime.calendar import HORIZON_YEARS, Calendar, NeverOpen
from servicekit.worktime.instants import MINUTE, clock_minutes_between, from_minute, local_to_utc, to_minute

Unit = Literal["minutes", "working_minutes", "working_days", "calendar_days"]
UNITS: Final = get_args(Unit)
HORIZON: Final = timedelta(days=365 * HORIZON_YEARS)
WORKING: Final = frozenset({"working_minutes", "working_days"})


@dataclass(frozen=True, slots=True)
class Term:
    """minutes: of any clock. working_minutes: of the calendar. working_days: until closing time of the n-th
    working day after the day of the start. calendar_days: until 23:59 of the n-th day after it.

    So a term in days gives whole days: the day on which it starts does not count.
    """

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.unit not in UNITS:
            raise ValueError(f"not a unit of time: {self.unit!r}")
        if isinstance(self.amount, bool) or not isinstance(self.amount, int) or self.amount < 0:
            raise ValueError(f"a term is a whole number, zero or more: {self.amount!r}")

    @classmethod
    def from_dict(cls, value: Mapping[str, Any]) -> Self:
        return cls(value["amount"], cast(Unit, value["unit"]))

    def to_dict(self) -> dict[str, Any]:
        return {"amount": self.amount, "unit": self.unit}

    @property
    def counts_working_minutes(self) -> bool:
        """True when nights, weekends and holidays do not count."""
        return self.unit in WORKING


def deadline(start: datetime, term: Term, calendar: Calendar) -> datetime:
    """The last whole minute, in UTC, at which what was promised for this term is still in time.

    A term that the calendar does not reach within HORIZON_YEARS ends there: whoever publishes a calendar that
    is closed for good, or a term of centuries, has promised nothing, and must not stop what others do.
    """
    try:
        return _DEADLINES[term.unit](start, term.amount, calendar)
    except NeverOpen:
        return from_minute(to_minute(start)) + HORIZON


def term_minutes(start: datetime, term: Term, calendar: Calendar) -> int:
    """The minutes from start to the deadline, counted as the term counts: working minutes, or all of them.

    Never none for a term that is never reached: it must not seem to be over as soon as it begins.
    """
    due = deadline(start, term, calendar)
    if not term.counts_working_minutes:
        return clock_minutes_between(start, due)
    counted = calendar.minutes_between(start, due)
    return max(counted, 1) if due - start > HORIZON - MINUTE else counted


def after_working_minutes(start: datetime, minutes: int, calendar: Calendar) -> datetime:
    """As Calendar.add, and as a deadline for what is never reached."""
    return deadline(start, Term(minutes, "working_minutes"), calendar)


def _after_minutes(start: datetime, amount: int, calendar: Calendar) -> datetime:
    return from_minute(to_minute(start) + amount)


def _after_working_minutes(start: datetime, amount: int, calendar: Calendar) -> datetime:
    return calendar.add(start, amount)


def _after_working_days(start: datetime, amount: int, calendar: Calendar) -> datetime:
    day = start.astimezone(calendar.tzinfo).date()
    closing = calendar.closing_time(day, amount)
    # "This working day", asked for after it has closed, is the next one.
    return closing if closing >= from_minute(to_minute(start)) else calendar.closing_time(day, 1)


def _after_calendar_days(start: datetime, amount: int, calendar: Calendar) -> datetime:
    local = start.astimezone(calendar.tzinfo).replace(tzinfo=None, hour=0, minute=0, second=0, microsecond=0)
    return local_to_utc(calendar.tzinfo, local + timedelta(days=amount + 1)) - MINUTE


_DEADLINES: Final[Mapping[Unit, Callable[[datetime, int, Calendar], datetime]]] = {
    "minutes": _after_minutes,
    "working_minutes": _after_working_minutes,
    "working_days": _after_working_days,
    "calendar_days": _after_calendar_days,
}
