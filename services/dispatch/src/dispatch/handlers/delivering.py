"""Deliveries to suppliers: claim, (call, outside any transaction), and apply what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from dispatch.domain.deliveries import (
    Answer,
    Consignment,
    Delivery,
    DeliveryState,
    Errand,
    Failure,
    NoAnswer,
    Outcome,
    delay_after,
    errand_key,
)
from dispatch.domain.processes import Process
from dispatch.domain.supplier_access import Access
from dispatch.domain.supplier_orders import for_supplier
from dispatch.domain.work_order_states import TABLE, Action
from dispatch.domain.work_orders import Details, WorkOrder
from dispatch.handlers import failing, telling_visits, visit_news
from dispatch.handlers.changing import advance, carry_out
from dispatch.handlers.parties import PROCESS, author, supplier
from dispatch.handlers.visits import lock_visit_of
from dispatch.storage.deliveries import Attempt, Claim
from dispatch.storage.reading import Row
from dispatch.storage.unit_of_work import DispatchWork

_UNFINISHED = (DeliveryState.PENDING, DeliveryState.FAILED)


@dataclass(frozen=True)
class Parcel:
    """What is to be brought; `at` is when it was claimed."""

    claim: Claim
    at: datetime
    consignment: Consignment


@dataclass(frozen=True)
class Brought:
    """What came of a parcel."""

    outcome: Outcome
    at: datetime
    milliseconds: int


@dataclass(frozen=True)
class Patience:
    """When to try again. `delays` in seconds; after the last one it is given up. `jitter` from 0 to 1."""

    delays: Sequence[float]
    jitter: float


def claim_parcels(
    work: DispatchWork, limit: int, per_provider: int, lease: timedelta, busy: Sequence[UUID]
) -> list[Parcel]:
    """Commit this before calling anybody: from then on no other process calls about the same orders."""
    claims = work.deliveries.claim(limit, per_provider, lease, busy)
    rows = work.reading.orders_by_id([claim.work_order_id for claim in claims])
    called = {row.order.provider.provider_id for row in rows.values()}
    accesses = work.reading.accesses(sorted(called)) if called else {}
    together = visit_news.of_orders(work, [claim.work_order_id for claim in claims]) if claims else {}
    return [
        Parcel(claim, work.now, _consignment(claim, rows[claim.work_order_id], accesses, together))
        for claim in claims
    ]


def apply_outcome(work: DispatchWork, claim: Claim, brought: Brought, patience: Patience) -> None:
    """One transaction: the attempt, the delivery, the order, and what follows from it.

    An answer counts as long as its errand is the present one, even if its lease was over or it was given up;
    a failure counts only for the last attempt.
    """
    if claim.errand is Errand.VISIT:
        lock_visit_of(work, claim.work_order_id)
    process = work.processes.lock_of_order(claim.work_order_id)
    order = work.orders.find(claim.work_order_id)
    assert process is not None
    assert order is not None
    delivery = work.deliveries.lock(claim.work_order_id)
    outcome = brought.outcome
    current = delivery.generation == claim.generation and delivery.state in _UNFINISHED
    if isinstance(outcome, NoAnswer):
        current = current and delivery.attempts == claim.attempt and delivery.state is DeliveryState.PENDING
    _record(work, claim, brought, late=not current)
    if not current:
        return
    if isinstance(outcome, Answer):
        _answered(work, process, order, delivery, outcome)
    else:
        _failed(work, order, delivery, outcome, patience)


def _answered(
    work: DispatchWork, process: Process, order: WorkOrder, delivery: Delivery, answer: Answer
) -> None:
    work.deliveries.settle(order.work_order_id, DeliveryState.DELIVERED)
    failing.delivery_answered(work, order, delivery)
    if delivery.errand is Errand.VISIT:
        telling_visits.answered(work, order, answer)
        return
    if answer.action not in TABLE[order.state]:
        return  # the order has moved on by other means: the supplier's own call came first
    details = Details(
        reason=answer.reason if answer.action is Action.REFUSE else None,
        planned_from=answer.planned_from,
        planned_until=answer.planned_until,
    )
    change, _ = carry_out(work, order, answer.action, details, supplier(order.provider), PROCESS)
    advance(work, process, change.order)


def _failed(
    work: DispatchWork, order: WorkOrder, delivery: Delivery, failure: NoAnswer, patience: Patience
) -> None:
    delay = delay_after(delivery.attempts, patience.delays, patience.jitter, failure.retry_after)
    if delivery.errand is Errand.VISIT and failure.failure is Failure.ERROR:
        delay = None  # a program that knows nothing of visits has its orders all the same
    if delay is not None and not failure.is_final:
        work.deliveries.try_again(order.work_order_id, delay, failure.detail)
        return
    if delivery.errand in (Errand.REMINDER, Errand.VISIT):
        # The order itself was brought. Who cannot be reminded says nothing either: the desk hears of that.
        work.deliveries.settle(order.work_order_id, DeliveryState.DELIVERED, failure.detail)
        return
    work.deliveries.settle(order.work_order_id, DeliveryState.FAILED, failure.detail)
    failing.delivery_failed(work, order, delivery, failure)
    if Action.DELIVERY_FAILED in TABLE[order.state]:
        details = Details(reason=failure.detail)
        carry_out(work, order, Action.DELIVERY_FAILED, details, author(work.actor), PROCESS)


def _record(work: DispatchWork, claim: Claim, brought: Brought, late: bool) -> None:
    outcome = brought.outcome
    if isinstance(outcome, Answer):
        word, detail = outcome.word, outcome.reason
    else:
        word, detail = outcome.failure.value, outcome.detail
    work.deliveries.record(Attempt(claim, brought.at, brought.milliseconds, word, detail, late))


def _consignment(
    claim: Claim, row: Row, accesses: dict[UUID, Access], together: dict[UUID, dict[str, Any]]
) -> Consignment:
    order = row.order
    visit = together.get(order.work_order_id, visit_news.APART)
    return Consignment(
        provider=order.provider,
        access=accesses.get(order.provider.provider_id),
        errand=claim.errand,
        key=errand_key(order.number, order.work_order_id, claim.generation),
        order={
            "order_number": order.number,
            "order_id": order.work_order_id,
            "version": order.version,
        },
        arguments=_arguments(claim, order, row.request, visit),
    )


def _arguments(
    claim: Claim, order: WorkOrder, request: dict[str, Any], visit: dict[str, Any]
) -> dict[str, Any]:
    if claim.errand is Errand.CANCELLATION:
        return {"order_number": order.number, "reason": order.reason}
    if claim.errand is Errand.REMINDER:
        owed = order.silence or {}
        return {"order_number": order.number, "about": owed.get("of"), "since": owed.get("since")}
    if claim.errand is Errand.VISIT:
        return {"order_number": order.number, "visit": visit}
    going_along = {"visit": visit} if visit["orders"] else {}
    return {"order": for_supplier(order, request) | going_along}
