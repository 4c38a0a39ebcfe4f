"""What was promised moves by the time that did not count, and never backwards."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from intake.storage.holding import later, move

from .test_plans import CALENDAR

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize("priority", ["P1", "P3"])
def test_what_was_left_is_left_when_it_goes_on(priority: str) -> None:
    until, held = move(priority, lambda: CALENDAR, MONDAY, MONDAY + HOUR, MONDAY + 3 * HOUR)
    assert (until, held) == (MONDAY + 4 * HOUR, 180)


@pytest.mark.parametrize("priority", ["P1", "P3"])
def test_a_clock_that_went_back_holds_nothing_and_leaves_nothing(priority: str) -> None:
    """Of demos and of hosts: it must not stop what the desk does."""
    until, held = move(priority, lambda: CALENDAR, MONDAY + HOUR, MONDAY, MONDAY)
    assert (until, held) == (MONDAY, 0)
    assert later(priority, CALENDAR, MONDAY, -30) == MONDAY
