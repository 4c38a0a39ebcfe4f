"""What is against doing an order at a moment: pointed out before it is planned, decided by who plans."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from dispatch.domain.profiles import Profile
from dispatch.domain.windows import Window

INSTANT = timedelta(minutes=1)  # what nobody said the end of


class Own(Protocol):
    """A person with their hours; none: those of the team."""

    @property
    def name(self) -> str: ...
    @property
    def hours(self) -> Sequence[Window]: ...


class Against(StrEnum):
    DOUBLE = "double"  # the same person has another order then
    CLOSED = "closed"  # outside the hours of the team
    TEAM_ABSENT = "team_absent"
    PERSON_ABSENT = "person_absent"
    PERSON_CLOSED = "person_closed"  # outside hours that this person has of their own
    OVER_CAPACITY = "over_capacity"  # more that day than those of the team who are there can do
    AFTER_PROMISE = "after_promise"


@dataclass(frozen=True)
class Span:
    """`end` is where somebody said one. `label`: the number of an order, or a name."""

    start: datetime
    end: datetime | None = None
    label: str | None = None

    @property
    def until(self) -> datetime:
        return self.end if self.end and self.end > self.start else self.start + INSTANT

    def touches(self, other: Span) -> bool:
        return self.start < other.until and other.start < self.until


@dataclass(frozen=True)
class Conflict:
    """`label`: which other order, or who is absent; `start` and `end` of that, or the promise. Of a day that
    would be too full: how much there would be, and how much they have.
    """

    against: Against
    label: str | None = None
    start: datetime | None = None
    end: datetime | None = None
    planned_minutes: int | None = None
    capacity_minutes: int | None = None


def conflicts(
    wanted: Span,
    profile: Profile,
    due: datetime | None,
    taken: Iterable[Span] = (),
    absences: Iterable[Span] = (),
    own: Own | None = None,
) -> list[Conflict]:
    """`taken`: the other orders of whoever gets it; `absences` of that person, by `label` their name. Who has
    hours of their `own` works then, whatever the hours of the team.
    """
    found = [
        Conflict(Against.PERSON_ABSENT, each.label, each.start, each.end) for each in _in(wanted, absences)
    ]
    found += [Conflict(Against.DOUBLE, each.label, each.start, each.end) for each in _in(wanted, taken)]
    found += [
        Conflict(Against.TEAM_ABSENT, each.stand_in, each.start, each.end)
        for each in profile.absences
        if Span(each.start, each.end).touches(wanted)
    ]
    if own and own.hours:
        found += [Conflict(Against.PERSON_CLOSED, own.name)] if _is_closed(wanted, own.hours) else []
    elif _is_closed(wanted, profile.hours):
        found.append(Conflict(Against.CLOSED))
    if due is not None and (wanted.end or wanted.start) > due:
        found.append(Conflict(Against.AFTER_PROMISE, end=due))
    return found


def _in(wanted: Span, spans: Iterable[Span]) -> list[Span]:
    return sorted((each for each in spans if each.touches(wanted)), key=lambda each: each.start)


def _is_closed(wanted: Span, hours: Sequence[Window]) -> bool:
    """Its beginning or its last minute lies outside the hours; no hours are always open."""
    ends = (wanted.start, wanted.until - INSTANT)
    return bool(hours) and not all(any(w.holds(at) for w in hours) for at in ends)
