"""The one way in which an order changes: by the table, recorded, told, and with what follows from it.

Callers hold the lock of the request's process (`work.processes.lock...`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from dispatch.channels import bell
from dispatch.domain import extra_work, silence
from dispatch.domain.deliveries import Delivery, DeliveryState, Errand
from dispatch.domain.errors import DispatchError
from dispatch.domain.planning import take_over
from dispatch.domain.processes import Process, is_complete
from dispatch.domain.providers import Kind, Provider
from dispatch.domain.records import WITH_COST, highest_cost
from dispatch.domain.visits import LEAVING
from dispatch.domain.work_order_states import DONE, Action, Party, State
from dispatch.domain.work_orders import NO_DETAILS, Author, Change, Details, WorkOrder, act
from dispatch.handlers import facts, failing, visit_news
from dispatch.handlers.counting import keep_count
from dispatch.handlers.mailing import mail_change, mail_new
from dispatch.handlers.parties import PROCESS, author
from dispatch.handlers.routing import ByHand
from dispatch.handlers.turns import Turn, turns, waiting_for
from dispatch.storage.unit_of_work import DispatchWork

_UNFINISHED = (DeliveryState.PENDING, DeliveryState.FAILED)
# States in which others may be able to begin, or the whole be complete.
_SETTLED = DONE | {State.CANCELLED}


def carry_out(
    work: DispatchWork,
    order: WorkOrder,
    action: Action,
    details: Details,
    by: Author,
    parties: frozenset[Party],
    replaced_by: UUID | None = None,
    corrected_by: UUID | None = None,
) -> tuple[Change, Delivery]:
    """Raises what `work_orders.act` raises."""
    before = _delivery(work, order)
    change = act(
        order,
        action,
        details,
        by,
        parties,
        work.now,
        must_confirm=_must_confirm(order, before),
        replaced_by=replaced_by,
        cost_limit=_cost_limit(work, order, action),
        corrected_by=corrected_by,
        extra_of=_extra_of(work, action, details),
    )
    work.orders.record(change)
    left = change.order.state in LEAVING and change.order.state is not change.previous_state
    together = visit_news.ended(work, change) if left else []
    keep_count(work, order, change)
    delivery = _redirect(work, change, before)
    failing.follow(work, change, before, delivery)
    facts.changed(work, change, delivery)
    facts.defect_found(work, change)
    mail_change(work, change, together)
    return change, delivery


def advance(work: DispatchWork, process: Process, order: WorkOrder) -> Process:
    """After `order` changed: issue the steps whose turn has come; tell once when the round is complete."""
    round_over = process.is_closed or order.round != process.planned_round
    if round_over or process.completed_round >= order.round or order.state not in _SETTLED:
        return process
    orders = work.orders.of_request(process.request_id, order.round)
    process, _ = begin(work, process, orders)
    if is_complete(orders):
        process = replace(process, completed_round=order.round)
        work.processes.save(process)
        facts.completed(work, process)
    return process


def begin(
    work: DispatchWork, process: Process, orders: Sequence[WorkOrder], by_hand: ByHand | None = None
) -> tuple[Process, DispatchError | None]:
    """Send out what may begin now. `by_hand`: who gets the steps that no rule gives to anybody. Answers also
    why a step is not sent out, if one is not.
    """
    made = turns(work, process, orders, by_hand)
    for turn in made:
        if turn.refusal is None:
            process = _begin(work, process, turn)
    refusal = next((turn.refusal for turn in made if turn.refusal), None)
    return (waiting_for(work, process, made) if made else process), refusal


def _begin(work: DispatchWork, process: Process, turn: Turn) -> Process:
    by, order = author(work.actor), replace(turn.order, routing=turn.why)
    if turn.provider.provider_id == order.provider.provider_id:
        carry_out(work, order, Action.ISSUE, NO_DETAILS, by, PROCESS)
        return process
    details, new_id = Details(reason="routed_anew"), work.new_id()
    change, _ = carry_out(work, turn.order, Action.CANCEL, details, by, PROCESS, replaced_by=new_id)
    process, instead = take_over(
        process, change.order, turn.provider, order.remark, new_id, work.now, turn.why
    )
    work.processes.save(process)
    add_orders(work, [replace(instead, state=State.ISSUED, issued_at=work.now)])
    return process


def issue_instead(
    work: DispatchWork,
    process: Process,
    order: WorkOrder,
    provider: Provider,
    remark: str | None,
    by: str,
    correction_id: UUID | None = None,
) -> tuple[Process, WorkOrder]:
    """Add the order that takes over from `order` (whose `replaced_by` is its identifier already). `by` says
    what made it so: hand (a person chose), rework, or correction.
    """
    assert order.replaced_by is not None
    routing = {
        "by": by,
        "who": work.actor.name or work.actor.id,
        "reason": remark,
        "instead_of": order.number,
    }
    process, taking_over = take_over(
        process, order, provider, remark, order.replaced_by, work.now, routing, by == "rework", correction_id
    )
    work.processes.save(process)
    add_orders(work, [taking_over])
    return process, taking_over


def add_orders(work: DispatchWork, orders: list[WorkOrder]) -> None:
    """New orders of one request and round: keep them, tell them, and send off those that are issued."""
    orders = [_watched(work, order) for order in orders]
    work.orders.add(orders)
    called = [o for o in orders if o.state is State.ISSUED and o.provider.is_called]
    if called:
        work.deliveries.add([(order.work_order_id, order.provider.provider_id) for order in called])
        work.after_commit(bell.DELIVERIES.set)
    facts.planned(work, orders)
    for order in orders:
        mail_new(work, order)


def _watched(work: DispatchWork, order: WorkOrder) -> WorkOrder:
    owed, look_at = silence.begin(order.state, work.now)
    return replace(order, silence=owed, look_at=look_at)


def _delivery(work: DispatchWork, order: WorkOrder) -> Delivery:
    if not order.provider.is_called:
        return Delivery(order.work_order_id)
    return work.deliveries.lock(order.work_order_id)


def _cost_limit(work: DispatchWork, order: WorkOrder, action: Action) -> int | None:
    if order.limit_cents is None or action not in WITH_COST:
        return None
    return highest_cost(order.limit_cents, work.terms.get().cost_margin_percent)


def _extra_of(work: DispatchWork, action: Action, details: Details) -> str:
    if action is not Action.ASK_EXTRA:
        return extra_work.DESK
    return extra_work.whose(details.amount_cents, work.terms.get().extra_desk_cents)


def _must_confirm(order: WorkOrder, delivery: Delivery) -> bool:
    """A supplier that may know of it must say that it has stopped. A portal shows orders once issued."""
    if order.provider.kind is not Kind.SUPPLIER:
        return False
    return order.state is not State.ISSUED or not order.provider.is_called or delivery.supplier_may_know


def _redirect(work: DispatchWork, change: Change, delivery: Delivery) -> Delivery:
    """Send, resend, recall or settle the delivery, as the change asks; answers what it is now."""
    order = change.order
    if not order.provider.is_called:
        return delivery
    if change.action in (Action.ISSUE, Action.BEGIN_EARLY):
        work.deliveries.add([(order.work_order_id, order.provider.provider_id)])
        work.after_commit(bell.DELIVERIES.set)
        return Delivery(order.work_order_id, DeliveryState.PENDING)
    if change.action in silence.ASKS:
        if delivery.state is not DeliveryState.DELIVERED:
            return delivery  # the order itself is still on its way
        return _send(work, order, delivery, Errand.REMINDER)
    if change.action is Action.REDELIVER:
        asked_back = order.state is State.CANCELLATION_REQUESTED
        return _send(work, order, delivery, Errand.CANCELLATION if asked_back else Errand.ORDER)
    if order.state is State.CANCELLATION_REQUESTED and change.previous_state is not order.state:
        return _send(work, order, delivery, Errand.CANCELLATION)
    if delivery.state not in _UNFINISHED or order.state is change.previous_state:
        return delivery
    if delivery.errand is Errand.VISIT and order.state not in LEAVING:
        return delivery  # which orders go together is still to be told
    if order.state is State.CANCELLED and delivery.errand is Errand.ORDER:
        work.deliveries.settle(order.work_order_id, DeliveryState.NONE)
        return replace(delivery, state=DeliveryState.NONE, error=None)
    # The provider has spoken, or somebody for it: it has the order, however it came.
    work.deliveries.settle(order.work_order_id, DeliveryState.DELIVERED)
    return replace(delivery, state=DeliveryState.DELIVERED, error=None)


def _send(work: DispatchWork, order: WorkOrder, delivery: Delivery, errand: Errand) -> Delivery:
    work.deliveries.start_again(order.work_order_id, order.provider.provider_id, errand)
    work.after_commit(bell.DELIVERIES.set)
    return Delivery(order.work_order_id, DeliveryState.PENDING, errand, generation=delivery.generation + 1)
