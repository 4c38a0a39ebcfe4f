"""In what order somebody does the work of a day: by urgency, by place, or as a way round.

There are no coordinates. How far two places are apart follows from their paths in the tree of places: the
same room, floor, building. Minutes are known only where the organisation gave them (`terms.Terms.travel`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dispatch.domain.profiles import SEPARATOR

MOST_URGENT = "P1"
_NUMBER = re.compile(r"\d+")
# Minutes on the way between two buildings, either way.
Travel = Mapping[frozenset[str], int]
NO_TRAVEL: Travel = {}


class By(StrEnum):
    """What a work list is put in order by."""

    URGENCY = "urgency"
    PLACE = "place"
    ROUND = "round"  # urgent first, then so that there is little to walk


class Why(StrEnum):
    """How much an order presses: the order of these is that of the list."""

    BEGUN = "begun"  # somebody is at it
    DANGER = "danger"  # the most urgent priority
    LATE = "late"  # its promise has passed
    TODAY = "today"  # its promise ends today
    CAN_WAIT = "can_wait"


class How(StrEnum):
    """How far it is from the order before. The order of these is by distance."""

    SAME_ROOM = "same_room"
    SAME_FLOOR = "same_floor"
    SAME_BUILDING = "same_building"
    OTHER_BUILDING = "other_building"
    UNKNOWN = "unknown"  # of one of them nobody said where


_PRESSING = {why: rank for rank, why in enumerate(Why)}
_FAR = {how: rank for rank, how in enumerate(How)}
Place = list[tuple[int, str]]  # as places lie behind each other, the lowest floor and the first door first


@dataclass(frozen=True)
class Stop:
    """One order as it concerns the list: the path of its place, its promise (and whether that ends today)."""

    key: str
    path: str = ""
    priority: str = "P9"
    due: datetime | None = None
    due_today: bool = False
    begun: bool = False

    @property
    def parts(self) -> list[str]:
        return [part for part in self.path.split(SEPARATOR) if part]

    def why(self, now: datetime) -> Why:
        if self.begun:
            return Why.BEGUN
        if self.priority == MOST_URGENT:
            return Why.DANGER
        if self.due is not None and self.due <= now:
            return Why.LATE
        return Why.TODAY if self.due_today else Why.CAN_WAIT


@dataclass(frozen=True)
class Leg:
    """The way from the stop before. `minutes`: only what the organisation gave."""

    how: How
    minutes: int | None = None


@dataclass(frozen=True)
class Step:
    """A stop in its turn; the first has no leg, nor has any where the order is not a way round."""

    stop: Stop
    why: Why
    leg: Leg | None = None


def in_order(stops: Iterable[Stop], by: By, now: datetime, travel: Travel = NO_TRAVEL) -> list[Step]:
    """Every stop once; the same stops always in the same order."""
    known = sorted(stops, key=lambda stop: _by_urgency(stop, now))
    if by is By.ROUND:
        return _round(known, now, travel)
    if by is By.PLACE:
        known.sort(key=lambda stop: (not stop.parts, _lies(stop)))
    return [Step(stop, stop.why(now)) for stop in known]


def apart(one: Stop, other: Stop) -> tuple[How, int, int]:
    """How far, then by how many floors, then by how many doors."""
    here, there = one.parts, other.parts
    if not here or not there:
        return (How.UNKNOWN, 0, 0)
    if here == there:
        return (How.SAME_ROOM, 0, 0)
    if here[0] != there[0]:
        return (How.OTHER_BUILDING, 0, 0)
    if here[1:2] != there[1:2]:
        return (How.SAME_BUILDING, _between(here[1:2], there[1:2]), 0)
    return (How.SAME_FLOOR, 0, _between(here[-1:], there[-1:]))


def _round(known: Sequence[Stop], now: datetime, travel: Travel) -> list[Step]:
    """What presses, by how much and by its promise; what can wait by the shortest way on from there."""
    pressing = [stop for stop in known if stop.why(now) is not Why.CAN_WAIT]
    free = [stop for stop in known if stop.why(now) is Why.CAN_WAIT]
    steps: list[Step] = []
    here: Stop | None = None
    while pressing or free:
        stop = pressing.pop(0) if pressing else free.pop(_nearest(free, here, travel))
        steps.append(Step(stop, stop.why(now), _leg(here, stop, travel) if here else None))
        here = stop
    return steps


def _leg(here: Stop, there: Stop, travel: Travel) -> Leg:
    how = apart(here, there)[0]
    return Leg(how, _minutes(here, there, travel) if how is How.OTHER_BUILDING else None)


def _minutes(here: Stop, there: Stop, travel: Travel) -> int | None:
    return travel.get(frozenset({here.parts[0], there.parts[0]}))


def _nearest(stops: Sequence[Stop], here: Stop | None, travel: Travel) -> int:
    """Its place in `stops`, which lie by urgency: that decides between those that are equally near. The way
    round begins in the building with most to do.
    """
    numbers = range(len(stops))
    if here is not None and here.parts:
        return min(numbers, key=lambda number: _distance(here, stops[number], travel))
    floors = [stop.parts[0] for stop in stops if stop.parts]
    return min(
        numbers,
        key=lambda number: (
            not stops[number].parts,
            -floors.count(stops[number].parts[0]) if stops[number].parts else 0,
            _lies(stops[number]),
        ),
    )


def _distance(here: Stop, stop: Stop, travel: Travel) -> tuple[int, int, int, int, Place]:
    """A building or a floor is entered at its first door; a building that nobody gave minutes for is the
    farthest.
    """
    how, floors, doors = apart(here, stop)
    entered = how in (How.SAME_BUILDING, How.OTHER_BUILDING)
    minutes = _minutes(here, stop, travel) if how is How.OTHER_BUILDING else 0
    far = 24 * 60 if minutes is None else minutes
    return _FAR[how], far, floors, doors, _lies(stop) if entered else []


def _between(one: Sequence[str], other: Sequence[str]) -> int:
    """By the last number in the name: from floor 3 to 1 is two, from 3.12 to 3.07 five doors."""
    first, second = (_number(part[0]) if part else 0 for part in (one, other))
    return abs(first - second)


def _number(part: str) -> int:
    """A name without a number is the ground floor, or the front door."""
    found = _NUMBER.findall(part)
    return int(found[-1]) if found else 0


def _lies(stop: Stop) -> Place:
    """From the lowest floor and the first door on; buildings by name."""
    building, *inside = stop.parts or [""]
    return [(0, building), *((_number(part), part) for part in inside)]


def _by_urgency(stop: Stop, now: datetime) -> tuple[int, str, str, str]:
    due = stop.due.isoformat() if stop.due else "9"
    return _PRESSING[stop.why(now)], due, stop.priority, stop.key
