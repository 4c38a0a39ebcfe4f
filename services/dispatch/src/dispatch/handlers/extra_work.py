"""What intake tells of extra work that a budget holder was asked about."""

from __future__ import annotations

from typing import Any

from dispatch.domain import extra_work
from dispatch.domain.work_order_states import Action
from dispatch.domain.work_orders import Author, Details
from dispatch.handlers.changing import carry_out
from dispatch.handlers.parties import PROCESS
from dispatch.storage.unit_of_work import DispatchWork

OUTCOMES = {
    "granted": Action.GRANT_EXTRA,
    "refused": Action.REFUSE_EXTRA,
    "to_desk": Action.EXTRA_TO_DESK,
}


def decided(work: DispatchWork, fact: dict[str, Any]) -> None:
    """An answer to what is not asked any more, or to an earlier question, changes nothing."""
    if work.processes.lock_of_order(fact["work_order_id"]) is None:
        return
    order = work.orders.find(fact["work_order_id"])
    asked = order.extra_work if order else None
    if order is None or asked is None or not extra_work.is_asked(asked) or asked["number"] != fact["number"]:
        return
    by = Author("service", fact["by"]["name"], "intake")
    carry_out(work, order, OUTCOMES[fact["outcome"]], Details(reason=fact["reason"]), by, PROCESS)
