"""Planned work: what has to be done on dates that are known beforehand, by a rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from servicekit.worktime import Calendar
from servicekit.worktime.recurrence import dates

from intake.domain.errors import NotAllowed

# How far a date is moved to find a working day; one that finds none stays where it is.
FARTHEST = 31
MOST_LEAD = 60
MOST_SHOWN = 30
# Who made a request, when a plan did: this and the plan's id.
MAKER = "plan:"


class State(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"


class Action(StrEnum):
    PAUSE = "pause"
    RESUME = "resume"
    END = "end"
    CHANGE = "change"


# What is not in it is forbidden.
MOVES: Mapping[tuple[State, Action], State] = {
    (State.ACTIVE, Action.PAUSE): State.PAUSED,
    (State.ACTIVE, Action.END): State.ENDED,
    (State.ACTIVE, Action.CHANGE): State.ACTIVE,
    (State.PAUSED, Action.RESUME): State.ACTIVE,
    (State.PAUSED, Action.END): State.ENDED,
}
REFUSALS: Mapping[State, str] = {
    State.ACTIVE: "This plan runs already.",
    State.PAUSED: "This plan is paused. Let it run again first.",
    State.ENDED: "This plan has ended. Make a new one.",
}


class Closed(StrEnum):
    """What becomes of a date on which the organisation is closed."""

    KEEP = "keep"
    SKIP = "skip"
    NEXT = "next"
    PREVIOUS = "previous"


class Fate(StrEnum):
    """What became of a date."""

    MADE = "made"
    MISSED = "missed"
    SKIPPED = "skipped"
    # Its work could not be made: it stands in the repair list, to be tried again.
    STUCK = "stuck"


@dataclass(frozen=True, slots=True)
class Pattern:
    """On which dates. `lead_days`: how many days before a date its work is made."""

    rule: str
    starts_on: date
    until: date | None
    closed: Closed
    lead_days: int


@dataclass(frozen=True, slots=True)
class Day:
    """`rule_date` is what the rule says, `work_on` when the work is; None: it is skipped."""

    rule_date: date
    work_on: date | None


@dataclass(frozen=True, slots=True)
class Plan:
    """`stops`: of a round, see `rounds`. `provider`: the slug of who does it, where that is not left to the
    process. `dealt_until`: the last date of the rule of which something became.
    """

    plan_id: UUID
    version: int
    state: State
    name: str
    text: str
    product_id: UUID
    location_id: UUID | None
    answers: dict[str, Any]
    pattern: Pattern
    keeper: dict[str, Any]
    dealt_until: date | None
    stops: tuple[dict[str, Any], ...] = ()
    provider: str | None = None


def is_planned(created_by: Mapping[str, Any]) -> bool:
    """Whether a plan made it, so that no customer waits to decide about it."""
    return str(created_by.get("id")).startswith(MAKER)


def move(state: State, action: Action) -> State:
    to = MOVES.get((state, action))
    if to is None:
        raise NotAllowed(REFUSALS[state])
    return to


def days(pattern: Pattern, calendar: Calendar, after: date | None = None) -> Iterator[Day]:
    """In order; of dates that land on one day, only the first is worked on."""
    last: date | None = _work_on(pattern, calendar, after) if after else None
    for rule_date in dates(pattern.rule, pattern.starts_on, after, pattern.until):
        work_on = _work_on(pattern, calendar, rule_date)
        if work_on is not None and work_on == last:
            work_on = None
        last = work_on or last
        yield Day(rule_date, work_on)


def has_come(day: Day, pattern: Pattern, today: date) -> bool:
    """Whether it is time to deal with it."""
    return (day.work_on or day.rule_date) - timedelta(days=pattern.lead_days) <= today


def fates(due: list[Day], today: date) -> list[tuple[Day, Fate]]:
    """After a stop, of the days that have passed or come only the newest is made: nobody needs three rounds
    at once. Those still to come are all made.
    """
    come = [day for day in due if day.work_on and day.work_on <= today]
    return [(day, _fate(day, come, today)) for day in due]


def look_on(following: Day | None, pattern: Pattern, today: date) -> date | None:
    """From then on every day, since a closing that becomes known may still move it. None: never again."""
    if following is None:
        return None
    first = following.rule_date - timedelta(days=pattern.lead_days + FARTHEST)
    return max(first, today + timedelta(days=1))


def _fate(day: Day, come: list[Day], today: date) -> Fate:
    if day.work_on is None:
        return Fate.SKIPPED
    return Fate.MISSED if day.work_on <= today and day != come[-1] else Fate.MADE


def _work_on(pattern: Pattern, calendar: Calendar, day: date) -> date | None:
    if pattern.closed is Closed.KEEP or calendar.is_working_day(day):
        return day
    if pattern.closed is Closed.SKIP:
        return None
    step = 1 if pattern.closed is Closed.NEXT else -1
    near = (day + timedelta(days=step * count) for count in range(1, FARTHEST + 1))
    return next((each for each in near if calendar.is_working_day(each)), day)
