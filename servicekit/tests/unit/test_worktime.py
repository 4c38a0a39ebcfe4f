"""Working time by examples: the cases that a person can check with a paper calendar."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from servicekit.worktime import (
    Calendar,
    Closing,
    NeverOpen,
    Term,
    clock_minutes_between,
    deadline,
    holidays_of,
    local_to_utc,
    term_minutes,
)

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
WORKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
OFFICE = Calendar.of(
    "Europe/Amsterdam",
    {day: [("07:30", "17:30")] for day in WORKDAYS},
    country="NL",
    optional_holidays=["Good Friday"],
    closings=[Closing(date(2026, 12, 24), date(2026, 12, 31), "Kerstsluiting")],
)
WITH_LUNCH = Calendar.of(
    "Europe/Amsterdam", {day: [("08:00", "12:00"), ("12:30", "17:00")] for day in WORKDAYS}
)
ALWAYS = Calendar.of(
    "Europe/Amsterdam", {day: [("00:00", "24:00")] for day in (*WORKDAYS, "saturday", "sunday")}
)


def at(text: str) -> datetime:
    """An Amsterdam wall clock time as an instant: "2026-03-02 09:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM).astimezone(UTC)


def shown(instant: datetime) -> str:
    return instant.astimezone(AMSTERDAM).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        pytest.param("2026-03-02 09:00", 60, "2026-03-02 10:00", id="within a day"),
        pytest.param(
            "2026-03-02 09:30", 480, "2026-03-02 17:30", id="ends at closing, not at the next opening"
        ),
        pytest.param("2026-03-02 09:30", 481, "2026-03-03 07:31", id="one more goes to the next day"),
        pytest.param("2026-03-02 05:00", 1, "2026-03-02 07:31", id="starts before opening"),
        pytest.param("2026-03-06 17:00", 60, "2026-03-09 08:00", id="over a weekend"),
        pytest.param("2026-04-02 17:00", 60, "2026-04-07 08:00", id="over Easter with Good Friday"),
        pytest.param("2026-04-24 17:00", 60, "2026-04-28 08:00", id="over King's Day"),
        pytest.param("2026-12-23 17:00", 60, "2027-01-04 08:00", id="over a closing, New Year and a weekend"),
        pytest.param("2026-03-27 17:00", 60, "2026-03-30 08:00", id="the clock goes forward in between"),
        pytest.param("2026-10-23 17:00", 60, "2026-10-26 08:00", id="the clock goes back in between"),
        pytest.param(
            "2026-03-02 20:13", 0, "2026-03-02 20:13", id="nothing stays where it is, even when closed"
        ),
    ],
)
def test_adds_working_minutes(start: str, minutes: int, end: str) -> None:
    assert shown(OFFICE.add(at(start), minutes)) == end
    assert shown(OFFICE.add(at(start), timedelta(minutes=minutes))) == end
    assert OFFICE.minutes_between(at(start), at(end)) == minutes


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        pytest.param("2026-03-02 11:45", 30, "2026-03-02 12:45", id="lunch does not count"),
        pytest.param("2026-03-02 11:30", 30, "2026-03-02 12:00", id="ends at lunch"),
        pytest.param("2026-03-02 12:10", 10, "2026-03-02 12:40", id="starts in lunch"),
    ],
)
def test_several_intervals_a_day(start: str, minutes: int, end: str) -> None:
    assert shown(WITH_LUNCH.add(at(start), minutes)) == end


def test_a_day_of_23_or_25_hours_counts_as_long_as_it_lasted() -> None:
    spring, autumn = ("2026-03-29 00:00", "2026-03-30 00:00"), ("2026-10-25 00:00", "2026-10-26 00:00")
    assert ALWAYS.minutes_between(at(spring[0]), at(spring[1])) == 23 * 60
    assert ALWAYS.minutes_between(at(autumn[0]), at(autumn[1])) == 25 * 60


@pytest.mark.parametrize(
    ("hours", "spring", "autumn"),
    [
        pytest.param(("01:00", "04:00"), 120, 240, id="around the change"),
        pytest.param(("02:00", "03:00"), 0, 120, id="the hour itself is skipped, or comes twice"),
        pytest.param(("02:30", "05:00"), 120, 180, id="starts inside the hour"),
        pytest.param(("01:00", "02:30"), 60, 120, id="ends inside the hour"),
    ],
)
def test_opening_hours_in_the_night_of_the_clock_change(
    hours: tuple[str, str], spring: int, autumn: int
) -> None:
    nightly = Calendar.of("Europe/Amsterdam", {"sunday": [hours]})
    assert nightly.minutes_between(at("2026-03-29 00:00"), at("2026-03-29 12:00")) == spring
    assert nightly.minutes_between(at("2026-10-25 00:00"), at("2026-10-25 12:00")) == autumn


