"""Guarding a request over its work orders: what dispatch and monitoring tell, taken in whatever order it
comes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from intake.domain.absent import SUSPECTED, is_news, nobody_came
from intake.domain.request_states import State
from intake.domain.requests import Request
from intake.domain.values import By, Entry
from intake.domain.work_orders import PUBLIC_ACTIONS, WorkOrder, internal_data, public_data

DISPATCH = By("service", "dispatch")
MONITORING = By("service", "monitoring")
# What makes a request go from one group to another.
TO_ANOTHER = frozenset({"reroute", "hand_over"})
# One stop of a round was answered.
TICKED = "tick_stop"
# Event of monitoring -> the signal it sets and its line on the timeline.
DEADLINES = {"warning": "deadline_near", "breached": "breach"}


def orders_planned(request: Request, fact: Mapping[str, Any], at: datetime) -> None:
    """`fact`: dispatch.work_orders_planned; `at` its planned_at. Orders that were known add nothing."""
    new: list[dict[str, Any]] = []
    for planned in fact["orders"]:
        order = _order(request, {**planned, "round": fact["round"]})
        if order.plan(planned):
            line = {"number": planned["number"], "title": planned["title"]}
            new.append({**line, "provider": planned["provider"]["name"]})
    if new:
        request.entries.append(Entry(at, "orders_planned", DISPATCH, {"orders": new}, position=1))


def order_changed(
    request: Request, fact: Mapping[str, Any], at: datetime, until: Callable[[], datetime]
) -> bool:
    """`fact`: dispatch.work_order_changed. A double adds nothing; a late one only its line on the
    timeline. `until` says by when its requester hears more, if nobody came. Whether it was new.
    """
    order = _order(request, fact)
    if not order.change(fact):
        return False
    if request.confidential and order.extra_work:  # its words are for its executors
        order.extra_work = {**order.extra_work, "reason": None, "decision": None}
    if fact["action"] != TICKED:  # a round of fifty stops has them with its order, not as fifty lines
        _told(request, order, fact, at, until)
    return True


def _told(
    request: Request, order: WorkOrder, fact: Mapping[str, Any], at: datetime, until: Callable[[], datetime]
) -> None:
    """What follows from a change, and its line."""
    if fact["action"] in TO_ANOTHER:
        request.reassignment_count += 1
    if _asks_for_a_choice(request, order, fact):
        request.moments_proposed(order, fact, at)
    if _asks_for_a_look(request, order, fact):
        request.look_asked(order, at)
    if fact["action"] == SUSPECTED and is_news(request, order, fact):
        nobody_came(request, order, fact, at, until())
        return
    by = By(fact["by"]["kind"], fact["by"]["name"] or fact["by"]["kind"])
    request.entries.append(
        Entry(
            at,
            "order_changed",
            by,
            public_data(order, fact),
            internal_data(fact),
            public=fact["action"] in PUBLIC_ACTIONS,
            position=fact["sequence"],
        )
    )


def _asks_for_a_choice(request: Request, order: WorkOrder, fact: Mapping[str, Any]) -> bool:
    """Not when a later word on that order came before this one, or all is over: nothing to choose then."""
    newest = fact["action"] == "propose" and fact["sequence"] == order.sequence
    return newest and bool(fact.get("appointment")) and request.state is State.IN_PROGRESS


def _asks_for_a_look(request: Request, order: WorkOrder, fact: Mapping[str, Any]) -> bool:
    """Whether the requester is who checks this work, and it is done now."""
    newest = fact["action"] == "complete" and fact["sequence"] == order.sequence
    by = (fact.get("check") or {}).get("by")
    return newest and by == "customer" and request.state is State.IN_PROGRESS


def is_current(request: Request, round_: int) -> bool:
    """Whether the completion of this round counts: not when the request has ended meanwhile, is assessed
    again, or goes on in another round.
    """
    return round_ == request.round and request.held is None and request.state is State.IN_PROGRESS


def process_completed(request: Request, round_: int, at: datetime, closes_at: datetime) -> bool:
    """False when it has been overtaken: it is of an earlier round, or of a request that ended meanwhile."""
    if not is_current(request, round_):
        return False
    request.complete(at, closes_at, DISPATCH)
    return True


def unplannable(request: Request, fact: Mapping[str, Any], at: datetime) -> None:
    """It stays signalled until orders of that round appear, or the step goes out; see attention."""
    detail = {"round": fact["round"], "reason": fact["reason"], "detail": fact["detail"]}
    if step := fact.get("step"):
        detail["step"] = step
    request.signals["unplannable"] = detail
    request.entries.append(Entry(at, "unplannable", DISPATCH, {}, detail, public=False))


def deadline_signalled(request: Request, which: str, fact: Mapping[str, Any], at: datetime) -> None:
    """`which`: a key of DEADLINES. The timeline remembers it in any case."""
    detail = {"clock": fact["clock"], "due_at": fact["due_at"], "counterparty": fact["counterparty"]}
    request.signal_deadline(DEADLINES[which], detail, at)
    request.entries.append(Entry(at, f"deadline_{which}", MONITORING, detail, public=False))


def _order(request: Request, fact: Mapping[str, Any]) -> WorkOrder:
    known = request.orders.get(fact["work_order_id"])
    if known is None:
        known = request.orders[fact["work_order_id"]] = WorkOrder.stub(fact)
    return known
