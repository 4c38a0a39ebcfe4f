"""What stands in the repair list of dispatch: kept in the transaction in which it fails, and settled in the
one that puts it right, by whatever way. So the list is never behind.

The words of suppliers and customers are not repeated here: they stand at the order, for who may read it.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from servicekit.recovery.failed import Failed, failure_id

from dispatch.domain.deliveries import Delivery, DeliveryState, NoAnswer
from dispatch.domain.errors import DispatchError, NobodyAvailable, RuleBroken
from dispatch.domain.processes import Process
from dispatch.domain.work_order_states import Action, State
from dispatch.domain.work_orders import Change, WorkOrder
from dispatch.storage.unit_of_work import DispatchWork

DELIVERY, REFUSAL, UNPLANNABLE, RULE = "delivery", "refusal", "unplannable", "rule"  # kinds
# A request that cannot be planned stands under the rule that keeps it, if it is one.
KIND_OF_REASON = {"rule_broken": RULE, "nobody_available": RULE}

# By Failure.
UNDELIVERED = {
    "no_answer": "The supplier was called and did not answer in time; it may have the order.",
    "away": "The supplier could not be reached.",
    "garbage": "The supplier answered something that is no answer.",
    "error": "The supplier's program failed on the order; the order has its words.",
    "busy": "The supplier asked to come back later, again and again.",
    "refused": "The supplier does not agree to the cancellation; the order has its words.",
    "gone": "The supplier says that nothing is received there any more.",
    "not_set_up": "It may not be brought there yet: the supplier's access is not complete.",
}
# Orders in these states stand with nobody, unless another has taken over.
STANDING = {
    State.REFUSED: "The provider does not take it; the order has its words.",
    State.NOT_CARRIED_OUT: "It was not carried out and nobody else does it: give it to another, or drop it.",
}


def delivery_failed(work: DispatchWork, order: WorkOrder, delivery: Delivery, failure: NoAnswer) -> None:
    """After the last attempt."""
    code = failure.failure.value
    subject = _subject(order) | {"errand": delivery.errand.value}
    work.failures.keep(
        Failed(
            DELIVERY,
            str(order.work_order_id),
            order.provider.slug,
            code,
            UNDELIVERED[code],
            subject,
            attempts=delivery.attempts,
        ),
        work.now,
    )


def delivery_answered(work: DispatchWork, order: WorkOrder, before: Delivery) -> None:
    if _had_failed(before):
        by = order.provider.name
        work.failures.resolve(DELIVERY, [str(order.work_order_id)], "delivered", by, work.now)


def follow(work: DispatchWork, change: Change, before: Delivery, after: Delivery) -> None:
    """Keep or settle what the change means for the list; nothing, for nearly all changes."""
    if after.state is not DeliveryState.FAILED and after != before and _had_failed(before):
        _settle(work, DELIVERY, change)
    stood, stands = change.previous_state in STANDING, stands_with_nobody(change.order)
    if stands:
        _keep_standing(work, change.order)
    elif stood or _taken_after_refusal(change):
        _settle(work, REFUSAL, change)


def stands_with_nobody(order: WorkOrder) -> bool:
    return order.state in STANDING and order.is_live


def failure_of(order: WorkOrder, delivery: Delivery) -> UUID | None:
    """Where to look in the repair list, for screens to link to."""
    if delivery.state is DeliveryState.FAILED:
        return failure_id(DELIVERY, str(order.work_order_id))
    return failure_id(REFUSAL, str(order.work_order_id)) if stands_with_nobody(order) else None


def cannot_be_planned(
    work: DispatchWork, process: Process, refusal: DispatchError, told_of: str | None
) -> None:
    """`told_of`: the reason that the desk has heard already; None: it hears of it now."""
    key, code = str(process.request_id), refusal.code
    kind = KIND_OF_REASON.get(code, UNPLANNABLE)
    subject = {"label": process.reference, "reference": process.reference, "request_id": key}
    slug = ((process.request or {}).get("product") or {}).get("slug") or "product"
    if isinstance(refusal, RuleBroken | NobodyAvailable):
        slug = str(refusal.rule_id)
        subject["rule_id"] = slug
    failed = Failed(kind, key, slug, code, str(refusal), subject)
    before = KIND_OF_REASON.get(told_of or "", UNPLANNABLE)
    if told_of is not None and before == kind:
        work.failures.correct(failed)
        return
    if told_of is not None:
        work.failures.resolve(before, [key], code, work.actor.name or work.actor.id, work.now)
    work.failures.keep(failed, work.now)


def plannable_again(work: DispatchWork, process: Process, note: str) -> None:
    if process.unplannable_told:
        by = work.actor.name or work.actor.id
        kind = KIND_OF_REASON.get(process.waiting_reason or "", UNPLANNABLE)
        work.failures.resolve(kind, [str(process.request_id)], note, by, work.now)


def _keep_standing(work: DispatchWork, order: WorkOrder) -> None:
    slug, code = order.provider.slug, order.state.value
    again = order.state is State.REFUSED
    key, reason = str(order.work_order_id), STANDING[order.state]
    work.failures.keep(Failed(REFUSAL, key, slug, code, reason, _subject(order), replayable=again), work.now)


def _had_failed(delivery: Delivery) -> bool:
    """Now, or in an errand before this one."""
    return delivery.state is DeliveryState.FAILED or delivery.generation > 1


def _taken_after_refusal(change: Change) -> bool:
    return change.previous_state is State.ISSUED is not change.order.state and change.order.offer > 1


def _settle(work: DispatchWork, kind: str, change: Change) -> None:
    key, by = str(change.order.work_order_id), change.by.name or change.by.id
    if change.action is Action.REDELIVER:
        work.failures.tried_again(kind, key, change.action.value, by, work.now)
    else:
        work.failures.resolve(kind, [key], change.action.value, by, work.now)


def _subject(order: WorkOrder) -> dict[str, Any]:
    provider = {"slug": order.provider.slug, "name": order.provider.name}
    return {
        "label": order.number,
        "number": order.number,
        "reference": order.number.rpartition("-")[0],
        "request_id": str(order.request_id),
        "work_order_id": str(order.work_order_id),
        "provider": provider,
    }
