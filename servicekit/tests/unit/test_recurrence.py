"""Rules of RFC 5545, within bounds."""

from __future__ import annotations

from datetime import date
from itertools import islice

import pytest
from servicekit.worktime.recurrence import HORIZON, WrongRule, check_rule, dates

START = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        # The week of the first day, a Tuesday, is the first week.
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", ["2026-12-14", "2026-12-28", "2027-01-11"]),
        ("FREQ=MONTHLY;BYDAY=1TU", ["2026-12-01", "2027-01-05", "2027-02-02"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", ["2026-12-31", "2027-01-31", "2027-02-28"]),
        ("FREQ=MONTHLY;INTERVAL=3", ["2026-12-01", "2027-03-01", "2027-06-01"]),
    ],
)
def test_the_dates_of_a_rule(rule: str, found: list[str]) -> None:
    assert [str(day) for day in islice(dates(rule, START), 3)] == found


def test_going_on_after_a_date_gives_the_same_dates() -> None:
    whole = list(islice(dates("FREQ=WEEKLY;INTERVAL=3", START), 10))
    assert list(islice(dates("FREQ=WEEKLY;INTERVAL=3", START, whole[3]), 6)) == whole[4:]


def test_a_rule_without_a_date_ends() -> None:
    assert list(dates("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", START)) == []


def test_no_date_is_farther_than_the_horizon() -> None:
    assert max(dates("FREQ=DAILY", START)) == START + HORIZON


def test_a_rule_is_kept_in_one_way() -> None:
    assert check_rule(" rrule:freq=weekly; byday=mo ") == "FREQ=WEEKLY;BYDAY=MO"


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "every monday",
        "FREQ=SECONDLY",
        "FREQ=DAILY;BYHOUR=1,2",
        "FREQ=DAILY;COUNT=3",
        "FREQ=DAILY;UNTIL=20300101",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=99999999999999999999",
        "FREQ=DAILY;INTERVAL=x",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=MONTHLY;BYMONTHDAY=99",
        "FREQ=MONTHLY;BYDAY=",
        "FREQ=YEARLY;BYMONTH=13",
        "FREQ=DAILY;BYDAY=" + ",".join(["MO"] * 100),
        "DTSTART:20260101\nRRULE:FREQ=DAILY",
    ],
)
def test_what_is_no_rule_is_refused_and_says_what_to_write(rule: str) -> None:
    with pytest.raises(WrongRule):
        check_rule(rule)


@pytest.mark.parametrize("end", ["COUNT=3", "UNTIL=20300101T000000Z"])
def test_a_rule_that_says_when_it_ends_is_told_where_that_is_said(end: str) -> None:
    with pytest.raises(WrongRule, match="Give the last day beside it"):
        check_rule(f"RRULE:FREQ=DAILY;{end}")
