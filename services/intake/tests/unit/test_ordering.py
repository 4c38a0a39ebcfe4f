"""An order comes in time or not, and is cancelled free or not, counted back from when it was wanted."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from intake.domain.ordering import Ahead, DayBefore, latest_before, may_order
from servicekit.worktime import Calendar

ZONE = ZoneInfo("Europe/Amsterdam")
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
CALENDAR = Calendar.of(ZONE.key, {day: [("07:30", "17:30")] for day in DAYS}, country="NL")
MINUTE = timedelta(minutes=1)
LUNCH = DayBefore(time(15))
moments = st.integers(0, 700 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 2, tzinfo=UTC) + minutes * MINUTE
)
amounts = st.integers(1, 6_000)


def local(day: str, at: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{at}").replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("wanted", "latest"),
    [
        ("2026-11-27", "2026-11-26"),  # Friday: on Thursday
        ("2026-11-30", "2026-11-27"),  # Monday: on Friday
        ("2026-11-28", "2026-11-27"),  # Saturday: on Friday too
        ("2026-12-28", "2026-12-24"),  # after both days of Christmas and the weekend
        ("2026-10-26", "2026-10-23"),  # 15:00 stays 15:00 on the wall when the clock went back
    ],
)
def test_lunch_is_ordered_before_three_on_the_working_day_before(wanted: str, latest: str) -> None:
    start = local(wanted, "12:00")
    assert LUNCH.latest(start, CALENDAR) == local(latest, "15:00")
    assert may_order(LUNCH, local(latest, "15:00"), start, CALENDAR)
    assert not may_order(LUNCH, local(latest, "15:01"), start, CALENDAR)


@pytest.mark.parametrize(
    ("now", "first"),
    [
        (local("2026-11-26", "15:00"), local("2026-11-27", "07:30")),
        (local("2026-11-26", "15:01"), local("2026-11-30", "07:30")),
        (local("2026-11-28", "10:00"), local("2026-12-01", "07:30")),  # on a Saturday nobody reads it
    ],
)
def test_who_is_too_late_hears_the_first_day_that_can_be_had(now: datetime, first: datetime) -> None:
    assert LUNCH.first(now, CALENDAR) == first


def test_four_working_hours_before_noon_on_monday_is_friday_when_the_desk_closes() -> None:
    assert latest_before(local("2026-11-30", "12:00"), 240, CALENDAR) == local("2026-11-30", "08:00")
    assert latest_before(local("2026-11-30", "11:30"), 240, CALENDAR) == local("2026-11-30", "07:30")
    assert latest_before(local("2026-11-30", "11:00"), 240, CALENDAR) == local("2026-11-27", "17:00")


@given(start=moments, amount=amounts)
def test_a_minute_later_is_always_too_late(start: datetime, amount: int) -> None:
    latest = latest_before(start, amount, CALENDAR)
    assert CALENDAR.minutes_between(latest, start) == amount
    assert CALENDAR.minutes_between(latest + MINUTE, start) == amount - 1


@given(start=moments)
def test_without_working_minutes_it_is_free_to_the_moment_itself(start: datetime) -> None:
    assert latest_before(start, 0, CALENDAR) == start


@given(now=moments, amount=amounts, days=st.integers(1, 5), at=st.times())
def test_what_is_said_to_be_the_first_moment_can_be_ordered(
    now: datetime, amount: int, days: int, at: time
) -> None:
    for cutoff in (Ahead(amount), DayBefore(at.replace(second=0, microsecond=0), days)):
        assert may_order(cutoff, now, cutoff.first(now, CALENDAR), CALENDAR)


@given(now=moments, amount=amounts)
def test_no_earlier_moment_could_have_been_ordered(now: datetime, amount: int) -> None:
    first = Ahead(amount).first(now, CALENDAR)
    assert not may_order(Ahead(amount), now, first - MINUTE, CALENDAR)
