"""A request told in facts; times are those of an Amsterdam wall clock in the week of Monday 2 March 2026."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from monitoring.domain.facts import Fact
from monitoring.domain.levels import Level
from servicekit.worktime import Calendar, Term

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
WORKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
CALENDAR = Calendar.of(
    "Europe/Amsterdam",
    {day: [("07:30", "17:30")] for day in WORKDAYS},
    country="NL",
    optional_holidays=["Good Friday"],
)
DAYS = {"Mon": 2, "Tue": 3, "Wed": 4, "Thu": 5, "Fri": 6, "Sat": 7, "Sun": 8, "Mon2": 9, "Tue2": 10}

P3 = Level(
    priority="P3",
    respond=Term(240, "working_minutes"),
    restore=Term(1200, "working_minutes"),
    resolve=Term(3000, "working_minutes"),
)


def at(text: str) -> datetime:
    """ "Mon 09:00" of that week, as an instant."""
    day, time = text.split(" ")
    hours, minutes = time.split(":")
    local = datetime(2026, 3, DAYS[day], int(hours), int(minutes), tzinfo=AMSTERDAM)
    return local.astimezone(UTC)


def shown(instant: datetime | None) -> str | None:
    if instant is None:
        return None
    local = instant.astimezone(AMSTERDAM)
    day = next(name for name, number in DAYS.items() if number == local.day)
    return f"{day} {local:%H:%M}"


def fact(sequence: int, kind: str, when: str, source: str = "request", /, **data: Any) -> Fact:
    if kind in {"received", "accepted"}:
        about = {
            "kind": "fault",
            "priority": "P3",
            "product_id": None,
            "received_at": at("Mon 09:00").isoformat(),
        }
        data = {**about, **data}
    if kind == "waiting":
        data = {"reason": "awaiting_requester", "counterparty": "requester", **data}
    if kind == "closed":
        data = {"resolution": "solved", **data}
    return Fact(kind, at(when), sequence, source, data)


def order(sequence: int, state: str, when: str, source: str = "order-1", **data: Any) -> Fact:
    return Fact("order", at(when), sequence, source, {"state": state, "provider": "team", **data})


RECEIVED = fact(1, "received", "Mon 09:00")
ACCEPTED = fact(1, "accepted", "Mon 09:00", by_desk=False)
