"""Slots of a capacity on the clock on the wall, and what cancelling costs."""

from __future__ import annotations

from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from intake.domain.order_rules import Capacity, FreeCancellation, OrderRules
from intake.domain.ordering import Ahead
from servicekit.worktime import Calendar

ZONE = ZoneInfo("Europe/Amsterdam")
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
CALENDAR = Calendar.of(ZONE.key, {day: [("07:30", "17:30")] for day in DAYS}, country="NL")


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("per", "at", "start", "end"),
    [
        ("day", "2026-11-26T12:30", "2026-11-26T00:00", "2026-11-27T00:00"),
        ("half_day", "2026-11-26T11:59", "2026-11-26T00:00", "2026-11-26T12:00"),
        ("half_day", "2026-11-26T12:00", "2026-11-26T12:00", "2026-11-27T00:00"),
        ("hour", "2026-11-26T12:59", "2026-11-26T12:00", "2026-11-26T13:00"),
        ("day", "2026-10-25T12:00", "2026-10-25T00:00", "2026-10-26T00:00"),  # a day of 25 hours
    ],
)
def test_what_is_counted_together(per: str, at: str, start: str, end: str) -> None:
    slot = Capacity(1, per).slot(local(at), CALENDAR)
    assert (slot.start, slot.end) == (local(start), local(end))


@pytest.mark.parametrize(
    ("per", "at", "following"),
    [
        ("day", "2026-12-24T12:30", ["2026-12-28T12:30", "2026-12-29T12:30"]),  # Christmas and a weekend
        ("half_day", "2026-11-27T09:00", ["2026-11-27T12:00", "2026-11-30T07:30"]),
        ("hour", "2026-11-27T16:10", ["2026-11-27T17:00", "2026-11-30T07:30", "2026-11-30T08:00"]),
    ],
)
def test_what_comes_after_it_is_when_the_organisation_is_open(
    per: str, at: str, following: list[str]
) -> None:
    found = islice(Capacity(1, per).following(local(at), CALENDAR), len(following))
    assert list(found) == [local(each) for each in following]


@pytest.mark.parametrize(("estimate", "cost"), [(None, None), (0, 0), (1_001, 500)])
def test_what_nobody_can_price_costs_what_nobody_can_say(estimate: int | None, cost: int | None) -> None:
    assert FreeCancellation(Ahead(60), 50).cost(estimate) == cost


def test_a_product_without_rules_has_none() -> None:
    assert OrderRules.from_fact(None) is None
    before = {"working_days": None, "at": None, "working_minutes": 60}
    rules = OrderRules.from_fact({"cutoff": before, "capacity": None, "free_cancellation": None})
    assert rules == OrderRules(cutoff=Ahead(60))
    assert rules.in_time(local("2026-11-26T11:30"), local("2026-11-26T12:30"), CALENDAR)
    assert not rules.in_time(local("2026-11-26T11:31"), local("2026-11-26T12:30"), CALENDAR)
