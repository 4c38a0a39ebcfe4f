"""How long a process takes along its longest path, and whether the product's promise can be met by it.

Terms in different units are compared in working minutes, on a working day of ten hours and clock time as if
it were worked: near enough to tell an author that the parts can't fit, not to promise anything. The promise
itself is counted on the calendar, by intake.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from catalog.domain.values import Step, Term

WORKING_DAY = 600
MINUTES = {"minutes": 1, "working_minutes": 1, "working_days": WORKING_DAY, "calendar_days": WORKING_DAY}


@dataclass(frozen=True)
class CriticalPath:
    """`steps`: the keys along the path that takes longest. `promised` is None without a promise.

    `silent`: steps of it that say nothing about how long they take, so that it may take longer still.
    """

    steps: tuple[str, ...]
    minutes: int
    promised: int | None
    silent: tuple[str, ...]

    @property
    def too_long(self) -> bool:
        return self.promised is not None and self.minutes > self.promised


def critical_path(steps: Sequence[Step], promise: Term | None) -> CriticalPath | None:
    """None without steps, and for a process that can't run to its end (its problems are told elsewhere).

    Of paths that take equally long the one with more steps counts, then the first in the author's order.
    """
    best: dict[str, tuple[int, tuple[str, ...]]] = {}
    waiting = list(steps)
    while waiting:
        ready = [step for step in waiting if all(key in best for key in step.depends_on)]
        if not ready:
            return None
        for step in ready:
            before = max((best[key] for key in step.depends_on), key=_length, default=(0, ()))
            best[step.key] = (before[0] + minutes_of(step.lead_time), (*before[1], step.key))
        waiting = [step for step in waiting if step.key not in best]
    if not best:
        return None
    minutes, path = max(best.values(), key=_length)
    silent = tuple(step.key for step in steps if step.key in path and step.lead_time is None)
    return CriticalPath(path, minutes, minutes_of(promise) if promise else None, silent)


def minutes_of(term: Term | None) -> int:
    """Nothing for a term that is not there, or not right yet."""
    return max(term.amount, 0) * MINUTES.get(term.unit, 0) if term else 0


def _length(path: tuple[int, tuple[str, ...]]) -> tuple[int, int]:
    return path[0], len(path[1])
