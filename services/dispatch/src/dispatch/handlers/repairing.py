"""How what stands in the repair list of dispatch is tried again. First the lock under which all about its
request happens, then what an agent would do."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from servicekit.errors import NotFound
from servicekit.recovery.acting import Repair

from dispatch.domain.processes import Process
from dispatch.domain.work_orders import WorkOrder
from dispatch.handlers.acting import offer_again
from dispatch.handlers.failing import DELIVERY, REFUSAL, RULE, UNPLANNABLE
from dispatch.handlers.parties import PROCESS
from dispatch.handlers.planning import plan
from dispatch.storage.unit_of_work import DispatchWork


def lock_order(work: DispatchWork, subject: dict[str, Any]) -> WorkOrder:
    work_order_id = UUID(subject["work_order_id"])
    process = work.processes.lock_of_order(work_order_id)
    order = work.orders.find(work_order_id) if process else None
    if order is None:
        raise NotFound("work_order_not_found", "There is no such work order any more.")
    return order


def lock_process(work: DispatchWork, subject: dict[str, Any]) -> Process:
    return work.processes.lock(UUID(subject["request_id"]))


def deliver_again(work: DispatchWork, order: WorkOrder) -> None:
    """For a failed delivery and for a refusal: the same provider is asked again. Who may repair may, so the
    list need not know whose order it is."""
    offer_again(work, order, None, PROCESS)


def plan_now(work: DispatchWork, process: Process) -> None:
    """Raises CannotPlan when it still can't be planned."""
    plan(work, process, insist=True)


REPAIRS = {
    DELIVERY: Repair(lock_order, deliver_again),
    REFUSAL: Repair(lock_order, deliver_again),
    UNPLANNABLE: Repair(lock_process, plan_now),
    RULE: Repair(lock_process, plan_now),
}
