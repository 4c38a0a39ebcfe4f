"""What is against doing an order at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from dispatch.domain.conflicts import Against, Conflict, Span, conflicts
from dispatch.domain.profiles import Absence, Profile
from dispatch.domain.windows import Window

from ..samples import NOW  # noqa: TID252  samples of this service alone

HOUR = timedelta(hours=1)
# Monday 23 November 2026, 10:00 until 11:00 on the wall.
TEN = Span(NOW, NOW + HOUR)
WEEKDAYS = Profile(hours=(Window((1, 2, 3, 4, 5), time(7, 30), time(17, 30), "Europe/Amsterdam"),))


def against(wanted: Span = TEN, profile: Profile | None = None, due: datetime | None = None,
            **more: Any) -> list[str]:  # fmt: skip
    return [each.against.value for each in conflicts(wanted, profile or Profile(), due, **more)]


def test_nothing_is_against_a_moment_that_is_free() -> None:
    assert conflicts(TEN, WEEKDAYS, NOW + 5 * HOUR) == []


@pytest.mark.parametrize(
    ("start", "end", "clashes"),
    [(-1, 0, False), (-1, 0.5, True), (0.25, 0.5, True), (1, 2, False), (0.5, None, True), (1, None, False)],
)
def test_a_person_has_one_order_at_a_time(start: float, end: float | None, clashes: bool) -> None:
    other = Span(NOW + start * HOUR, NOW + end * HOUR if end is not None else None, "SD-26-000009-1")
    found = conflicts(TEN, Profile(), None, taken=[other])
    expected = [Conflict(Against.DOUBLE, "SD-26-000009-1", other.start, other.end)]
    assert found == (expected if clashes else [])


def test_two_orders_at_the_same_moment_clash_though_nobody_said_until_when() -> None:
    assert against(Span(NOW), taken=[Span(NOW, None, "other")]) == ["double"]


@pytest.mark.parametrize(
    ("hours", "closed"),
    [
        ((0, 1), False),
        ((7, 7.5), False),
        ((7, 8), True),
        ((-3, -2), True),
        ((-3, 0), True),
        ((120, 121), True),
    ],
)
def test_the_whole_of_it_lies_within_the_hours_of_the_team(hours: tuple[float, float], closed: bool) -> None:
    wanted = Span(NOW + hours[0] * HOUR, NOW + hours[1] * HOUR)
    assert against(wanted, WEEKDAYS) == (["closed"] if closed else [])


def test_who_is_away_and_from_when_until_when_is_said_the_first_first() -> None:
    ill, course = Span(NOW - HOUR, NOW + 9 * HOUR, "Bas"), Span(NOW - 2 * HOUR, NOW + 0.5 * HOUR, "Tom")
    away = Profile(absences=(Absence(NOW + 0.5 * HOUR, NOW + 9 * HOUR, "Holiday", "bezemwijs"),))
    assert conflicts(TEN, away, None, absences=[ill, course]) == [
        Conflict(Against.PERSON_ABSENT, "Tom", course.start, course.end),
        Conflict(Against.PERSON_ABSENT, "Bas", ill.start, ill.end),
        Conflict(Against.TEAM_ABSENT, "bezemwijs", NOW + 0.5 * HOUR, NOW + 9 * HOUR),
    ]


@pytest.mark.parametrize(
    ("start", "end", "away"),
    [(0.5, 9, True), (-9, 0.5, True), (-9, 0, False), (1, 9, False), (0.2, 0.4, True)],
)
def test_an_absence_is_against_what_lies_in_it_and_nothing_else(start: float, end: float, away: bool) -> None:
    lies = (NOW + start * HOUR, NOW + end * HOUR)
    assert against(profile=Profile(absences=(Absence(*lies),))) == (["team_absent"] if away else [])
    assert against(absences=[Span(*lies, "Bas")]) == (["person_absent"] if away else [])


@dataclass(frozen=True)
class Person:
    name: str
    hours: tuple[Window, ...]


AFTERNOONS = (Window((1, 2, 3, 4, 5), time(13), time(18), "Europe/Amsterdam"),)


@pytest.mark.parametrize(
    ("own", "at", "found"),
    [
        (None, 8, [Conflict(Against.CLOSED)]),
        (Person("Bas", ()), 8, [Conflict(Against.CLOSED)]),
        (Person("Bas", AFTERNOONS), 0, [Conflict(Against.PERSON_CLOSED, "Bas")]),
        (Person("Bas", AFTERNOONS), 7, []),  # he works until six, the team until half past five
    ],
)
def test_who_has_hours_of_their_own_works_then(own: Person | None, at: float, found: list[Conflict]) -> None:
    assert conflicts(Span(NOW + at * HOUR), WEEKDAYS, None, own=own) == found


def test_all_that_is_against_it_is_said() -> None:
    bas = Person("Bas", AFTERNOONS)
    ill = Span(NOW, NOW + HOUR, "Bas")
    assert against(due=NOW, profile=WEEKDAYS, absences=[ill], own=bas) == [
        "person_absent",
        "person_closed",
        "after_promise",
    ]


def test_what_is_after_the_promise_says_when_that_ends() -> None:
    assert conflicts(TEN, Profile(), NOW) == [Conflict(Against.AFTER_PROMISE, end=NOW)]


@pytest.mark.parametrize(("due", "late"), [(1, False), (0.5, True), (-1, True)])
def test_it_is_done_before_the_promise_ends(due: float, late: bool) -> None:
    assert against(due=NOW + due * HOUR) == (["after_promise"] if late else [])
