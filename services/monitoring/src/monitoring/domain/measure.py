"""Counting minutes as one term counts them: the working minutes of a calendar, or those of any clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from servicekit.worktime import Calendar, Term, after_working_minutes, clock_minutes_between, term_minutes

MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True)
class Segment:
    """A stretch of a clock's time in which nothing changed; neighbours differ and leave no hole.

    `minutes` are counted as the term counts; `minutes_closed` is the rest of the time on a wall clock.
    what: running, paused or stopped (between being done and a reopening). `reason` is that of a pause.
    """

    start: datetime
    end: datetime
    minutes: int
    minutes_closed: int
    what: str
    party: str
    reason: str | None


class Measure:
    """`budget`: the minutes from start to the deadline of the term, if nothing ever stopped the clock."""

    def __init__(self, term: Term, calendar: Calendar, start: datetime) -> None:
        self._calendar = calendar
        self._working = term.counts_working_minutes
        self.count: Callable[[datetime, datetime], int] = (
            calendar.minutes_between if self._working else clock_minutes_between
        )
        self.budget = term_minutes(start, term, calendar)

    def forward(self, start: datetime, minutes: int) -> datetime:
        if self._working:
            return after_working_minutes(start, minutes, self._calendar)
        return start + minutes * MINUTE

    def passed(self, running: Iterable[Segment], minutes: int) -> datetime | None:
        """When so many minutes had run, if they have."""
        counted = 0
        for each in running:
            if counted + each.minutes >= minutes:
                return self.forward(each.start, minutes - counted)
            counted += each.minutes
        return None

    def share(self, percent: int) -> int:
        """So much of the budget, rounded up."""
        return -(-self.budget * percent // 100)


def first_late_minute(running: Iterable[Segment], due_at: datetime | None) -> datetime | None:
    """The first minute after due_at in which the clock ran. Being done in the minute of due_at is in time."""
    if due_at is None:
        return None
    return next((max(each.start, due_at + MINUTE) for each in running if each.end > due_at), None)
