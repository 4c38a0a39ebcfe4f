"""What people do with an order: its executor, and the desk."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from servicekit.errors import Invalid, NotFound, Stale

from dispatch.domain.deliveries import Delivery, DeliveryState
from dispatch.domain.errors import AlreadyReplaced, NothingToDeliver, RoundOver
from dispatch.domain.processes import Process
from dispatch.domain.providers import Provider
from dispatch.domain.work_order_states import Action, Party, State
from dispatch.domain.work_orders import NO_DETAILS, Change, Details, WorkOrder
from dispatch.handlers import views
from dispatch.handlers.changing import advance, carry_out, issue_instead
from dispatch.handlers.deviating import acted, given_to
from dispatch.handlers.parties import author, own_provider, parties_of
from dispatch.handlers.repeats import heard_before
from dispatch.storage.reading import Row
from dispatch.storage.unit_of_work import DispatchWork


def act_on_work_order(
    work: DispatchWork,
    work_order_id: UUID,
    action: Action,
    version: int | None = None,
    provider_id: UUID | None = None,
    **details: Any,
) -> dict[str, Any]:
    """`provider_id` is who does the rework when the action is `fail`; else its own provider does.

    A supplier's program need not have seen a version. It may lose our answer and say the same word again,
    as over the broker: that changes nothing then. Who of a team begins what nobody has, has it.
    """
    process, order = load(work, work_order_id, version)
    unversioned = version is None and work.actor.kind == "supplier"
    if unversioned and heard_before(work, order, action, Details(**details)):
        return view(work, process, order, work.deliveries.lock(order.work_order_id))
    if action is Action.FAIL:
        return _fail(work, process, order, provider_id, Details(**details))
    change, delivery = say(work, process, order, action, Details(**details))
    return view(work, process, change.order, delivery)


def say(
    work: DispatchWork, process: Process, order: WorkOrder, action: Action, details: Details
) -> tuple[Change, Delivery]:
    """With what follows from it for who has the order, and for the process."""
    parties, by = parties_of(work.actor, order), author(work.actor)
    change, delivery = carry_out(work, order, action, details, by, parties)
    if action is Action.START and Party.MEMBER in parties and change.order.assignee is None:
        change, delivery = carry_out(work, change.order, Action.TAKE, NO_DETAILS, by, parties)
    acted(work, process, change.order, action, details.reason)
    advance(work, process, change.order)
    return change, delivery


def redeliver_work_order(
    work: DispatchWork, work_order_id: UUID, version: int | None = None, note: str | None = None
) -> dict[str, Any]:
    """Offer it again to its provider: a refused order, or one whose delivery failed or was never answered."""
    process, order = load(work, work_order_id, version)
    change, delivery = offer_again(work, order, note, parties_of(work.actor, order))
    return view(work, process, change.order, delivery)


def offer_again(
    work: DispatchWork, order: WorkOrder, note: str | None, parties: frozenset[Party]
) -> tuple[Change, Delivery]:
    """The lock of its process is held."""
    if order.replaced_by and order.state is not State.CANCELLATION_REQUESTED:
        raise AlreadyReplaced("Another order has taken over already; act on that one.")
    if not order.provider.is_called and order.state is not State.REFUSED:
        raise NothingToDeliver("This provider has a work list; there is nothing to deliver.")
    return carry_out(work, order, Action.REDELIVER, Details(note=note), author(work.actor), parties)


def reroute_work_order(
    work: DispatchWork, work_order_id: UUID, provider_id: UUID, reason: str, version: int | None = None
) -> dict[str, Any]:
    """Answers the new order. It may go to the same provider again: a new order is new work. Of work that was
    reported as done the new one does it over.
    """
    process, order = load(work, work_order_id, version)
    provider = _provider(work, provider_id)
    _check_not_over(process, order)
    left, taking_over = _replace(work, process, order, Action.REROUTE, provider, Details(reason=reason))
    if taking_over.state is State.PREPARED:  # its turn may have come, while nobody was given it
        advance(work, work.processes.lock(process.request_id), left)
        taking_over = work.orders.find(taking_over.work_order_id) or taking_over
    return view(work, process, taking_over, _fresh(taking_over))


def reject(
    work: DispatchWork,
    process: Process,
    order: WorkOrder,
    provider: Provider,
    details: Details,
    parties: frozenset[Party] | None = None,
) -> WorkOrder:
    """It is not right: another order does it over. Answers the order as it is then."""
    _check_not_over(process, order)
    return _replace(work, process, order, Action.FAIL, provider, details, parties)[0]


def _fail(
    work: DispatchWork, process: Process, order: WorkOrder, provider_id: UUID | None, details: Details
) -> dict[str, Any]:
    provider = _provider(work, provider_id) if provider_id else order.provider
    failed = reject(work, process, order, provider, details)
    return view(work, process, failed, Delivery(order.work_order_id))


def _replace(
    work: DispatchWork,
    process: Process,
    order: WorkOrder,
    action: Action,
    provider: Provider,
    details: Details,
    parties: frozenset[Party] | None = None,
) -> tuple[WorkOrder, WorkOrder]:
    """Carry `action` out on the order and let a new one take over. Answers both."""
    parties = parties_of(work.actor, order) if parties is None else parties
    by = author(work.actor)
    change, _ = carry_out(work, order, action, details, by, parties, replaced_by=work.new_id())
    why = "hand" if action is Action.REROUTE and not order.is_done else "rework"
    process, taking_over = issue_instead(work, process, change.order, provider, details.reason, why)
    given_to(work, process, change.order, provider, details.reason)
    return change.order, taking_over


def _check_not_over(process: Process, order: WorkOrder) -> None:
    """Raises RoundOver: what is issued now would lie outside what the customer knows."""
    if process.is_closed:
        raise RoundOver("The request is closed; reopen it instead.")
    if process.completed_round >= order.round:
        raise RoundOver("The customer was told that it is ready; reopen the request instead.")


def load(work: DispatchWork, work_order_id: UUID, version: int | None) -> tuple[Process, WorkOrder]:
    """The order under the lock of its process. NotFound also when it is another provider's."""
    process = work.processes.lock_of_order(work_order_id)
    order = work.orders.find(work_order_id) if process else None
    only = own_provider(work.actor)
    if process is None or order is None or (only is not None and order.provider.provider_id != only):
        raise NotFound("work_order_not_found", "There is no such work order.")
    if version is not None and version != order.version:
        raise Stale("stale", "Somebody changed this order meanwhile; read it again.")
    return process, order


def _provider(work: DispatchWork, provider_id: UUID) -> Provider:
    provider = work.providers.find(provider_id)
    if provider is None:
        raise Invalid("unknown_provider", "There is no such provider.", {"provider_id": ["Not known."]})
    return provider


def _fresh(order: WorkOrder) -> Delivery:
    sent = order.provider.is_called and order.state is State.ISSUED
    return replace(Delivery(order.work_order_id), state=DeliveryState.PENDING if sent else DeliveryState.NONE)


def view(work: DispatchWork, process: Process, order: WorkOrder, delivery: Delivery) -> dict[str, Any]:
    return views.summary(Row(order, delivery, process.reference, process.request or {}), work.actor)