@pytest.mark.parametrize(
    ("start", "term", "due"),
    [
        pytest.param(
            "2026-03-28 18:00", Term(1440, "minutes"), "2026-03-29 19:00", id="minutes of any clock"
        ),
        pytest.param(
            "2026-03-02 16:30", Term(120, "working_minutes"), "2026-03-03 08:30", id="working minutes"
        ),
        pytest.param(
            "2026-03-02 16:30", Term(1, "working_days"), "2026-03-03 17:30", id="until tomorrow closes"
        ),
        pytest.param("2026-03-06 10:00", Term(5, "working_days"), "2026-03-13 17:30", id="a working week"),
        pytest.param("2026-03-07 10:00", Term(1, "working_days"), "2026-03-09 17:30", id="from a Saturday"),
        pytest.param("2026-03-02 10:00", Term(0, "working_days"), "2026-03-02 17:30", id="this working day"),
        pytest.param(
            "2026-03-07 10:00", Term(0, "working_days"), "2026-03-09 17:30", id="no working day today"
        ),
        pytest.param("2026-03-02 18:00", Term(0, "working_days"), "2026-03-03 17:30", id="today has closed"),
        pytest.param(
            "2026-12-22 10:00", Term(3, "working_days"), "2027-01-05 17:30", id="into the next year"
        ),
        pytest.param("2026-03-02 10:00", Term(21, "calendar_days"), "2026-03-23 23:59", id="calendar days"),
        pytest.param(
            "2026-03-28 10:00", Term(1, "calendar_days"), "2026-03-29 23:59", id="a day of 23 hours"
        ),
        pytest.param(
            "2026-10-24 23:30", Term(1, "calendar_days"), "2026-10-25 23:59", id="a day of 25 hours"
        ),
    ],
)
def test_deadlines(start: str, term: Term, due: str) -> None:
    assert shown(deadline(at(start), term, OFFICE)) == due


def test_the_minutes_of_a_term_lead_to_its_deadline() -> None:
    start = at("2026-03-06 10:00")
    five_days = Term(5, "working_days")
    assert term_minutes(start, five_days, OFFICE) == 450 + 5 * 600
    assert OFFICE.add(start, term_minutes(start, five_days, OFFICE)) == deadline(start, five_days, OFFICE)
    assert term_minutes(start, Term(2, "calendar_days"), OFFICE) == clock_minutes_between(
        start, at("2026-03-08 23:59")
    )


@pytest.mark.parametrize(
    ("year", "chosen", "kept"),
    [
        (2025, (), set()),
        (2025, ("Good Friday",), {date(2025, 4, 18)}),
        (2025, ("Liberation Day",), {date(2025, 5, 5)}),
        (2026, ("Liberation Day",), {date(2026, 5, 5)}),
        (2026, ("Good Friday", "Liberation Day"), {date(2026, 4, 3), date(2026, 5, 5)}),
    ],
)
def test_good_friday_and_liberation_day_are_choices(
    year: int, chosen: tuple[str, ...], kept: set[date]
) -> None:
    assert set(holidays_of("NL", year, frozenset(chosen))) - set(holidays_of("NL", year)) == kept


def test_the_dutch_holidays_of_2026() -> None:
    assert {day.strftime("%m-%d"): name for day, name in holidays_of("NL", 2026).items()} == {
        "01-01": "New Year's Day",
        "04-05": "Easter Sunday",
        "04-06": "Easter Monday",
        "04-27": "King's Day",
        "05-14": "Ascension Day",
        "05-24": "Pentecost",
        "05-25": "Pentecost Monday",
        "12-25": "Christmas Day",
        "12-26": "Second Day of Christmas",
    }


def test_kings_day_moves_to_saturday_when_it_falls_on_a_sunday() -> None:
    assert holidays_of("NL", 2025)[date(2025, 4, 26)] == "King's Day"


def test_a_country_without_optional_holidays_keeps_them_all() -> None:
    assert holidays_of("BE", 2026)[date(2026, 7, 21)] == "National Day"


def test_working_days() -> None:
    assert OFFICE.is_working_day(date(2026, 12, 23))
    assert not OFFICE.is_working_day(date(2026, 12, 24))
    assert not OFFICE.is_working_day(date(2026, 4, 3))
    assert not OFFICE.is_working_day(date(2026, 3, 7))


def test_open_from_the_first_minute_up_to_the_last() -> None:
    assert [OFFICE.is_open(at(f"2026-03-02 {each}")) for each in ("07:29", "07:30", "17:29", "17:30")] == [
        False,
        True,
        True,
        False,
    ]


def test_seconds_do_not_count() -> None:
    start = at("2026-03-02 09:00") + timedelta(seconds=59, microseconds=999_999)
    assert shown(OFFICE.add(start, 15)) == "2026-03-02 09:15"
    assert OFFICE.minutes_between(start, at("2026-03-02 09:15")) == 15


