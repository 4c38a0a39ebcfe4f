"""One calendar year worked out: every open span as UTC minutes, with running totals, so that any question
about it is a binary search."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from zoneinfo import ZoneInfo

from servicekit.worktime.hours import Interval, Week
from servicekit.worktime.instants import EPOCH, MINUTES_PER_DAY, constant_offsets


@dataclass(frozen=True, slots=True)
class Year:
    """starts, ends: the open spans in order. totals[i]: open minutes before span i; the last is the whole
    year. days, closes: the working days in order, and the minute at which each closes."""

    starts: Sequence[int]
    ends: Sequence[int]
    totals: Sequence[int]
    days: Sequence[date]
    closes: Sequence[int]

    @property
    def total(self) -> int:
        return self.totals[-1]

    def open_before(self, minute: int) -> int:
        """Open minutes of this year before this minute."""
        index = bisect_right(self.starts, minute) - 1
        if index < 0:
            return 0
        return self.totals[index] + min(minute, self.ends[index]) - self.starts[index]

    def minute_after(self, opened: int) -> int:
        """The earliest minute with so many open minutes before it; opened is 1 up to and including total."""
        index = bisect_left(self.totals, opened) - 1
        return self.starts[index] + opened - self.totals[index]

    def is_open(self, minute: int) -> bool:
        index = bisect_right(self.starts, minute) - 1
        return index >= 0 and minute < self.ends[index]


def work_out(zone: ZoneInfo, week: Week, closed: Collection[date], year: int) -> Year:
    starts: list[int] = []
    ends: list[int] = []
    days: list[date] = []
    closes: list[int] = []
    for day in _days_of(year):
        intervals = week[day.weekday()]
        if not intervals or day in closed:
            continue
        spans = _open_spans(zone, day, intervals)
        for start, end in spans:
            if ends and start == ends[-1]:
                ends[-1] = end
            else:
                starts.append(start)
                ends.append(end)
        if spans:
            days.append(day)
            closes.append(spans[-1][1])
    lengths = (end - start for start, end in zip(starts, ends, strict=True))
    return Year(starts, ends, list(accumulate(lengths, initial=0)), days, closes)


def _days_of(year: int) -> Iterator[date]:
    return map(date.fromordinal, range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1))


def _open_spans(zone: ZoneInfo, day: date, hours: Sequence[Interval]) -> list[tuple[int, int]]:
    """When the wall clock of this day shows opening hours, as UTC minutes in order.

    Where the clock is changed an interval can be cut short, or be split because it is shown twice.
    """
    midnight = (day.toordinal() - EPOCH.toordinal()) * MINUTES_PER_DAY
    # A day wide on either side: no wall clock is further from UTC than that.
    earliest, latest = midnight - MINUTES_PER_DAY, midnight + 2 * MINUTES_PER_DAY
    spans = []
    for start, end, offset in constant_offsets(zone, earliest, latest):
        for each in hours:
            span = max(start, midnight - offset + each.start), min(end, midnight - offset + each.end)
            if span[0] < span[1]:
                spans.append(span)
    return spans
