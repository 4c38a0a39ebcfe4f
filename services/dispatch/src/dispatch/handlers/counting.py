"""What is counted of providers that said nothing: written in the transaction of the order's own change."""

from __future__ import annotations

from dispatch.domain import silence
from dispatch.domain.silence import Step
from dispatch.domain.work_order_states import Action
from dispatch.domain.work_orders import Change, WorkOrder
from dispatch.storage.unit_of_work import DispatchWork


def keep_count(work: DispatchWork, before: WorkOrder, change: Change) -> None:
    """Nothing, for nearly all changes: only silences that somebody heard of are counted."""
    order, known = change.order, before.silence
    if change.action is Action.ESCALATE and known and silence.is_told(known):
        work.silences.escalated(order.work_order_id, change.at)
    elif change.action in silence.STEPS and order.silence:
        work.silences.begun(
            {
                "work_order_id": order.work_order_id,
                "version": order.version,
                "provider_id": order.provider.provider_id,
                "of": order.silence["of"],
                "told_at": change.at,
                "escalated_at": change.at if order.silence["step"] == Step.ESCALATED else None,
            }
        )
    elif known and silence.is_told(known) and order.silence != known:
        outcome = silence.ended(change.action, change.previous_state, known)
        work.silences.ended(order.work_order_id, outcome, change.at)