def test_a_time_that_the_clock_skips_is_the_moment_of_the_jump() -> None:
    assert local_to_utc(AMSTERDAM, datetime.fromisoformat("2026-03-29 02:30")) == datetime(
        2026, 3, 29, 1, 0, tzinfo=UTC
    )


def test_a_time_that_comes_twice_is_the_first() -> None:
    assert local_to_utc(AMSTERDAM, datetime.fromisoformat("2026-10-25 02:30")) == datetime(
        2026, 10, 25, 0, 30, tzinfo=UTC
    )


def test_a_calendar_survives_as_data() -> None:
    copy = Calendar.from_dict(OFFICE.to_dict())
    assert copy == OFFICE
    assert copy.to_dict() == OFFICE.to_dict()
    assert hash(copy) == hash(OFFICE)
    assert OFFICE.to_dict()["weekly"]["monday"] == [{"from": "07:30", "until": "17:30"}]


def test_a_term_survives_as_data() -> None:
    term = Term(3, "working_days")
    assert Term.from_dict(term.to_dict()) == term


GOOD = OFFICE.to_dict()


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"zone": "Europe/Atlantis"}, id="no such zone"),
        pytest.param({"zone": "../etc/passwd"}, id="a path for a zone"),
        pytest.param({"weekly": {"maandag": []}}, id="no such day"),
        pytest.param({"weekly": {}}, id="never open"),
        pytest.param({"weekly": {"monday": [["09:00", "08:00"]]}}, id="ends before it starts"),
        pytest.param({"weekly": {"monday": [["09:00", "12:00"], ["11:00", "13:00"]]}}, id="overlap"),
        pytest.param({"weekly": {"monday": [["9:00", "12:00"]]}}, id="not HH:MM"),
        pytest.param({"weekly": {"monday": [["09:60", "12:00"]]}}, id="no such minute"),
        pytest.param({"weekly": {"monday": [["09:00", "24:01"]]}}, id="after the end of the day"),
        pytest.param({"country": "XX"}, id="no such country"),
        pytest.param({"optional_holidays": ["Good Fryday"]}, id="no such holiday"),
        pytest.param({"optional_holidays": ["King's Day"]}, id="not a choice"),
        pytest.param({"country": None, "optional_holidays": ["Good Friday"]}, id="a holiday of no country"),
        pytest.param({"closings": [{"first": "2026-02-02", "last": "2026-02-01"}]}, id="closing ends first"),
        pytest.param({"closings": [{"first": "2026-02-30", "last": "2026-03-01"}]}, id="no such date"),
    ],
)
def test_refuses_a_calendar_that_cannot_be_meant(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        Calendar.from_dict({**GOOD, **wrong})


@pytest.mark.parametrize("wrong", [(-1, "minutes"), (1, "weeks"), (1.5, "minutes"), (True, "minutes")])
def test_refuses_a_term_that_cannot_be_meant(wrong: tuple[object, object]) -> None:
    with pytest.raises(ValueError):
        Term(*wrong)  # type: ignore[arg-type]


def test_refuses_instants_without_a_zone_and_counting_backwards() -> None:
    naive = datetime.fromisoformat("2026-03-02 09:00")
    with pytest.raises(ValueError, match="zone"):
        OFFICE.add(naive, 1)
    with pytest.raises(ValueError, match="zone"):
        OFFICE.minutes_between(naive, at("2026-03-02 10:00"))
    with pytest.raises(ValueError, match="forwards"):
        OFFICE.add(at("2026-03-02 09:00"), -1)


def test_says_so_when_it_never_opens_again() -> None:
    closed = Calendar.of(
        "Europe/Amsterdam",
        {"monday": [("09:00", "10:00")]},
        closings=[Closing(date(2026, 1, 1), date(2999, 1, 1))],
    )
    with pytest.raises(NeverOpen):
        closed.add(at("2026-03-02 09:00"), 1)
    with pytest.raises(NeverOpen):
        closed.closing_time(date(2026, 3, 2), 1)


@pytest.mark.parametrize(
    ("amount", "unit"), [(1, "working_minutes"), (1, "working_days"), (0, "working_days")]
)
def test_a_term_that_is_never_reached_ends_in_a_hundred_years(amount: int, unit: Any) -> None:
    closed = Calendar.of(
        "Europe/Amsterdam",
        {"monday": [("09:00", "10:00")]},
        closings=[Closing(date(2026, 1, 1), date(2999, 1, 1))],
    )
    start, term = at("2026-03-02 09:00"), Term(amount, unit)

    assert deadline(start, term, closed) == start + timedelta(days=36_500)
    assert term_minutes(start, term, closed) == 1
    assert deadline(start, Term(1_000_000, "working_days"), OFFICE) == start + timedelta(days=36_500)
