"""Moving what was promised by the time that did not count, on the organisation's calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from servicekit.worktime import Calendar, after_working_minutes, clock_minutes_between, deadline

from servicekit import worktime

# Danger counts any hour of any day.
ROUND_THE_CLOCK = "P1"


def move(
    priority: str, calendar: Callable[[], Calendar], since: datetime, until: datetime, at: datetime
) -> tuple[datetime, int]:
    """What was due at `until` is due when as much time has passed after `at` as was left at `since`.
    Answers that moment, and the minutes that did not count.
    """
    if priority == ROUND_THE_CLOCK:
        left = worktime.Term(clock_minutes_between(since, until), "minutes")
        return deadline(at, left, calendar()), clock_minutes_between(since, at)
    hours = calendar()
    left_minutes = hours.minutes_between(since, until)
    return after_working_minutes(at, left_minutes, hours), hours.minutes_between(since, at)


def later(priority: str, calendar: Calendar, until: datetime, minutes: int) -> datetime:
    """So many minutes that did not count, later."""
    if priority == ROUND_THE_CLOCK:
        return deadline(until, worktime.Term(minutes, "minutes"), calendar)
    return after_working_minutes(until, minutes, calendar)
