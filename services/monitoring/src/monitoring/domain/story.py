"""The story that the facts tell: what the request is about, whose turn it was, and when clocks stood still.

Whose turn it is:
- while the request waits for somebody: that party;
- else while all open work orders are with suppliers: the supplier, or whom its paused order waits for;
- else the desk, which has the internal teams in its house and keeps the direction.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from monitoring.domain.facts import Fact

PARTIES: Final = ("desk", "requester", "supplier")
PAUSING: Final = frozenset({"requester"})
"""Waiting for these stops the customer's clocks. Waiting for ourselves or our supplier is our own time."""

BEGINNING: Final = datetime.min.replace(tzinfo=UTC)

OPEN_ORDERS: Final = frozenset({"issued", "accepted", "scheduled", "in_progress", "paused", "rejected"})
ANSWERED_ORDERS: Final = frozenset(
    {
        "accepted",
        "scheduled",
        "in_progress",
        "paused",
        "technically_complete",
        "checked",
        "rejected",
        "administratively_complete",
    }
)
"""Orders that somebody has taken up: the others are not sent, not answered, refused or cancelled."""

WITHOUT_VERDICT: Final = frozenset({"withdrawn", "merged"})
"""Closed because nobody waits for it any more: no clock was kept, and none was broken by it."""


@dataclass(frozen=True)
class Subject:
    """What a level of a contract is chosen by, as it stands after the last fact."""

    kind: str | None
    priority: str
    product_id: str | None


@dataclass(frozen=True)
class Turn:
    """A stretch of time in which one party had it. `pause` is the reason why clocks stood still, or None."""

    start: datetime
    end: datetime
    party: str
    pause: str | None


@dataclass(frozen=True)
class Holder:
    """Who has it at a moment, and the reason of a pause if that stops the clocks."""

    party: str
    pause: str | None


def started_at(facts: Sequence[Fact]) -> datetime | None:
    """When the request was received; None while no fact has told it. `facts` are in order, here and below."""
    told = [fact.data["received_at"] for fact in facts if fact.data.get("received_at")]
    return min(datetime.fromisoformat(each) for each in told) if told else None


def subject(facts: Sequence[Fact]) -> Subject:
    latest: dict[str, Any] = {}
    for fact in facts:
        latest |= {name: fact.data[name] for name in ("kind", "priority", "product_id") if name in fact.data}
    return Subject(latest.get("kind"), latest.get("priority") or "P4", latest.get("product_id"))


def marks(fact: Fact) -> frozenset[str]:
    """What a fact means to clocks, in the words of the table of clocks."""
    if fact.kind == "accepted" and fact.data.get("by_desk"):
        return frozenset({"taken_up"})
    if fact.kind == "order" and fact.data["state"] in ANSWERED_ORDERS:
        return frozenset({"taken_up"})
    if fact.kind == "waiting" and fact.data["counterparty"] == "requester":
        return frozenset({"asked"}) if fact.data["reason"] == "awaiting_requester" else frozenset()
    return frozenset({fact.kind})


def is_closed(facts: Sequence[Fact]) -> bool:
    last = next((fact.kind for fact in reversed(facts) if fact.kind in {"closed", "reopened"}), None)
    return last == "closed"


def holder_now(facts: Sequence[Fact]) -> Holder:
    """Who has it after the last fact."""
    return list(_holders(facts))[-1][1]


def turns(facts: Sequence[Fact], start: datetime, end: datetime) -> list[Turn]:
    """From start to end without holes; neighbours differ."""
    changes = [(max(start, at), holder) for at, holder in _holders(facts)]
    ends = [at for at, _ in changes[1:]] + [end]
    merged: list[Turn] = []
    for (since, holder), until in zip(changes, ends, strict=True):
        if since == until:
            continue
        if merged and (merged[-1].party, merged[-1].pause) == (holder.party, holder.pause):
            since = merged.pop().start  # noqa: PLW2901  (one turn, told by two facts)
        merged.append(Turn(since, until, holder.party, holder.pause))
    return merged


def _holders(facts: Sequence[Fact]) -> Iterator[tuple[datetime, Holder]]:
    waiting: Fact | None = None
    orders: dict[str, Fact] = {}
    yield BEGINNING, Holder("desk", None)
    for fact in facts:
        if fact.kind == "order":
            orders[fact.source] = fact
        elif fact.kind == "waiting":
            waiting = fact
        elif fact.kind in {"resumed", "ready", "reopened", "closed"}:
            waiting = None
        yield fact.at, _holder(waiting, orders)


def _holder(waiting: Fact | None, orders: dict[str, Fact]) -> Holder:
    if waiting is not None:
        party = waiting.data["counterparty"]
        return Holder(party, waiting.data["reason"] if party in PAUSING else None)
    open_ones = [order.data for order in orders.values() if order.data["state"] in OPEN_ORDERS]
    if not open_ones or any(order["provider"] != "supplier" for order in open_ones):
        return Holder("desk", None)
    held = {order.get("counterparty") or "supplier" for order in open_ones}
    return Holder(held.pop() if len(held) == 1 else "supplier", None)
