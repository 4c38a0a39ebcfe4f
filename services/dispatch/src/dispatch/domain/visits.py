"""Several orders of one provider that are done in one go: six lamps, one visit.

Each stays an order of its own, with its own request, customer and record; what is said of the visit is said
of each of them. What such a word means for an order in each state is in WAYS; what is not there is left
out. What ends otherwise than done (LEAVING) goes on by itself, and so does what may not wait for others
(`why_alone`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from itertools import takewhile
from typing import Any
from uuid import UUID

from dispatch.domain.confidence import SEALED
from dispatch.domain.errors import CannotGather
from dispatch.domain.providers import Provider
from dispatch.domain.silence import DANGER
from dispatch.domain.work_order_states import Action, State
from dispatch.domain.work_orders import NO_DETAILS, Details, WorkOrder

LEAST, MOST = 2, 50
SEPARATOR = " / "  # between the parts of a place's path: building, floor, room
EXACT = Decimal("0.001")  # of quantities, see `records`
MOST_COMPANY = 20  # orders that are shown as what could go along


class Outcome(StrEnum):
    """What came of a word for one order. DONE: it was done. LATER: it is not so far yet, or waits for
    something else. OVER: nothing is left to do. Others are codes of what the order's own rules refused.
    """

    DONE = "done"
    LATER = "later"
    OVER = "over"


S, A = State, Action
# Orders are put together before anybody has begun with one of them.
NOT_BEGUN = frozenset({S.ISSUED, S.ACCEPTED, S.SCHEDULED})
# An order that comes into one of these is in its visit no longer.
LEAVING = frozenset({S.REFUSED, S.CANCELLED, S.CANCELLATION_REQUESTED, S.NOT_CARRIED_OUT, S.REJECTED})

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
    A.REFUSE: {S.ISSUED: (A.REFUSE,), S.ACCEPTED: (A.REFUSE,)},
    A.NOT_CARRIED_OUT: dict.fromkeys(
        (S.ACCEPTED, S.SCHEDULED, S.IN_PROGRESS, S.PAUSED), (A.NOT_CARRIED_OUT,)
    ),
}


@dataclass(frozen=True)
class Visit:
    """`version` grows whenever an order joins or leaves: who acts on it says what they saw in it."""

    visit_id: UUID
    provider: Provider
    made_at: datetime
    made_by: str | None
    note: str | None = None
    version: int = 1


Request = Mapping[str, Any]  # what executors may see of it
Requests = Mapping[UUID, Request]  # by order


def check(
    orders: Sequence[WorkOrder], wanted: int, elsewhere: Sequence[UUID], requests: Requests | None = None
) -> None:
    """Whether these can be one visit. `wanted`: how many were asked for; `elsewhere`: those that are in one
    already. Raises CannotGather, which names what is in the way.
    """
    if len(orders) < wanted or wanted < LEAST:
        raise CannotGather("A visit has two or more work orders of one provider.")
    if wanted > MOST:
        raise CannotGather(f"A visit has {MOST} work orders at most; make two.")
    if len({order.provider.provider_id for order in orders}) > 1:
        raise CannotGather("These are of several providers; a visit is of one.")
    if over := [order for order in orders if not order.is_in_hand]:
        raise CannotGather(f"These are not in its hands (any more): {_numbers(over)}.")
    if begun := [order for order in orders if order.state not in NOT_BEGUN]:
        raise CannotGather(f"With these somebody has begun: {_numbers(begun)}.")
    if taken := [order for order in orders if order.work_order_id in elsewhere]:
        raise CannotGather(f"These are in another visit: {_numbers(taken)}.")
    if alone := [each for each in orders if why_alone((requests or {}).get(each.work_order_id, {}))]:
        raise CannotGather(f"Danger and what is confidential are never part of a visit: {_numbers(alone)}.")


def check_apart(orders: Sequence[WorkOrder]) -> None:
    """Whether a visit may be taken apart whole. Raises CannotGather."""
    if begun := [order for order in orders if order.state not in NOT_BEGUN]:
        raise CannotGather(f"Somebody has begun or is done; take out one by one: {_numbers(begun)}.")


def why_alone(request: Request) -> str | None:
    """Why its order is never in a visit: danger waits for nothing, and whoever sees all orders of a visit
    need not know of a confidential one.
    """
    if request.get(SEALED):
        return "confidential"
    return "danger" if request.get("priority") == DANGER else None


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


def likely(orders: Sequence[WorkOrder], requests: Requests) -> list[list[WorkOrder]]:
    """Which open orders could well be one visit: the same work for the same provider in one building, the
    largest first.
    """
    groups: dict[tuple[Any, ...], list[WorkOrder]] = {}
    for order in orders:
        building = building_of(order, requests)
        if building:
            key = (order.provider.provider_id, _kind(order), building)
            groups.setdefault(key, []).append(order)
    found = [group[:MOST] for group in groups.values() if len(group) >= LEAST]
    return sorted(found, key=lambda group: (-len(group), group[0].number))


def company(order: WorkOrder, others: Sequence[WorkOrder], requests: Requests) -> list[WorkOrder]:
    """Which others could go along with this one: of the same provider, in the same building, the same work
    first.
    """
    building = building_of(order, requests)
    if not building:
        return []
    fitting = [
        each
        for each in others
        if each.work_order_id != order.work_order_id
        and each.provider.provider_id == order.provider.provider_id
        and building_of(each, requests) == building
    ]
    return sorted(fitting, key=lambda each: (not is_alike(each, order), each.number))[:MOST_COMPANY]


def is_alike(order: WorkOrder, other: WorkOrder) -> bool:
    """The same work."""
    return _kind(order) == _kind(other)


def _kind(order: WorkOrder) -> tuple[Any, ...]:
    return tuple(sorted(order.title.items()))


def may_go_along(order: WorkOrder, requests: Requests) -> bool:
    """With whatever its provider has. A round past stops is a way of its own."""
    alone = order.stops or why_alone(requests.get(order.work_order_id, {}))
    return order.state in NOT_BEGUN and not alone


def building_of(order: WorkOrder, requests: Requests) -> str | None:
    """In which building it could go along; None: it cannot."""
    if not may_go_along(order, requests):
        return None
    return _building((requests.get(order.work_order_id, {}).get("location") or {}).get("path"))


def place_of(paths: Sequence[str | None]) -> str | None:
    """The smallest place in which all of these are: `De Sluis`, of rooms on its floors. None without one."""
    if not paths or None in paths:
        return None
    parts = [str(path).split(SEPARATOR) for path in paths]
    shared = takewhile(lambda level: len(set(level)) == 1, zip(*parts, strict=False))
    return SEPARATOR.join(level[0] for level in shared) or None


def moment_of(moments: Sequence[datetime | None]) -> datetime | None:
    """When all of these begin; None when they do not begin together."""
    return moments[0] if moments and len(set(moments)) == 1 else None


def _numbers(orders: Sequence[WorkOrder]) -> str:
    return ", ".join(order.number for order in orders)


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
    return format((thousandths * EXACT).normalize(), "f")
