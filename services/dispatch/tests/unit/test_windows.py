from __future__ import annotations

from datetime import UTC, datetime, time

import pytest
from dispatch.domain.windows import EVERY_DAY, Window

ZONE = "Europe/Amsterdam"
OFFICE = Window((1, 2, 3, 4, 5), time(7, 30), time(17, 30), ZONE)
NIGHT = Window((5,), time(17, 30), time(7, 30), ZONE)  # that of Friday


@pytest.mark.parametrize(
    ("window", "at", "holds"),
    [
        (OFFICE, "2026-11-23T06:30", True),  # Monday 07:30 in Amsterdam
        (OFFICE, "2026-11-23T06:29", False),
        (OFFICE, "2026-11-23T16:30", False),  # 17:30
        (OFFICE, "2026-11-28T10:00", False),  # Saturday
        (OFFICE, "2026-07-20T05:30", True),  # 07:30 in summer
        (NIGHT, "2026-11-27T16:30", True),  # Friday 17:30
        (NIGHT, "2026-11-28T06:29", True),  # Saturday 07:29: still Friday's night
        (NIGHT, "2026-11-28T06:30", False),
        (NIGHT, "2026-11-27T05:00", False),  # Friday morning: Thursday's night
        (NIGHT, "2026-11-28T20:00", False),  # Saturday evening
    ],
)
def test_a_window_holds_in_the_organisations_own_time(window: Window, at: str, holds: bool) -> None:
    assert window.holds(datetime.fromisoformat(at).replace(tzinfo=UTC)) is holds


def test_sunday_night_lasts_into_monday() -> None:
    sunday = Window((7,), time(22), time(6), ZONE)
    assert sunday.holds(datetime(2026, 11, 30, 4, 0, tzinfo=UTC))


def test_an_end_that_is_the_start_means_the_whole_day() -> None:
    saturday = Window((6,), time(0), time(0), ZONE)
    hours = [datetime(2026, 11, 28, hour, 30, tzinfo=UTC) for hour in range(23)]
    assert all(saturday.holds(at) for at in hours)
    assert not saturday.holds(datetime(2026, 11, 28, 23, 30, tzinfo=UTC))


def test_a_window_is_kept_and_read_again() -> None:
    assert Window.from_dict(NIGHT.as_dict()) == NIGHT
    assert Window.from_dict({**NIGHT.as_dict(), "days": []}).days == EVERY_DAY
