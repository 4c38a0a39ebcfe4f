"""What suppliers tell the desk over the broker, which says who they are."""

from __future__ import annotations

from typing import Any

from servicekit.errors import Forbidden, NotFound

from dispatch.domain.processes import Process
from dispatch.domain.providers import Means, Provider
from dispatch.domain.supplier_orders import for_supplier
from dispatch.domain.work_order_states import Action
from dispatch.domain.work_orders import Details, WorkOrder
from dispatch.handlers import visit_news
from dispatch.handlers.changing import advance, carry_out
from dispatch.handlers.parties import EXECUTOR, supplier
from dispatch.handlers.repeats import heard_before
from dispatch.handlers.telling_visits import told_of_visit
from dispatch.storage.unit_of_work import DispatchWork


def told_by_supplier(
    work: DispatchWork, user: str, order_number: str, action: Action, **details: Any
) -> dict[str, Any]:
    """Carry out what the supplier says, once: the same word again changes nothing and is answered alike.

    `user` is the broker's validated user name. NotFound for another supplier's order. With `visit` (its
    version) it is said of all orders of the visit that this one is in.
    """
    visit, all_points = details.pop("visit", None), details.pop("all_points", False)
    if visit is not None:
        order = _own(work, user, order_number)
        outcomes = told_of_visit(work, order, action, visit, all_points, details)
        return {**order_of_supplier(work, user, order_number), "outcomes": outcomes}
    process, order = _load(work, user, order_number)
    given = Details(**details)
    if not heard_before(work, order, action, given):
        change, _ = carry_out(work, order, action, given, supplier(order.provider), EXECUTOR)
        advance(work, process, change.order)
        order = change.order
    return _view(work, process, order)


def order_of_supplier(work: DispatchWork, user: str, order_number: str) -> dict[str, Any]:
    process, order = _load(work, user, order_number)
    return _view(work, process, order)


def _load(work: DispatchWork, user: str, order_number: str) -> tuple[Process, WorkOrder]:
    provider = caller(work, user)
    process = work.processes.lock_of_order(order_number)
    order = work.orders.find(order_number) if process else None
    if process is None or order is None or order.provider.provider_id != provider.provider_id:
        raise NotFound("work_order_not_found", "You have no order with this number.")
    return process, order


def _own(work: DispatchWork, user: str, order_number: str) -> WorkOrder:
    """Without a lock: what follows takes those of the whole visit, in their order."""
    provider, order = caller(work, user), work.orders.find(order_number)
    if order is None or order.provider.provider_id != provider.provider_id:
        raise NotFound("work_order_not_found", "You have no order with this number.")
    return order


def caller(work: DispatchWork, user: str) -> Provider:
    """The supplier behind a user of the broker. Raises Forbidden."""
    provider = work.providers.by_address(user)
    if provider is None or provider.delivery is not Means.RPC:
        raise Forbidden("unknown_supplier", f"The desk knows no supplier with the broker user '{user}'.")
    access = work.access.get(provider.provider_id)
    if access is not None and not access.is_open:  # the broker closes its connections; this is for until then
        raise Forbidden(access.standing, f"The access of {provider.name} is {access.standing}.")
    return provider


def _view(work: DispatchWork, process: Process, order: WorkOrder) -> dict[str, Any]:
    shown = for_supplier(order, process.request or {})
    if visit := visit_news.of_orders(work, [order.work_order_id]):
        shown["visit"] = visit[order.work_order_id]
    names = (
        *("state", "planned_from", "planned_until", "pause", "cost_cents", "appointment"),
        *("record", "cost_standing", "extra_work"),
    )
    return shown | {name: getattr(order, name) for name in names}
