"""Several orders of one provider that are done in one go: six lamps, one visit.

Each stays an order of its own, with its own request, customer and record; what is said of the visit is said
of each of them. What such a word means for an order in each state is in WAYS; what is not there is left
out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from dispatch.domain.errors import CannotGather
from dispatch.domain.providers import Provider
from dispatch.domain.work_order_states import Action, State
from dispatch.domain.work_orders import NO_DETAILS, Details, WorkOrder

LEAST, MOST = 2, 50
SEPARATOR = " / "  # between the parts of a place's path: building, floor, room
EXACT = Decimal("0.001")  # of quantities, see `records`


class Outcome(StrEnum):
    """What came of a word for one order. DONE: it was done. LATER: it is not so far yet, or waits for
    something else. OVER: nothing is left to do. Others are codes of what the order's own rules refused.
    """

    DONE = "done"
    LATER = "later"
    OVER = "over"


S, A = State, Action

WAYS: Mapping[Action, Mapping[State, tuple[Action, ...]]] = {
    A.ACCEPT: {S.ISSUED: (A.ACCEPT,)},
    A.SCHEDULE: {
        S.ISSUED: (A.ACCEPT, A.SCHEDULE),
        S.ACCEPTED: (A.SCHEDULE,),
        S.SCHEDULED: (A.SCHEDULE,),
        S.PAUSED: (A.SCHEDULE,),
    },
    A.START: {S.ISSUED: (A.ACCEPT, A.START), S.ACCEPTED: (A.START,), S.SCHEDULED: (A.START,)},
    A.PAUSE: {S.IN_PROGRESS: (A.PAUSE,)},
    A.RESUME: {S.PAUSED: (A.RESUME,)},
    A.COMPLETE: {
        S.ISSUED: (A.ACCEPT, A.COMPLETE),
        S.ACCEPTED: (A.COMPLETE,),
        S.SCHEDULED: (A.COMPLETE,),
        S.IN_PROGRESS: (A.COMPLETE,),
        S.PAUSED: (A.RESUME, A.COMPLETE),
    },
}


@dataclass(frozen=True)
class Visit:
    visit_id: UUID
    provider: Provider
    made_at: datetime
    made_by: str | None
    note: str | None = None


def check(orders: Sequence[WorkOrder], wanted: int, elsewhere: Sequence[UUID]) -> None:
    """Whether these can be one visit. `wanted`: how many were asked for; `elsewhere`: those that are in one
    already. Raises CannotGather, which names what is in the way.
    """
    if len(orders) < wanted or wanted < LEAST:
        raise CannotGather("A visit has two or more work orders of one provider.")
    if len({order.provider.provider_id for order in orders}) > 1:
        raise CannotGather("These are of several providers; a visit is of one.")
    if over := [order.number for order in orders if not order.is_in_hand]:
        raise CannotGather(f"These are not in its hands (any more): {', '.join(over)}.")
    if taken := [order.number for order in orders if order.work_order_id in elsewhere]:
        raise CannotGather(f"These are in another visit: {', '.join(taken)}.")


def way(order: WorkOrder, word: Action) -> tuple[Action, ...] | Outcome:
    """What has to be done with the order for this word, one after the other."""
    if not order.is_in_hand:
        return Outcome.OVER
    return WAYS[word].get(order.state, Outcome.LATER)


def shared(details: Details, orders: Sequence[WorkOrder], all_points: bool) -> list[Details]:
    """The details of each order: hours, material and cost divided so that they add up to what was said, the
    remainder with the first. `all_points`: every point of every checklist was done.
    """
    count = len(orders)
    if not count:
        return []
    cost = _cents(details.cost_cents, count)
    time = [_minutes(line, count) for line in details.time or ()]
    material = [_quantities(line, count) for line in details.material or ()]
    return [
        replace(
            details,
            cost_cents=cost[index],
            time=[lines[index] for lines in time if lines[index]["minutes"]] or None,
            material=[lines[index] for lines in material if lines[index]["quantity"] != "0"] or None,
            checklist=list(range(len(order.checklist or ()))) if all_points else None,
        )
        for index, order in enumerate(orders)
    ]


def steps(actions: Sequence[Action], details: Details) -> list[tuple[Action, Details]]:
    """The last one says it; those before only lead there."""
    return [(action, details if action is actions[-1] else NO_DETAILS) for action in actions]


def likely(orders: Sequence[WorkOrder], places: Mapping[UUID, str | None]) -> list[list[WorkOrder]]:
    """Which open orders could well be one visit: the same work for the same provider in one building, the
    largest first. `places`: paths, by order.
    """
    groups: dict[tuple[Any, ...], list[WorkOrder]] = {}
    for order in orders:
        building = _building(places.get(order.work_order_id))
        if order.is_in_hand and building:
            key = (order.provider.provider_id, tuple(sorted(order.title.items())), building)
            groups.setdefault(key, []).append(order)
    found = [group[:MOST] for group in groups.values() if len(group) >= LEAST]
    return sorted(found, key=lambda group: (-len(group), group[0].number))


def _building(path: str | None) -> str | None:
    return path.split(SEPARATOR)[0] if path else None


def _cents(amount: int | None, count: int) -> list[int | None]:
    if amount is None:
        return [None] * count
    share, rest = divmod(amount, count)
    return [share + rest, *[share] * (count - 1)]


def _minutes(line: dict[str, Any], count: int) -> list[dict[str, Any]]:
    share, rest = divmod(int(line["minutes"]), count)
    return [{**line, "minutes": share + (rest if index == 0 else 0)} for index in range(count)]


def _quantities(line: dict[str, Any], count: int) -> list[dict[str, Any]]:
    """In thousandths, which is as exact as a quantity is."""
    share, rest = divmod(int(Decimal(line["quantity"]) / EXACT), count)
    return [{**line, "quantity": _text(share + (rest if index == 0 else 0))} for index in range(count)]


def _text(thousandths: int) -> str:
    return format((thousandths * EXACT).normalize(), "f") if thousandths else "0"
