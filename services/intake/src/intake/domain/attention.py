"""Which requests the desk must look at, and why. Computed anew from what is known, so the order of facts is
no matter.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from intake.domain.request_states import State
from intake.domain.work_orders import GONE, WorkOrder

# The most pressing first: one code is shown.
CODES = (
    "danger",
    "delivery_failed",
    "work_order_refused",
    "work_order_not_carried_out",
    "no_show_suspected",
    "provider_silent",
    "unplannable",
    "nobody_works",
    "correction_failed",
    "breach",
    "promise_missed",
    "extra_work",
    "approval_late",
    "deadline_near",
    "unheard",
    "word_missing",
    "requester_wrote",
)
# What matters while it is the customer's turn.
THEIR_WORD = frozenset({"unheard", "word_missing", "requester_wrote"})
OF_STATE = {"refused": "work_order_refused", "not_carried_out": "work_order_not_carried_out"}


def attention(
    state: State, round_: int, orders: Collection[WorkOrder], signals: Mapping[str, Any]
) -> str | None:
    """The first of CODES that applies. When all is over none does, and when it is the customer's turn only
    their word.

    `signals`: {"unplannable": {"round": 1, ...}, "breach": {...}, "deadline_near": {...}, "requester_wrote":
    {...}, "promise_missed": {}}.
    """
    if state is State.CLOSED:
        return None
    if state is State.READY:
        return next((code for code in CODES if code in THEIR_WORD and code in signals), None)
    current = [order for order in orders if order.round == round_]
    stopping = [order for order in orders if order.state == "cancellation_requested" and order not in current]
    found = {code for code in CODES if code in signals}
    if "unplannable" in found and _goes_on(signals["unplannable"], round_, current):
        found.discard("unplannable")
    if state is State.IN_PROGRESS:
        found |= _of_orders([*current, *stopping])
        if _all_dropped(current):
            found.add("nobody_works")
    return next((code for code in CODES if code in found), None)


def _goes_on(signal: Mapping[str, Any], round_: int, current: Collection[WorkOrder]) -> bool:
    """The round has orders by now; or the step that nobody got when its turn came has been given out."""
    step = signal.get("step")
    if signal["round"] != round_ or step is None:
        return bool(current) or signal["round"] != round_
    return not any(order.step == step and order.state == "prepared" for order in current)


def _all_dropped(current: Collection[WorkOrder]) -> bool:
    """The desk cancelled every order, one by one: nobody works on it, and no fact will ever end it. What was
    rejected is done over by another order.
    """
    left = [order for order in current if order.state != "rejected"]
    return bool(left) and all(order.state == "cancelled" for order in left)


def _of_orders(orders: Collection[WorkOrder]) -> set[str]:
    replaced = {order.replaces for order in orders if order.replaces}
    found: set[str] = set()
    for order in orders:
        if order.state in GONE:
            continue
        if order.delivery and order.delivery["state"] == "failed":
            found.add("delivery_failed")
        if order.state in OF_STATE and order.work_order_id not in replaced:
            found.add(OF_STATE[order.state])
        if order.asks_desk:
            found.add("extra_work")
        if order.silence and order.silence["step"] == "escalated":
            found.add("no_show_suspected" if order.nobody_came else "provider_silent")
    return found
