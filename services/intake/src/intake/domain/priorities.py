"""How pressing a fault is: how many it touches, and how badly. The organisation says what that comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from intake.domain.errors import Wrong
from intake.domain.values import PRIORITIES

# From the least to the most.
IMPACTS = ("person", "group", "site")
URGENCIES = ("low", "normal", "high")

Cells = Mapping[str, Mapping[str, str]]

# Until the organisation sets its own. P1 is danger: how many it touches makes it no more than urgent.
CELLS: Cells = {
    "person": {"low": "P4", "normal": "P3", "high": "P3"},
    "group": {"low": "P4", "normal": "P3", "high": "P2"},
    "site": {"low": "P3", "normal": "P2", "high": "P2"},
}


@dataclass(frozen=True, slots=True)
class Grade:
    """Who is touched (`impact` of IMPACTS), and what they can still do (`urgency` of URGENCIES)."""

    impact: str | None = None
    urgency: str | None = None


@dataclass(frozen=True, slots=True)
class Matrix:
    """`version` is 0 while nobody has set it."""

    cells: Cells
    version: int = 0

    def priority_of(self, grade: Grade) -> str | None:
        """None unless both sides of it were said."""
        if grade.impact is None or grade.urgency is None:
            return None
        return self.cells[grade.impact][grade.urgency]


def checked(cells: Mapping[str, Mapping[str, str]]) -> Cells:
    """Raises Wrong unless it is whole, and what touches more or hurts more is never less pressing."""
    for impact in IMPACTS:
        for urgency in URGENCIES:
            if cells.get(impact, {}).get(urgency) not in PRIORITIES:
                raise _wrong(impact, urgency, "Say which priority this comes to: P1, P2, P3 or P4.")
    for row, impact in enumerate(IMPACTS):
        for column, urgency in enumerate(URGENCIES):
            below = [(IMPACTS[row - 1], urgency)] if row else []
            before = [(impact, URGENCIES[column - 1])] if column else []
            for lesser, less in [*below, *before]:
                if cells[lesser][less] < cells[impact][urgency]:
                    raise _wrong(
                        impact, urgency, f"This is worse than {lesser} and {less}; it can't be less pressing."
                    )
    return {impact: {urgency: cells[impact][urgency] for urgency in URGENCIES} for impact in IMPACTS}


def _wrong(impact: str, urgency: str, text: str) -> Wrong:
    return Wrong("invalid", text, {f"cells.{impact}.{urgency}": [text]})
