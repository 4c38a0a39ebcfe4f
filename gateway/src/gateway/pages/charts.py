"""Where the marks of a chart stand: pure arithmetic, in a plane of 100 by 100 from the top left.

Templates draw them stretched to the width there is; words and numbers stand beside them as text, so that
they keep their size on every screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

PLANE = 100.0
STEPS = (1, 2, 5, 10)
# Of the room of one bar, this much is bar.
FILLED = 0.72
# What is there at all must be seen.
LEAST = 0.6


@dataclass(frozen=True)
class Mark:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Part:
    """One part of a stacked bar. `tone` is a class of the style sheet."""

    name: str
    value: float
    tone: str
    x: float = 0.0
    width: float = 0.0


def ticks(most: float, about: int = 4) -> list[int]:
    """Round whole numbers from 0 to at least `most`, `about` steps."""
    if most <= 0:
        return [0, 1]
    rough = max(most / about, 1)
    size = 10 ** floor(log10(rough))
    step = next(int(size * each) for each in STEPS if size * each >= rough - 1e-9)
    return [step * number for number in range(ceil(most / step) + 1)]


def bars(values: Sequence[float], top: float) -> list[Mark]:
    """One upright bar for each value, side by side; a value of `top` reaches the top."""
    room = PLANE / len(values) if values else PLANE
    return [
        Mark(
            _round(room * (place + (1 - FILLED) / 2)),
            _down(value, top),
            _round(room * FILLED),
            _up(value, top),
        )
        for place, value in enumerate(values)
    ]


def line(values: Sequence[float], top: float) -> str:
    """The points of a line over the same places as the bars."""
    room = PLANE / len(values) if values else PLANE
    return " ".join(
        f"{_round(room * (place + 0.5)):g},{_down(value, top):g}" for place, value in enumerate(values)
    )


def sparkline(values: Sequence[float | None]) -> str:
    """The points of a small line from edge to edge; what is not known leaves no point."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return ""
    top, step = max(*known, 1e-9), PLANE / (len(values) - 1)
    return " ".join(
        f"{_round(step * place):g},{_round(5 + (PLANE - 10) * (1 - value / top)):g}"
        for place, value in enumerate(values)
        if value is not None
    )


def stacked(parts: Iterable[Part], whole: float | None = None) -> list[Part]:
    """The parts one after the other from left to right, filling the width, or their share of `whole`."""
    present = [part for part in parts if part.value > 0]
    total = whole or sum(part.value for part in present)
    return list(_placed(present, total))


def width(value: float, most: float) -> float:
    """Of a lying bar."""
    return _round(max(PLANE * min(value / most, 1), LEAST)) if value > 0 and most > 0 else 0.0


def _placed(parts: list[Part], total: float) -> Iterator[Part]:
    at = 0.0
    for part in parts:
        wide = PLANE * part.value / total
        yield Part(part.name, part.value, part.tone, _round(at), _round(wide))
        at += wide


def _up(value: float, top: float) -> float:
    return _round(PLANE * value / top) if top else 0.0


def _down(value: float, top: float) -> float:
    return _round(PLANE - _up(value, top))


def _round(number: float) -> float:
    return round(number, 2)
