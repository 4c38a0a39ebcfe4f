"""Instants as whole minutes since 1970 in UTC, and wall clock times turned into instants.

Integers keep the arithmetic exact and quick; daylight saving time matters only where a wall clock time
becomes an instant, so it is dealt with here and nowhere else.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
NAIVE_EPOCH: Final = EPOCH.replace(tzinfo=None)
MINUTE: Final = timedelta(minutes=1)
MINUTES_PER_DAY: Final = 24 * 60


def to_minute(instant: datetime) -> int:
    """The minute that contains this instant. An instant without a zone means nothing here: ValueError."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return (instant - EPOCH) // MINUTE


def from_minute(minute: int) -> datetime:
    """The first instant of this minute, in UTC."""
    return EPOCH + minute * MINUTE


def whole_minute(instant: datetime) -> datetime:
    """The same instant in UTC without its seconds."""
    return from_minute(to_minute(instant))


def clock_minutes_between(start: datetime, end: datetime) -> int:
    """Minutes as every clock counts them, nights and holidays included; negative when end is before start."""
    return to_minute(end) - to_minute(start)


def wall_minute(local: datetime) -> int:
    """A naive wall clock time as minutes since 1970 on that wall clock."""
    return (local - NAIVE_EPOCH) // MINUTE


def offset_minutes(zone: ZoneInfo, minute: int) -> int:
    """How far the wall clock is ahead of UTC at this instant.

    Offsets with seconds (local mean time, before 1940 in Amsterdam) are rounded down to the minute.
    """
    offset = from_minute(minute).astimezone(zone).utcoffset() or timedelta()
    return offset // MINUTE


def constant_offsets(zone: ZoneInfo, start: int, end: int) -> list[tuple[int, int, int]]:
    """Cut start..end where the clock is changed: (from, until, offset) with one offset each.

    Two changes that undo each other within the range are not seen, so keep the range to a few days.
    """
    pieces = []
    while start < end:
        offset = offset_minutes(zone, start)
        until = _end_of_offset(zone, start, end, offset)
        pieces.append((start, until, offset))
        start = until
    return pieces


def _end_of_offset(zone: ZoneInfo, start: int, end: int, offset: int) -> int:
    """First minute after start with another offset than this one, found by halving; end if there is none."""
    if offset_minutes(zone, end - 1) == offset:
        return end
    low, high = start, end - 1
    while high - low > 1:
        middle = (low + high) // 2
        if offset_minutes(zone, middle) == offset:
            low = middle
        else:
            high = middle
    return high


def local_to_utc(zone: ZoneInfo, local: datetime) -> datetime:
    """The instant at which the wall clock shows this naive time.

    A time shown twice (autumn) is the first of the two. A time never shown (spring) is the moment at which
    the clock jumps over it.
    """
    wall = wall_minute(local)
    for start, until, offset in constant_offsets(zone, wall - MINUTES_PER_DAY, wall + MINUTES_PER_DAY):
        if wall - offset < until:
            return from_minute(max(wall - offset, start))
    raise AssertionError("every wall clock time lies within a day of the same time in UTC")
