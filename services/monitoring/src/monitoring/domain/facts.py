"""What happened to a request, as far as clocks care: an append-only list, kept in whatever order it arrived.

Facts arrive late, twice and shuffled. `in_order` makes the one true story of them: the order of arrival never
matters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Self

from servicekit.worktime import whole_minute

REQUEST: Final = "request"
"""The source of facts about the request itself; facts about a work order have its id as their source."""

# What one change of a request may cause at once, in the order in which it counts.
KINDS: Final = (
    "received",
    "accepted",
    "corrected",
    "priority_changed",
    "informed",
    "resumed",
    "waiting",
    "restored",
    "ready",
    "reopened",
    "closed",
    "order",
)
_RANK: Final = {kind: rank for rank, kind in enumerate(KINDS)}


@dataclass(frozen=True)
class Fact:
    """`sequence` grows with every change of its source. What `data` holds, by kind:

    received, accepted, corrected: received_at, kind, priority, product_id; accepted also by_desk (an agent
    accepted it).
    priority_changed: priority. waiting: reason, counterparty. closed: resolution.
    order: state, provider (team or supplier), counterparty (of a pause, else null).
    """

    kind: str
    at: datetime
    sequence: int
    source: str = REQUEST
    data: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        if self.kind not in _RANK:
            raise ValueError(f"not a kind of fact: {self.kind!r}")

    @property
    def key(self) -> tuple[str, int, str]:
        """Two facts with the same key are the same fact, told twice."""
        return self.source, self.sequence, self.kind

    def to_dict(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "at": self.at.isoformat(),
            "sequence": self.sequence,
            "source": self.source,
            "data": dict(self.data),
        }

    @classmethod
    def from_dict(cls, value: Mapping[str, Any]) -> Self:
        at = datetime.fromisoformat(value["at"])
        return cls(value["kind"], at, value["sequence"], value["source"], value["data"])


def in_order(facts: Iterable[Fact]) -> list[Fact]:
    """Every fact once, at a whole minute, in the order in which they count.

    The sequence of a source is the truth about its order. A time that goes back within it (another machine's
    clock) is taken as the time of the fact before.
    """
    by_source: dict[str, list[Fact]] = {}
    for fact in {fact.key: fact for fact in facts}.values():
        by_source.setdefault(fact.source, []).append(fact)
    ordered = [fact for source in by_source.values() for fact in _forwards(source)]
    return sorted(ordered, key=lambda fact: (fact.at, fact.source != REQUEST, fact.source, _place(fact)))


def _place(fact: Fact) -> tuple[int, int]:
    return fact.sequence, _RANK[fact.kind]


def _forwards(facts: list[Fact]) -> list[Fact]:
    done: list[Fact] = []
    for fact in sorted(facts, key=_place):
        at = whole_minute(fact.at)
        at = max(at, done[-1].at) if done else at
        done.append(Fact(fact.kind, at, fact.sequence, fact.source, fact.data))
    return done
