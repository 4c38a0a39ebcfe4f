"""What dispatch tells the others. The shapes are those of contracts/dispatch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from dispatch.domain import rounds
from dispatch.domain.confidence import ADDED, title_for_others
from dispatch.domain.deliveries import Delivery
from dispatch.domain.processes import Process
from dispatch.domain.records import standing_of
from dispatch.domain.work_orders import Change, WorkOrder
from dispatch.storage.unit_of_work import DispatchWork


def planned(work: DispatchWork, orders: Sequence[WorkOrder]) -> None:
    """`orders` of one request and round."""
    first = orders[0]
    process = work.processes.find(first.request_id) if first.step.startswith(ADDED) else None
    work.publish(
        "work_orders_planned",
        {
            "request_id": first.request_id,
            "round": first.round,
            "planned_at": work.now,
            "orders": [_planned_order(order, process) for order in orders],
        },
    )


def changed(work: DispatchWork, change: Change, delivery: Delivery) -> None:
    order, details = change.order, change.details
    work.publish(
        "work_order_changed",
        {
            "work_order_id": order.work_order_id,
            "request_id": order.request_id,
            "number": order.number,
            "round": order.round,
            "sequence": order.version,
            "action": change.action,
            "state": order.state,
            "previous_state": change.previous_state,
            "provider": order.provider.as_fact(),
            "at": change.at,
            "by": change.by.as_fact(),
            "reason": details.reason,
            "note": details.note,
            "planned_from": order.planned_from,
            "planned_until": order.planned_until,
            "cost_cents": order.cost_cents,
            "pause": order.pause,
            "limit_cents": order.limit_cents,
            "extra_work": order.extra_work,
            "cost_standing": standing_of(order.cost_standing),
            "appointment": order.appointment,
            "silence": order.silence,
            "check": check_of(order),
            "stops": rounds.summary(order.stops),
            "delivery": delivery.as_fact(),
            "replaced_by": order.replaced_by,
            "corrected_by": order.corrected_by,
            "assignee": order.assignee,
        },
    )


def opened(work: DispatchWork, order: WorkOrder) -> None:
    """A confidential order, by one of those who carry it out."""
    work.publish(
        "order_opened",
        {
            "work_order_id": order.work_order_id,
            "request_id": order.request_id,
            "number": order.number,
            "provider": order.provider.as_fact(),
            "actor_id": work.actor.id,
            "name": work.actor.name or work.actor.id,
            "at": work.now,
        },
    )


def check_of(order: WorkOrder) -> dict[str, Any] | None:
    """Who looks at it when it is done, and whether the next steps wait for that."""
    if not order.check_required:
        return None
    return {"by": order.check_by or "desk", "holds": order.check_holds}


def defect_found(work: DispatchWork, change: Change) -> None:
    """At a stop of a round; nothing, for all other changes."""
    order, details = change.order, change.details
    stop = next((each for each in order.stops or () if each["number"] == details.stop), None)
    if stop is None or details.outcome != rounds.Standing.DEFECT:
        return
    work.publish(
        "defect_found",
        {
            "request_id": order.request_id,
            "work_order_id": order.work_order_id,
            "number": order.number,
            "stop": stop["number"],
            "title": stop["title"],
            "location": stop["location"],
            "asset": stop["asset"],
            "note": stop["note"],
            "reporter_id": work.actor.person_id or None,
            "provider": order.provider.as_fact(),
            "by": change.by.as_fact(),
            "at": change.at,
        },
    )


def completed(work: DispatchWork, process: Process) -> None:
    work.publish(
        "process_completed",
        {"request_id": process.request_id, "round": process.completed_round, "completed_at": work.now},
    )


def unplannable(
    work: DispatchWork, process: Process, round_: int, reason: str, detail: str, step: str | None = None
) -> None:
    """`step`: the one whose turn has come and that nobody gets; without it the round has no orders."""
    work.publish(
        "process_unplannable",
        {
            "request_id": process.request_id,
            "round": round_,
            "reason": reason,
            "detail": detail,
            "at": work.now,
            **({"step": step} if step else {}),
        },
    )


def correction_answered(
    work: DispatchWork,
    process: Process,
    correction_id: UUID,
    outcome: str,
    reason: str | None,
    detail: str | None,
    orders: Sequence[WorkOrder],
) -> None:
    """`orders` of the request: those that the correction stopped, and those that it issued, are named."""
    stopped = [order for order in orders if order.corrected_by == correction_id and not order.is_in_hand]
    issued = [order for order in orders if order.correction_id == correction_id]
    work.publish(
        "correction_answered",
        {
            "correction_id": correction_id,
            "request_id": process.request_id,
            "outcome": outcome,
            "reason": reason,
            "detail": detail,
            "stopped": [{**_named(order), "state": order.state} for order in stopped],
            "issued": [_named(order) for order in issued],
            "at": work.now,
        },
    )


def _named(order: WorkOrder) -> dict[str, Any]:
    return {"work_order_id": order.work_order_id, "number": order.number}


def _planned_order(order: WorkOrder, process: Process | None) -> dict[str, Any]:
    return {
        "work_order_id": order.work_order_id,
        "number": order.number,
        "step": order.step,
        "title": title_for_others(order, process.request if process else None),
        "provider": order.provider.as_fact(),
        "state": order.state,
        "depends_on": order.depends_on,
        "replaces": order.replaces,
        "rework_of": order.rework_of,
        "correction_id": order.correction_id,
    }
