"""Working time against an oracle that looks at the wall clock of every single minute.

Each example draws a calendar and a stretch of time and then asks many questions about it, so that one run
compares about 30,000 cases with the oracle.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from random import Random
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from servicekit.worktime import Calendar, Closing, Interval, Term, deadline, term_minutes
from servicekit.worktime.hours import WEEKDAYS

MINUTE = timedelta(minutes=1)
WINDOW_DAYS = 9

# Where something happens to the clock: changes at two at night, at midnight, of half an hour, of a whole day.
PLACES = [
    ("Europe/Amsterdam", date(2026, 3, 27)),
    ("Europe/Amsterdam", date(2025, 10, 23)),
    ("Europe/Amsterdam", date(2025, 12, 28)),
    ("Europe/Amsterdam", date(2026, 4, 1)),
    ("Europe/Amsterdam", date(2026, 4, 30)),
    ("America/Sao_Paulo", date(2018, 11, 1)),
    ("America/Sao_Paulo", date(2018, 2, 14)),
    ("Australia/Lord_Howe", date(2026, 4, 2)),
    ("Australia/Lord_Howe", date(2026, 10, 1)),
    ("Pacific/Apia", date(2011, 12, 27)),
    ("Asia/Kathmandu", date(2026, 1, 1)),
    ("UTC", date(2024, 2, 27)),
]

# The Dutch holidays within the windows above, by hand.
DUTCH = {date(2011, 12, 26), date(2012, 1, 1), date(2026, 1, 1), date(2026, 4, 5), date(2026, 4, 6)}
CHOSEN = {"Good Friday": date(2026, 4, 3), "Liberation Day": date(2026, 5, 5)}


@st.composite
def intervals(draw: st.DrawFn) -> list[Interval]:
    edges = sorted(draw(st.sets(st.integers(0, 96), max_size=6)))
    return [Interval(start * 15, end * 15) for start, end in zip(edges[::2], edges[1::2], strict=False)]


@st.composite
def calendars(draw: st.DrawFn) -> tuple[Calendar, date]:
    zone, first = draw(st.sampled_from(PLACES))
    weekly = {day: draw(intervals()) for day in WEEKDAYS}
    if not any(weekly.values()):
        weekly["monday"] = [Interval(450, 1050)]
    country = draw(st.sampled_from(["NL", None]))
    chosen = draw(st.sets(st.sampled_from(sorted(CHOSEN)))) if country else set()
    offsets = draw(st.sets(st.integers(0, WINDOW_DAYS), max_size=2))
    closings = [Closing(day, day + timedelta(days=1)) for day in (first + timedelta(days=n) for n in offsets)]
    return Calendar.of(zone, weekly, country=country, optional_holidays=chosen, closings=closings), first


class Oracle:
    """Which of the minutes from `start` on are open, by looking at the wall clock in each of them."""

    def __init__(self, calendar: Calendar, first: date) -> None:
        self.zone = ZoneInfo(calendar.zone)
        self.start = datetime(first.year, first.month, first.day, tzinfo=UTC)
        closed = {closing.first + timedelta(days=n) for closing in calendar.closings for n in (0, 1)}
        if calendar.country:
            closed |= DUTCH | {CHOSEN[name] for name in calendar.optional_holidays}
        self.length = WINDOW_DAYS * 24 * 60
        self.open = [self._is_open(calendar, closed, n) for n in range(self.length)]
        self.before = list(accumulate(self.open, initial=0))

    def _is_open(self, calendar: Calendar, closed: set[date], n: int) -> bool:
        local = (self.start + n * MINUTE).astimezone(self.zone)
        minute = local.hour * 60 + local.minute
        hours = calendar.week[local.weekday()]
        return local.date() not in closed and any(each.start <= minute < each.end for each in hours)

    def between(self, a: int, b: int) -> int:
        return self.before[b] - self.before[a]

    def add(self, a: int, minutes: int) -> int | None:
        """The first minute with so many open ones since a, or None when it lies outside the window."""
        n = bisect_left(self.before, self.before[a] + minutes) if minutes else a
        return n if n <= self.length else None


compared = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
seeds = st.integers(0, 2**32)


def questions(seed: int) -> Iterator[tuple[int, int, int]]:
    """A hundred of (minute of the window, another one, seconds). By seed, since lists are slow to shrink."""
    dice = Random(seed)
    for _ in range(100):
        yield dice.randint(0, WINDOW_DAYS * 1440), dice.randint(0, WINDOW_DAYS * 1440), dice.randint(0, 59)


@compared
@given(calendars(), seeds)
def test_counts_what_the_oracle_counts(drawn: tuple[Calendar, date], seed: int) -> None:
    calendar, first = drawn
    oracle = Oracle(calendar, first)
    for a, b, seconds in questions(seed):
        start, end = oracle.start + a * MINUTE, oracle.start + b * MINUTE + timedelta(seconds=seconds)
        counted = calendar.minutes_between(start, end)
        assert counted == (oracle.between(a, b) if a <= b else -oracle.between(b, a))
        if a < oracle.length:
            assert calendar.is_open(start) == oracle.open[a]


@compared
@given(calendars(), seeds)
def test_adds_what_the_oracle_adds(drawn: tuple[Calendar, date], seed: int) -> None:
    calendar, first = drawn
    oracle = Oracle(calendar, first)
    for a, minutes, seconds in questions(seed):
        expected = oracle.add(a, minutes)
        if expected is not None:
            start = oracle.start + a * MINUTE + timedelta(seconds=seconds)
            assert calendar.add(start, minutes) == oracle.start + expected * MINUTE


@compared
@given(calendars(), st.integers(0, 1440), st.integers(0, 30_000), st.integers(0, 30_000))
def test_adding_in_two_steps_is_adding_at_once(
    drawn: tuple[Calendar, date], a: int, one: int, two: int
) -> None:
    calendar, first = drawn
    start = datetime(first.year, first.month, first.day, tzinfo=UTC) + a * MINUTE
    assert calendar.add(calendar.add(start, one), two) == calendar.add(start, one + two)
    assert calendar.minutes_between(start, calendar.add(start, one)) == one


@compared
@given(
    calendars(),
    st.integers(0, 1440),
    st.sampled_from(["minutes", "working_minutes", "working_days", "calendar_days"]),
    st.integers(0, 40),
)
def test_the_minutes_of_any_term_lead_to_its_deadline(
    drawn: tuple[Calendar, date], a: int, unit: str, amount: int
) -> None:
    calendar, first = drawn
    start = datetime(first.year, first.month, first.day, tzinfo=UTC) + a * MINUTE
    term = Term(amount, unit)  # type: ignore[arg-type]
    due, minutes = deadline(start, term, calendar), term_minutes(start, term, calendar)
    assert due >= start
    assert minutes >= 0
    if not term.counts_working_minutes:
        assert start + minutes * MINUTE == due
    elif minutes:
        assert calendar.add(start, minutes) == due


@compared
@given(calendars())
def test_any_calendar_survives_as_data(drawn: tuple[Calendar, date]) -> None:
    assert Calendar.from_dict(drawn[0].to_dict()) == drawn[0]
