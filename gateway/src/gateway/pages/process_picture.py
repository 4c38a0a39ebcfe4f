"""Where the steps of a process stand in its picture, and the lines between them: pure arithmetic.

From left to right: a step stands one column after the last of those it waits for. Words are short in the
picture and whole in the table beside it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from gateway.pages.labels import _

WIDTH, HEIGHT = 204, 58
GAP_X, GAP_Y, EDGE = 52, 18, 6
LETTERS = 19
CHECKERS = {"desk": _("The desk"), "team_lead": _("The team lead"), "customer": _("The requester")}


@dataclass(frozen=True)
class Node:
    """`tone` is a class of the style sheet; `longest`: on the path that takes longest."""

    number: int
    key: str
    title: str
    under: str
    tone: str
    longest: bool
    x: int
    y: int
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def short(self) -> str:
        return shortened(self.title)

    @property
    def short_under(self) -> str:
        return shortened(self.under, LETTERS + 5)


@dataclass(frozen=True)
class Line:
    path: str
    longest: bool


@dataclass(frozen=True)
class Picture:
    nodes: list[Node]
    lines: list[Line]
    width: int
    height: int


@dataclass(frozen=True)
class Box:
    """A step to draw: `after` has the keys of those it waits for."""

    key: str
    title: str
    under: str
    after: Sequence[str]
    tone: str = "neutral"


def draw(boxes: Sequence[Box], longest: Sequence[str] = ()) -> Picture | None:
    """None when there is nothing to draw, or steps wait for each other."""
    columns = _columns(boxes)
    if not boxes or columns is None:
        return None
    filled: dict[int, int] = {}
    nodes: dict[str, Node] = {}
    for number, box in enumerate(boxes, 1):
        column = columns[box.key]
        row = filled.get(column, 0)
        filled[column] = row + 1
        x, y = EDGE + column * (WIDTH + GAP_X), EDGE + row * (HEIGHT + GAP_Y)
        nodes[box.key] = Node(number, box.key, box.title, box.under, box.tone, box.key in longest, x, y)
    lines = [
        _line(nodes[before], nodes[box.key], _follow(longest, before, box.key))
        for box in boxes
        for before in box.after
        if before in nodes
    ]
    width = (max(columns.values()) + 1) * (WIDTH + GAP_X) - GAP_X + 2 * EDGE
    height = max(filled.values()) * (HEIGHT + GAP_Y) - GAP_Y + 2 * EDGE
    return Picture(list(nodes.values()), lines, width, height)


def boxes_of_steps(steps: Sequence[Mapping[str, Any]], words: Any, names: Mapping[str, str]) -> list[Box]:
    """Of a product. `names`: what a provider is called, by slug."""
    return [
        Box(
            step["key"],
            words.of(step["title"]) or step["key"],
            under(step, words, names),
            step["depends_on"],
        )
        for step in steps
    ]


def under(step: Mapping[str, Any], words: Any, names: Mapping[str, str]) -> str:
    """Who does it, and who checks it."""
    role = step.get("role")
    who = words("Role: %(name)s", name=role) if role else names.get(step["provider"], step["provider"])
    by = (step.get("check") or {}).get("by")
    return f"{who} · ✓ {words(CHECKERS.get(by, by))}" if by else who


def shortened(text: str, letters: int = LETTERS) -> str:
    return text if len(text) <= letters else text[: letters - 1].rstrip() + "…"


def _columns(boxes: Sequence[Box]) -> dict[str, int] | None:
    """What is not among the boxes is not waited for. None for a circle, or for two with one key."""
    known = {box.key for box in boxes}
    if len(known) < len(boxes):
        return None
    columns: dict[str, int] = {}
    waiting = {box.key: known.intersection(box.after) for box in boxes}
    while waiting:
        ready = {key for key, after in waiting.items() if after <= columns.keys()}
        if not ready:
            return None
        for key in ready:
            columns[key] = _after(columns, waiting.pop(key))
    return columns


def _after(columns: Mapping[str, int], keys: Collection[str]) -> int:
    return max((columns[key] + 1 for key in keys), default=0)


def _line(before: Node, after: Node, longest: bool) -> Line:
    x1, y1 = before.x + WIDTH, before.y + HEIGHT // 2
    x2, y2 = after.x, after.y + HEIGHT // 2
    bend = (x2 - x1) // 2 if x2 - x1 <= GAP_X else GAP_X // 2
    return Line(f"M{x1} {y1}C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}", longest)


def _follow(longest: Sequence[str], before: str, after: str) -> bool:
    return any(pair == (before, after) for pair in pairwise(longest))
