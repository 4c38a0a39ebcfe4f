"""What the customer says to the moments that an executor proposes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from servicekit.errors import NotFound, Stale

from dispatch.domain.appointments import PROPOSED
from dispatch.domain.confidence import is_sealed, title_for_others
from dispatch.domain.processes import Process
from dispatch.domain.supplier_orders import CUSTOMERS
from dispatch.domain.work_order_states import Action, Party
from dispatch.domain.work_orders import Details, WorkOrder
from dispatch.handlers.changing import advance, carry_out
from dispatch.handlers.parties import author
from dispatch.storage.unit_of_work import DispatchWork

CUSTOMER = frozenset({Party.CUSTOMER})


def list_appointments(work: DispatchWork, request_id: UUID) -> dict[str, Any]:
    """The moments of the orders of one's own request: proposed, agreed, or asked for others."""
    process = work.processes.find(request_id)
    if process is None or not is_own(work, process):
        raise _unknown()
    orders = work.orders.of_request(request_id)
    asked = [order for order in orders if order.appointment and order.is_live and order.is_open]
    items = [_view(work, order, process) for order in asked]
    return {"items": items, "next_cursor": None}


def answer_appointment(
    work: DispatchWork,
    work_order_id: UUID,
    version: int,
    choice: int | None = None,
    reason: str | None = None,
) -> dict[str, Any]:
    """Choose one of the moments, or with `reason` ask for others."""
    process = work.processes.lock_of_order(work_order_id)
    order = work.orders.find(work_order_id) if process else None
    if process is None or order is None or not is_own(work, process):
        raise _unknown()
    if version != order.version:
        raise Stale("stale", "The proposal has changed meanwhile; look at it again.")
    action = Action.CONFIRM_APPOINTMENT if reason is None else Action.ASK_ANOTHER
    details = Details(choice=choice, reason=reason)
    change, _ = carry_out(work, order, action, details, author(work.actor), CUSTOMER)
    advance(work, process, change.order)
    return _view(work, change.order, process)


def is_own(work: DispatchWork, process: Process) -> bool:
    """The desk too answers for who telephones."""
    return work.actor.can("requests.direct") or is_customer(work, process)


def is_customer(work: DispatchWork, process: Process) -> bool:
    customers = {(process.request or {}).get(name) for name in CUSTOMERS} - {None}
    own = work.actor.person_id
    if not customers or own is None:
        return False
    return own in customers or not customers.isdisjoint(map(str, work.people.same(UUID(own))))


def _view(work: DispatchWork, order: WorkOrder, process: Process) -> dict[str, Any]:
    """No more of the order than its customer may know."""
    appointment = order.appointment or {}
    hidden = is_sealed(process.request) and not is_customer(work, process)
    return {
        "work_order_id": order.work_order_id,
        "version": order.version,
        "title": title_for_others(order, process.request),
        "provider": order.provider.name,
        "state": appointment.get("state"),
        "windows": appointment.get("windows", []) if appointment.get("state") == PROPOSED else [],
        "chosen": appointment.get("chosen"),
        "wish": None if hidden else appointment.get("wish"),
        "planned_from": order.planned_from,
        "planned_until": order.planned_until,
    }


def _unknown() -> NotFound:
    return NotFound("appointment_not_found", "There is no such appointment of yours.")
