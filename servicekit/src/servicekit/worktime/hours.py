"""Opening hours of one week: for each day any number of intervals on the wall clock."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, Self

from servicekit.worktime.instants import MINUTES_PER_DAY

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_TIME: Final = re.compile(r"([0-9]{2}):([0-5][0-9])")


def parse_time(text: str) -> int:
    """Minutes since midnight of "07:30"; "24:00" is the end of the day."""
    match = _TIME.fullmatch(text)
    minutes = int(match[1]) * 60 + int(match[2]) if match else MINUTES_PER_DAY + 1
    if minutes > MINUTES_PER_DAY:
        raise ValueError(f"not a time of day as HH:MM: {text!r}")
    return minutes


def format_time(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


@dataclass(frozen=True, order=True, slots=True)
class Interval:
    """From start up to, not including, end; both in minutes since midnight on the wall clock."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end <= MINUTES_PER_DAY:
            raise ValueError(f"an interval must end after it starts, within one day: {self}")

    @classmethod
    def parse(cls, value: Interval | Sequence[str] | Mapping[str, str]) -> Self:
        """From ("07:30", "12:00") or {"from": "07:30", "until": "12:00"}."""
        if isinstance(value, Interval):
            return cls(value.start, value.end)
        start, end = (value["from"], value["until"]) if isinstance(value, Mapping) else value
        return cls(parse_time(start), parse_time(end))

    def to_dict(self) -> dict[str, str]:
        return {"from": format_time(self.start), "until": format_time(self.end)}


Week = tuple[tuple[Interval, ...], ...]


def parse_week(weekly: Mapping[str, Iterable[Any]]) -> Week:
    """Seven days, Monday first, each with its intervals in order. A day that is not named is closed."""
    if unknown := set(weekly) - set(WEEKDAYS):
        raise ValueError(f"not a day of the week: {', '.join(sorted(unknown))}")
    return tuple(_in_order(day, map(Interval.parse, weekly.get(day, ()))) for day in WEEKDAYS)


def _in_order(day: str, intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    ordered = tuple(sorted(intervals))
    for earlier, later in pairwise(ordered):
        if later.start < earlier.end:
            raise ValueError(f"opening hours overlap on {day}: {earlier.to_dict()} and {later.to_dict()}")
    return ordered


def week_to_dict(week: Week) -> dict[str, list[dict[str, str]]]:
    days = zip(WEEKDAYS, week, strict=True)
    return {day: [each.to_dict() for each in intervals] for day, intervals in days}
