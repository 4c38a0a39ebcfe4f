"""What is against doing an order at a moment."""

from __future__ import annotations

from datetime import datetime, time, timedelta

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
            **more: list[Span]) -> list[str]:  # fmt: skip
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


def test_the_team_or_the_person_may_be_absent() -> None:
    away = Profile(absences=(Absence(NOW + 0.5 * HOUR, NOW + 9 * HOUR),))
    assert against(profile=away) == ["team_absent"]
    assert against(absences=[Span(NOW - HOUR, NOW + 9 * HOUR, "Bas")]) == ["person_absent"]
    assert against(absences=[Span(NOW + HOUR, NOW + 9 * HOUR, "Bas")]) == []


@pytest.mark.parametrize(("due", "late"), [(1, False), (0.5, True), (-1, True)])
def test_it_is_done_before_the_promise_ends(due: float, late: bool) -> None:
    assert against(due=NOW + due * HOUR) == (["after_promise"] if late else [])
