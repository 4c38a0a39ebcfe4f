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
    Answers that moment, and the minutes that did not count. A clock that went back makes neither negative.
    """
    if priority == ROUND_THE_CLOCK:
        left = max(0, clock_minutes_between(since, until))
        held = max(0, clock_minutes_between(since, at))
        return deadline(at, worktime.Term(left, "minutes"), calendar()), held
    hours = calendar()
    left, held = max(0, hours.minutes_between(since, until)), max(0, hours.minutes_between(since, at))
    return after_working_minutes(at, left, hours), held


def later(priority: str, calendar: Calendar, until: datetime, minutes: int) -> datetime:
    """So many minutes that did not count, later; never sooner."""
    if priority == ROUND_THE_CLOCK:
        return deadline(until, worktime.Term(max(0, minutes), "minutes"), calendar)
    return after_working_minutes(until, max(0, minutes), calendar)
