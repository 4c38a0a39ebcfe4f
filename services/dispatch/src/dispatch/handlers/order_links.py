"""Links to one order, for a supplier without an account: used, ended, mailed anew.

The gateway and notifications sign them, with the serial that stood here then; only links with the serial of
now are good. So one order's links end without touching another's, and whatever mail waits to go out.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from servicekit.errors import Conflict

from dispatch.domain.providers import Kind
from dispatch.domain.work_orders import WorkOrder
from dispatch.handlers import mailing
from dispatch.handlers.acting import load
from dispatch.handlers.reading import get_work_order
from dispatch.storage.unit_of_work import DispatchWork


def get_order_links(work: DispatchWork, work_order_id: UUID) -> dict[str, Any]:
    """How it stands with the links of an order, and where one would be mailed. Raises NotFound."""
    return _view(work, load(work, work_order_id, None)[1])


def get_order_by_link(work: DispatchWork, work_order_id: UUID, serial: int) -> dict[str, Any]:
    """The order, for who holds a link with this serial. Raises NotFound for another's order, and Conflict
    for a link that was ended.
    """
    found = get_work_order(work, work_order_id)
    if work.order_links.of(work_order_id).serial != serial:
        raise Conflict("link_ended", "This link was taken back.")
    work.order_links.used(work_order_id, work.now)
    return found


def end_order_links(
    work: DispatchWork, work_order_id: UUID, reason: str, send: bool = False
) -> dict[str, Any]:
    """None of the links that were made until now opens it any more; with `send` a new one is mailed."""
    order = _suppliers(load(work, work_order_id, None)[1])
    work.order_links.end(work_order_id, work.now, work.actor.name or work.actor.id, reason)
    if send:
        _send(work, order)
    return _view(work, order)


def send_order_link(work: DispatchWork, work_order_id: UUID) -> dict[str, Any]:
    """Mail it again, to the addresses that the supplier has now. Those of before stay good."""
    order = _suppliers(load(work, work_order_id, None)[1])
    _send(work, order)
    return _view(work, order)


def _send(work: DispatchWork, order: WorkOrder) -> None:
    if not order.is_open:
        raise Conflict("order_over", "This order is closed, or another took over.")
    work.order_links.send(order.work_order_id, work.now)
    if not mailing.mail_link(work, order):
        raise Conflict("no_addresses", "This supplier has no mail addresses, or works by another line.")


def _suppliers(order: WorkOrder) -> WorkOrder:
    if order.provider.kind is not Kind.SUPPLIER:
        raise Conflict("not_a_supplier", "A team of our own signs in; links are for suppliers.")
    return order


def _view(work: DispatchWork, order: WorkOrder) -> dict[str, Any]:
    known = vars(work.order_links.of(order.work_order_id))
    return {**known, "work_order_id": order.work_order_id, "to": mailing.addresses(work, order)}
