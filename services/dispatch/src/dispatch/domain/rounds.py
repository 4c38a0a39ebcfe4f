"""A round: one order with a list of stops, which its executor ticks off one by one.

Kept with the order as data: {"number", "title", "location", "asset", "points", "optional"} and what is
known of it. A round is reported as done when something is known of every stop, but for those that are
optional; what could not be reached stays visible, and of each defect intake makes a fault.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from dispatch.domain.errors import DefectReported, MissingDetail, StopsOpen

Stop = dict[str, Any]
MOST_STOPS = 100


class Standing(StrEnum):
    OPEN = "open"
    DONE = "done"
    NOT_REACHABLE = "not_reachable"
    DEFECT = "defect"


OUTCOMES = [Standing.DONE.value, Standing.NOT_REACHABLE.value, Standing.DEFECT.value]
# What one cannot do without.
NEEDS_WORDS = {
    Standing.NOT_REACHABLE: "Say why it could not be reached.",
    Standing.DEFECT: "Say what is wrong: a fault is reported with these words.",
}
_OF_STOP = ("title", "location", "asset", "points", "optional")
_FRESH: Stop = {"standing": Standing.OPEN.value, "ticked": [], "note": None, "at": None, "by": None}


def open_stops(request: Mapping[str, Any] | None) -> list[Stop] | None:
    """Those of the request, from 1, nothing known of any; None: it is no round."""
    given = (request or {}).get("stops")
    if not given:
        return None
    return [
        {"number": number, **{name: stop.get(name) for name in _OF_STOP}, **_FRESH}
        for number, stop in enumerate(given, start=1)
    ]


def afresh(stops: Sequence[Stop] | None) -> list[Stop] | None:
    """To be done over."""
    return [{**stop, **_FRESH} for stop in stops] if stops else None


def tick(stops: Sequence[Stop] | None, said: Any, at: datetime, by: str | None) -> list[Stop]:
    """With what is `said` of one stop now. Raises MissingDetail, DefectReported."""
    outcome, note, ticked = said.outcome, said.note, said.checklist or ()
    stop = next((each for each in stops or () if each["number"] == said.stop), None)
    if stop is None:
        raise MissingDetail("stop", f"This round has {len(stops or ())} stops, numbered from 1.")
    _check(stop, outcome, ticked, note)
    known = {"standing": outcome, "ticked": sorted(set(ticked)), "note": note, "at": at.isoformat(), "by": by}
    return [{**each, **known} if each is stop else each for each in stops or ()]


def check_complete(stops: Sequence[Stop] | None) -> None:
    """Raises StopsOpen, which names those of which nothing is known and that may not be left out."""
    open_ = [stop for stop in stops or () if stop["standing"] == Standing.OPEN]
    if left := [str(stop["title"]) for stop in open_ if not stop["optional"]]:
        raise StopsOpen(left)


def summary(stops: Sequence[Stop] | None) -> dict[str, int] | None:
    """How many there are, and how many of each standing."""
    if not stops:
        return None
    counted = {standing.value: 0 for standing in Standing}
    for stop in stops:
        counted[stop["standing"]] += 1
    return {"stops": len(stops), **counted}


def _check(stop: Stop, outcome: str | None, ticked: Sequence[int], note: str | None) -> None:
    if outcome not in OUTCOMES:
        raise MissingDetail("outcome", f"Say {', '.join(OUTCOMES)}.")
    if stop["standing"] == Standing.DEFECT:
        raise DefectReported("A fault was reported from this stop already; tell the desk what is different.")
    words = NEEDS_WORDS.get(Standing(outcome))
    if words and not note:
        raise MissingDetail("note", words)
    points = stop["points"] or []
    if any(index >= len(points) for index in ticked):
        raise MissingDetail("checklist", f"This stop has {len(points)} points, numbered from 0.")
    left = [str(point["text"]) for index, point in enumerate(points)
            if index not in ticked and not point["optional"]]  # fmt: skip
    if outcome == Standing.DONE and left:
        raise MissingDetail("checklist", f"Tick these, or say what is wrong: {'; '.join(left)}")
