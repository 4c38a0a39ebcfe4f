"""In what order somebody does the work of a day: what presses first, and then the shortest way round.

There are no coordinates. How far two places are apart follows from their paths in the tree of places: the
same room, floor, building. Times are rules of thumb, to see in time what would come too late.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from dispatch.domain.profiles import SEPARATOR

TASK = timedelta(minutes=30)
# Minutes from door to door, by how far: the same room, floor, building, another building, nobody knows.
MINUTES = (0, 2, 5, 20, 20)
ROOM, FLOOR, BUILDING, ELSEWHERE, UNKNOWN = range(5)
MOST_URGENT = "P1"
_NUMBER = re.compile(r"\d+")


class Why(StrEnum):
    """Why an order stands where it stands."""

    BEGUN = "begun"  # somebody is at it
    DANGER = "danger"  # the most urgent priority
    LATE = "late"  # its promise has passed
    PROMISED = "promised"  # on the way round it would come too late
    PLANNED = "planned"  # there is a moment for it
    FIRST = "first"  # the way round begins here
    SAME_ROOM = "same_room"
    SAME_FLOOR = "same_floor"
    SAME_BUILDING = "same_building"
    NEXT_BUILDING = "next_building"
    NO_PLACE = "no_place"


@dataclass(frozen=True)
class Stop:
    """One order as it concerns the way round: the path of its place, its promise and its moment."""

    key: str
    path: str = ""
    priority: str = "P9"
    due: datetime | None = None
    planned: datetime | None = None
    begun: bool = False

    @property
    def parts(self) -> list[str]:
        return [part for part in self.path.split(SEPARATOR) if part]


@dataclass(frozen=True)
class Step:
    """A stop in its turn. `moment`: what `why` is about, where that is a moment."""

    stop: Stop
    why: Why
    moment: datetime | None = None


def route(stops: Iterable[Stop], now: datetime) -> list[Step]:
    """Every stop once. First what somebody is at, then what presses, by its promise; then the way round.
    What has a moment stands where that comes. What would come too late on the way round presses.
    """
    known = sorted(stops, key=_by_urgency)
    pressing = {stop.key for stop in known if _presses(stop, now)}
    while True:
        steps, too_late = _walk(known, pressing, now)
        if not too_late:
            return steps
        pressing |= too_late


def apart(one: Stop, other: Stop) -> tuple[int, int, int]:
    """How far, then by how many floors, then by how many doors. Less is nearer."""
    here, there = one.parts, other.parts
    if not here or not there:
        return (UNKNOWN, 0, 0)
    if here == there:
        return (ROOM, 0, 0)
    if here[0] != there[0]:
        return (ELSEWHERE, 0, 0)
    if here[1:2] != there[1:2]:
        return (BUILDING, _between(here[1:2], there[1:2]), 0)
    return (FLOOR, 0, _between(here[-1:], there[-1:]))


def _presses(stop: Stop, now: datetime) -> bool:
    if stop.begun or stop.planned:
        return False
    return stop.priority == MOST_URGENT or (stop.due is not None and stop.due <= now)


def _walk(stops: Sequence[Stop], pressing: set[str], now: datetime) -> tuple[list[Step], set[str]]:
    """The steps, and who of those that do not press would come too late."""
    begun = [stop for stop in stops if stop.begun]
    fixed = sorted((s for s in stops if s.planned and not s.begun), key=lambda s: (s.planned or now, s.key))
    urgent = [stop for stop in stops if stop.key in pressing]
    free = [s for s in stops if not (s.begun or s.planned) and s.key not in pressing]
    steps: list[Step] = []
    too_late: set[str] = set()
    at, here = now, None
    while begun or fixed or urgent or free:
        if begun:
            step = Step(begun.pop(0), Why.BEGUN)
        elif fixed and _is_time(fixed[0], here, at, bool(urgent or free)):
            step = Step(fixed[0], Why.PLANNED, fixed.pop(0).planned)
        elif urgent:
            step = _urgently(urgent.pop(0), now)
        else:
            nearest = _nearest(free, here)
            free.remove(nearest)
            step = Step(nearest, _why_here(nearest, here))
        at = _until(step, here, at)
        if step.why in _ON_THE_WAY and step.stop.due is not None and step.stop.due < at:
            too_late.add(step.stop.key)
        steps.append(step)
        here = step.stop
    return steps, too_late


_ON_THE_WAY = frozenset(
    {Why.FIRST, Why.SAME_ROOM, Why.SAME_FLOOR, Why.SAME_BUILDING, Why.NEXT_BUILDING, Why.NO_PLACE}
)


def _until(step: Step, here: Stop | None, at: datetime) -> datetime:
    """When it is done; who is early for a moment waits."""
    arrived = at + _travel(here, step.stop)
    return max(arrived, step.moment or arrived if step.why is Why.PLANNED else arrived) + TASK


def _is_time(stop: Stop, here: Stop | None, at: datetime, else_to_do: bool) -> bool:
    """Anything else would make it late; or there is nothing else."""
    assert stop.planned is not None
    return not else_to_do or at + TASK + _travel(here, stop) > stop.planned


def _urgently(stop: Stop, now: datetime) -> Step:
    if stop.due is not None and stop.due <= now:
        return Step(stop, Why.LATE, stop.due)
    return Step(stop, Why.DANGER if stop.priority == MOST_URGENT else Why.PROMISED, stop.due)


def _nearest(stops: Sequence[Stop], here: Stop | None) -> Stop:
    """`stops` lie by urgency, which decides between those that are equally near. The way round begins in the
    building with most to do.
    """
    if here is not None and here.parts:
        return min(stops, key=lambda stop: _distance(here, stop))
    placed = [stop for stop in stops if stop.parts]
    if not placed:
        return stops[0]
    counts = {stop.parts[0]: sum(other.parts[0] == stop.parts[0] for other in placed) for stop in placed}
    return min(placed, key=lambda stop: (-counts[stop.parts[0]], _in_order(stop)))


def _distance(here: Stop, stop: Stop) -> tuple[tuple[int, int, int], list[tuple[int, str]]]:
    """A building or a floor is entered at its first door."""
    far = apart(here, stop)
    return far, _in_order(stop) if far[0] in (BUILDING, ELSEWHERE) else []


def _why_here(stop: Stop, here: Stop | None) -> Why:
    if not stop.parts:
        return Why.NO_PLACE
    if here is None or not here.parts:
        return Why.FIRST
    far = (Why.SAME_ROOM, Why.SAME_FLOOR, Why.SAME_BUILDING, Why.NEXT_BUILDING)
    return far[apart(here, stop)[0]]


def _travel(here: Stop | None, there: Stop) -> timedelta:
    return timedelta(minutes=MINUTES[apart(here, there)[0]] if here else 0)


def _between(one: Sequence[str], other: Sequence[str]) -> int:
    """By the last number in the name: from floor 3 to 1 is two, from 3.12 to 3.07 five doors."""
    numbers = [_NUMBER.findall(part[0]) if part else [] for part in (one, other)]
    if not all(numbers):
        return 0
    first, second = (int(found[-1]) for found in numbers)
    return abs(first - second)


def _in_order(stop: Stop) -> list[tuple[int, str]]:
    """From the lowest floor and the first door on."""
    return [(int(n[-1]) if (n := _NUMBER.findall(part)) else 0, part) for part in stop.parts]


def _by_urgency(stop: Stop) -> tuple[bool, datetime | str, str, str]:
    danger = stop.priority == MOST_URGENT
    return (not danger, stop.due.isoformat() if stop.due else "9", stop.priority, stop.key)
