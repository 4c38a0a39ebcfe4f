"""From facts about requests to work orders.

A request that cannot be planned yet (its product's version has not arrived, a provider is missing) waits in
its row, not in the queue: what is missing plans it the moment it comes; the desk is told if that takes long.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from servicekit.errors import Conflict, Invalid, NotFound
from sqlalchemy.exc import NoResultFound

from dispatch.domain.confidence import VEIL, of_round
from dispatch.domain.errors import (
    CannotPlan,
    DispatchError,
    InvalidProcess,
    NobodyAvailable,
    NobodyOfRole,
    RuleBroken,
    UnknownProduct,
    UnknownProvider,
)
from dispatch.domain.planning import plan_round, steps_to_route
from dispatch.domain.processes import Process
from dispatch.domain.products import Product, validate
from dispatch.domain.routing_rules import Rule
from dispatch.domain.supplier_orders import request_for_executors
from dispatch.domain.visits import why_alone
from dispatch.domain.work_order_states import Action, State
from dispatch.domain.work_orders import Details, WorkOrder
from dispatch.handlers import facts, failing
from dispatch.handlers.changing import add_orders, begin, carry_out
from dispatch.handlers.deviating import chosen_by_hand
from dispatch.handlers.parties import PROCESS, author
from dispatch.handlers.routing import ByHand, chosen_for
from dispatch.handlers.visits import leave_all
from dispatch.storage.unit_of_work import DispatchWork

BATCH = 200  # waiting requests that one transaction plans; the timer takes the rest
# What a request can lack, whatever the reason: it waits, and the desk hears of it.
_LACKING = (UnknownProduct, UnknownProvider, InvalidProcess, RuleBroken, NobodyAvailable, NobodyOfRole)


ROUTING = (RuleBroken.code, NobodyAvailable.code, NobodyOfRole.code)


def request_accepted(work: DispatchWork, fact: dict[str, Any]) -> None:
    process = work.processes.hear(fact["request_id"], fact["reference"])
    if fact["sequence"] <= process.accepted_sequence:
        return
    newest = fact["sequence"] > process.told_sequence
    process = replace(
        process,
        accepted_sequence=fact["sequence"],
        accepted_round=fact["round"],
        fresh_round=max(process.fresh_round, fact["round"]),
    )
    # A correction that was heard of first knows better what the request is about.
    plan(work, as_told(process, fact).as_weighed() if newest else process)


def as_told(process: Process, fact: dict[str, Any]) -> Process:
    """With what a fact says that the request is: `fact` has all that an accepted one has."""
    return replace(
        process,
        request=request_for_executors(fact),
        product_id=fact["product"]["product_id"],
        product_version=fact["product"]["version"],
    ).as_confided()


def request_confided(work: DispatchWork, fact: dict[str, Any]) -> None:
    """Its words are for its executors alone from now on."""
    process = work.processes.hear(fact["request_id"], fact["reference"])
    work.processes.save(replace(process, confided=True).as_confided())
    leave_all(work, process.request_id)
    work.deviations.seal(process.request_id)


def priority_changed(work: DispatchWork, fact: dict[str, Any]) -> None:
    """Who does the work sees it at once. What has been sent to a supplier is not sent again."""
    process = work.processes.hear(fact["request_id"], fact["reference"])
    if process.weighed and fact["sequence"] <= process.weighed["sequence"]:
        return
    weighed = {
        "sequence": fact["sequence"],
        "priority": fact["priority"],
        "due_at": fact["promise"]["resolve_by"],
    }
    process = replace(process, weighed=weighed).as_weighed()
    work.processes.save(process)
    work.silences.look_again(work.now, process.request_id)
    if why_alone(process.request or {}):
        leave_all(work, process.request_id)


def request_reopened(work: DispatchWork, fact: dict[str, Any]) -> None:
    """Also of requests that never came here (answered at the desk): then there is nothing to do again."""
    process = work.processes.hear(fact["request_id"], fact["reference"])
    if fact["sequence"] <= process.reopened_sequence:
        return
    sealed = (fact["sealed"] or {}).get("reason")
    process = replace(
        process,
        reopened_sequence=fact["sequence"],
        reopened_round=fact["round"],
        reopened_reason=VEIL if sealed else fact["reason"],
    )
    plan(work, process.as_said(of_round(fact["round"]), sealed))


def request_closed(work: DispatchWork, fact: dict[str, Any]) -> None:
    """Closed without the work being done (withdrawn, merged, ...): what is open is cancelled."""
    process = work.processes.hear(fact["request_id"], fact["reference"])
    if fact["sequence"] <= process.closed_sequence:
        return
    process = replace(process, closed_sequence=fact["sequence"])
    if process.is_closed:
        failing.plannable_again(work, process, "closed")
        process = correction_over(work, process.no_longer_waiting(), "overtaken")
    work.processes.save(process)
    if process.is_closed and fact["resolution"] != "solved":
        cancel_open_orders(work, process, f"request_{fact['resolution']}")


def cancel_open_orders(work: DispatchWork, process: Process, reason: str, goes_on: bool = False) -> None:
    """`reason` is a code, for screens of both languages to translate. `goes_on`: the request does, and with
    it who is on the way because of danger.
    """
    for order in work.orders.of_request(process.request_id):
        if goes_on and order.corrected_by:
            continue
        if order.is_open and order.state is not State.CANCELLATION_REQUESTED:
            carry_out(work, order, Action.CANCEL, Details(reason=reason), author(work.actor), PROCESS)


def plan(
    work: DispatchWork,
    process: Process,
    tell: bool = False,
    insist: bool = False,
    by_hand: ByHand | None = None,
) -> None:
    """Plan the round that is wanted, if any, and keep the process either way.

    When it cannot be planned: with `tell` the desk must hear of it now, whatever the cause; with `insist`
    CannotPlan is raised, for who asked for it. `by_hand`: who gets the steps for which no rule finds anybody.
    """
    round_ = process.round_to_plan
    if round_ is None:
        work.processes.save(process)
        if process.waiting_since is not None:
            _begin_again(work, process, insist, by_hand)
        return
    assert process.product_id is not None
    assert process.product_version is not None
    found = work.products.find_with_rules(process.product_id, process.product_version)
    try:
        if found is None:
            raise UnknownProduct(
                f"Version {process.product_version} of product {process.product_id} has not arrived."
            )
        process, orders = _plan_round(work, process, *found, round_, by_hand)
    except _LACKING as refusal:
        if insist:
            raise CannotPlan(f"It still cannot be planned. {refusal}") from refusal
        _wait(work, process, round_, refusal, tell)
        return
    failing.plannable_again(work, process, "planned")
    process = replace(process.no_longer_waiting(), planned_round=round_)
    work.processes.save(replace(process, correction_id=None))
    if orders:
        add_orders(work, orders)
    correction_over(work, process, "carried_out")


def correction_over(work: DispatchWork, process: Process, outcome: str) -> Process:
    """The correction that waited for orders has them, or never will. To be saved."""
    if process.correction_id is None:
        return process
    orders = work.orders.of_request(process.request_id)
    facts.correction_answered(work, process, process.correction_id, outcome, None, None, orders)
    return replace(process, correction_id=None)


def _begin_again(work: DispatchWork, process: Process, insist: bool, by_hand: ByHand | None) -> None:
    """It has orders, and one of them waited for somebody when its turn came."""
    orders = work.orders.of_request(process.request_id, process.planned_round)
    _, refusal = begin(work, process, orders, by_hand)
    if refusal and insist:
        raise CannotPlan(f"Nobody can be given it still. {refusal}") from refusal


def _plan_round(
    work: DispatchWork,
    process: Process,
    product: Product,
    rules: list[Rule],
    round_: int,
    by_hand: ByHand | None,
) -> tuple[Process, list[WorkOrder]]:
    """No orders: the desk does it itself (information, wishes), there is nothing to send out."""
    if not product.steps:
        return process, []
    if process.planned_round:
        # Its closing may be heard after its reopening: what was left then is not done any more.
        cancel_open_orders(work, process, "request_reopened", goes_on=True)
    validate(product.steps)
    earlier = work.orders.of_request(process.request_id) if process.planned_round else []
    earlier = [order for order in earlier if order.round >= process.fresh_round]
    steps = steps_to_route(product.steps, earlier)
    chosen = chosen_for(work, process, product, steps, rules, by_hand) if steps else {}
    return plan_round(process, product, round_, chosen, earlier, work.new_id, work.now)


def plan_again(work: DispatchWork, request_ids: Iterable[UUID]) -> None:
    """Try requests that wait: something that they may have waited for has come."""
    for request_id in request_ids:
        plan(work, work.processes.lock(request_id))


def tell_unplannable(work: DispatchWork, patience: timedelta) -> None:
    """Try once more what has waited long, and tell the desk of what still cannot be planned."""
    for request_id in work.processes.waiting_untold(work.now - patience, BATCH):
        plan(work, work.processes.lock(request_id), tell=True)


def plan_routed_again(work: DispatchWork) -> None:
    """Those that a rule gave to nobody: an absence ends, somebody has room again, the rule is mended."""
    plan_again(work, work.processes.waiting_for_reasons(ROUTING, BATCH))


def plan_by_hand(work: DispatchWork, request_id: UUID, provider_id: UUID, reason: str) -> dict[str, Any]:
    """A person decides who gets what no rule could give to anybody. Raises CannotPlan when it lacks more."""
    try:
        process = work.processes.lock(request_id)
    except NoResultFound:
        raise NotFound("request_not_found", "Dispatch knows of no such request.") from None
    provider = work.providers.find(provider_id)
    if provider is None:
        raise Invalid("unknown_provider", "There is no such provider.", {"provider_id": ["Not known."]})
    if process.waiting_since is None:
        raise Conflict("not_waiting", "This request does not wait for somebody to decide who does it.")
    plan(work, process, insist=True, by_hand=ByHand(provider, reason))
    chosen_by_hand(work, process, provider, reason)
    return {"request_id": request_id, "planned": True}


def _wait(work: DispatchWork, process: Process, round_: int, refusal: DispatchError, tell: bool) -> None:
    """A missing product is a matter of moments; a missing provider or a circle needs a person at once."""
    told = process.unplannable_told
    tell = not told and (tell or not isinstance(refusal, UnknownProduct))
    since = process.waiting_since or work.now
    told_of = process.waiting_reason if told else None
    waiting = replace(
        process, waiting_since=since, unplannable_told=told or tell, waiting_reason=refusal.code
    )
    work.processes.save(waiting)
    if tell:
        facts.unplannable(work, process, round_, refusal.code, str(refusal))
    if tell or told:
        failing.cannot_be_planned(work, process, refusal, told_of)
