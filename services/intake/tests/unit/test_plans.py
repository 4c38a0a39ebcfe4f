"""Dates of planned work: moved, skipped, missed; and what may be done with a plan."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st
from intake.domain.errors import NotAllowed
from intake.domain.plans import (
    Action,
    Closed,
    Day,
    Fate,
    Pattern,
    State,
    days,
    fates,
    has_come,
    look_on,
    move,
)
from servicekit.worktime import Calendar

WORKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
WEEK = {day: [("08:00", "17:00")] for day in WORKDAYS}
CALENDAR = Calendar.of("Europe/Amsterdam", WEEK, country="NL")
START = date(2026, 12, 1)


def pattern(rule: str, closed: Closed = Closed.NEXT, until: date | None = None, lead: int = 0) -> Pattern:
    return Pattern(rule, START, until, closed, lead)


def worked(wanted: Pattern, most: int = 5, after: date | None = None) -> list[date | None]:
    return [day.work_on for day in islice(days(wanted, CALENDAR, after), most)]


@pytest.mark.parametrize(
    ("closed", "christmas"),
    [
        (Closed.KEEP, date(2026, 12, 25)),
        (Closed.SKIP, None),
        (Closed.NEXT, date(2026, 12, 28)),
        (Closed.PREVIOUS, date(2026, 12, 24)),
    ],
)
def test_christmas_day_is_kept_skipped_or_moved(closed: Closed, christmas: date | None) -> None:
    assert worked(pattern("FREQ=WEEKLY;BYDAY=FR", closed), 5)[3] == christmas


def test_dates_that_land_on_one_day_are_one_piece_of_work() -> None:
    found = worked(pattern("FREQ=DAILY"), 7)
    assert [day.day if day else None for day in found] == [1, 2, 3, 4, 7, None, None]


def test_it_is_also_one_piece_when_counting_goes_on_halfway() -> None:
    assert worked(pattern("FREQ=DAILY"), 2, after=date(2026, 12, 5)) == [None, None]


def test_the_last_day_counts_and_nothing_comes_after_it() -> None:
    assert len(worked(pattern("FREQ=WEEKLY;BYDAY=TU", until=date(2026, 12, 15)), 9)) == 3


def test_after_a_stop_only_the_newest_is_made_and_all_that_is_still_to_come() -> None:
    due = [Day(START + timedelta(days=n), START + timedelta(days=n)) for n in (0, 7, 14, 21)]
    found = [fate for _, fate in fates(due, START + timedelta(days=8))]
    assert found == [Fate.MISSED, Fate.MADE, Fate.MADE, Fate.MADE]


def test_a_skipped_date_makes_nothing() -> None:
    assert fates([Day(START, None)], START) == [(Day(START, None), Fate.SKIPPED)]


def test_its_time_comes_so_many_days_before() -> None:
    day = Day(START, START)
    assert has_come(day, pattern("FREQ=DAILY", lead=7), START - timedelta(days=7))
    assert not has_come(day, pattern("FREQ=DAILY", lead=7), START - timedelta(days=8))


@given(
    closed=st.sampled_from(Closed),
    lead=st.integers(0, 60),
    rule=st.sampled_from(["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=SA", "FREQ=MONTHLY;BYMONTHDAY=25"]),
    now=st.dates(date(2026, 12, 1), date(2028, 1, 1)),
)
def test_nobody_looks_too_late(closed: Closed, lead: int, rule: str, now: date) -> None:
    """Whatever moves a date: when its time comes, the plan is being looked at."""
    wanted = pattern(rule, closed, lead=lead)
    following = next(day for day in days(wanted, CALENDAR) if not has_come(day, wanted, now))
    again = look_on(following, wanted, now)
    assert again is not None
    assert again > now
    assert again <= now + timedelta(days=1) or not has_come(following, wanted, again - timedelta(days=1))


def test_a_plan_without_a_date_left_is_looked_at_no_more() -> None:
    assert look_on(None, pattern("FREQ=DAILY"), START) is None


# Written apart from the table: what may be done with a plan, and what it is then.
CELLS = {
    ("active", "pause"): "paused",
    ("active", "end"): "ended",
    ("active", "change"): "active",
    ("paused", "resume"): "active",
    ("paused", "end"): "ended",
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("action", Action)
def test_every_state_knows_what_may_be_done_in_it(state: State, action: Action) -> None:
    if to := CELLS.get((state.value, action.value)):
        assert move(state, action) == to
    else:
        with pytest.raises(NotAllowed):
            move(state, action)
