"""What the customer says of work that their step asks them to look at."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from servicekit.errors import NotFound, Stale

from dispatch.domain.confidence import title_for_others
from dispatch.domain.processes import Process
from dispatch.domain.work_order_states import Action, Party, State
from dispatch.domain.work_orders import Details, WorkOrder
from dispatch.handlers.acting import reject
from dispatch.handlers.appointments import is_own
from dispatch.handlers.changing import advance, carry_out
from dispatch.handlers.parties import author
from dispatch.storage.unit_of_work import DispatchWork

CUSTOMER = "customer"
PARTIES = frozenset({Party.CUSTOMER, Party.CHECKER})


def list_checks(work: DispatchWork, request_id: UUID) -> dict[str, Any]:
    """The work of one's own request that waits for one's word."""
    process = work.processes.find(request_id)
    if process is None or not is_own(work, process):
        raise _unknown()
    orders = [order for order in work.orders.of_request(request_id) if _waits(order)]
    return {"items": [_view(order, process) for order in orders], "next_cursor": None}


def answer_check(
    work: DispatchWork, work_order_id: UUID, version: int, right: bool, reason: str | None = None
) -> dict[str, Any]:
    """Right, and the process goes on; or with `reason` what is not: it is done over."""
    process = work.processes.lock_of_order(work_order_id)
    order = work.orders.find(work_order_id) if process else None
    if process is None or order is None or order.check_by != CUSTOMER or not is_own(work, process):
        raise _unknown()
    if version != order.version:
        raise Stale("stale", "Somebody changed this order meanwhile; read it again.")
    details = Details(reason=reason)
    if not right:
        return _view(reject(work, process, order, order.provider, details, PARTIES), process)
    change, _ = carry_out(work, order, Action.CHECK, details, author(work.actor), PARTIES)
    advance(work, process, change.order)
    return _view(change.order, process)


def _waits(order: WorkOrder) -> bool:
    return order.is_live and order.check_by == CUSTOMER and order.state is State.TECHNICALLY_COMPLETE


def _view(order: WorkOrder, process: Process) -> dict[str, Any]:
    """No more of the order than its customer may know."""
    return {
        "work_order_id": order.work_order_id,
        "version": order.version,
        "title": title_for_others(order, process.request),
        "provider": order.provider.name,
        "state": order.state,
        "done_at": order.updated_at,
    }


def _unknown() -> NotFound:
    return NotFound("check_not_found", "There is no work of yours to look at.")
