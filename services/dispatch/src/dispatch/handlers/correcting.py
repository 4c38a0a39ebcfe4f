"""What follows for the work when a request is put right: wrong orders are stopped, right ones issued.

All of it happens in the transaction that hears of the correction, under the lock of its process, and is
answered by one fact. What another correction, a closing or a completion has overtaken is answered as such.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from dispatch.domain.confidence import of_correction
from dispatch.domain.errors import DispatchError, NotAllowed, RoundOver, UnknownProvider
from dispatch.domain.processes import Process
from dispatch.domain.providers import Provider
from dispatch.domain.work_order_states import DONE, Action, State
from dispatch.domain.work_orders import Details, WorkOrder
from dispatch.handlers import facts
from dispatch.handlers.changing import carry_out, issue_instead
from dispatch.handlers.deviating import given_to
from dispatch.handlers.parties import PROCESS, author
from dispatch.handlers.planning import as_told, correction_over, plan
from dispatch.storage.unit_of_work import DispatchWork

CODE = "request_corrected"  # for screens of both languages to translate
FINISHED = frozenset({State.TECHNICALLY_COMPLETE, State.CHECKED})


class AllDone(DispatchError):
    """There is nothing left to issue anew."""

    code = "all_done"


@dataclass(frozen=True)
class Told:
    """A correction as it was told. `round` of the request; `known`: the round that was known until now."""

    round: int
    known: int
    about: dict[str, Any]

    @property
    def why(self) -> str:
        return str(self.about["note"] or CODE)


def request_corrected(work: DispatchWork, fact: dict[str, Any]) -> None:
    """One that was never accepted has nobody who works on it: what is accepted later is right already."""
    if fact["round"] == 0:
        return
    process = work.processes.hear(fact["request_id"], fact["reference"])
    told = Told(fact["round"], process.wanted_round, fact["correction"])
    if fact["sequence"] > process.told_sequence:
        process = _as_corrected(process, fact)
    note = (fact.get("sealed") or {}).get("note")
    process = process.as_said(of_correction(told.about["correction_id"]), note)
    work.processes.save(process)
    carry = EFFECTS.get(told.about["effect"])
    if carry is None:
        plan(work, process)
        return
    try:
        carry(work, process, told)
    except DispatchError as refusal:
        _answer(work, process, told, "refused", refusal)


def _as_corrected(process: Process, fact: dict[str, Any]) -> Process:
    """Without a product nothing is to be done until it is accepted again."""
    known = as_told(process, fact) if fact["product"] else replace(process, request=None)
    return replace(known, corrected_sequence=fact["sequence"]).as_weighed()


def _replan(work: DispatchWork, process: Process, told: Told) -> None:
    """A round of its own, in which the process begins afresh: so nothing that is told of the rounds before
    can be taken for it.
    """
    if process.is_closed or told.round <= told.known:
        _answer(work, process, told, "overtaken")
        return
    process = correction_over(work, process, "overtaken")
    _stop_all(work, process, told)
    process = replace(process, corrected_round=told.round, fresh_round=told.round)
    plan(work, replace(process, correction_id=told.about["correction_id"]))


def _reassess(work: DispatchWork, process: Process, told: Told) -> None:
    if told.round < told.known:
        _answer(work, process, told, "overtaken")
        return
    process = correction_over(work, process, "overtaken").no_longer_waiting()
    _stop_all(work, process, told)
    # One that asked for orders in this round, and is heard of later, is overtaken by this.
    process = replace(process, corrected_round=told.round)
    work.processes.save(process)
    _answer(work, process, told, "carried_out")


# Of these nobody has to hear what is right: they read it when their turn comes, or are to stop anyway.
_AS_THEY_ARE = (State.PREPARED, State.CANCELLATION_REQUESTED)


def _refresh(work: DispatchWork, process: Process, told: Told) -> None:
    """Whoever has an order gets another, with what is right; what is done stays done. Prepared ones have not
    been told to anybody, and read what is right when their turn comes.
    """
    if process.is_closed or told.round < told.known:
        _answer(work, process, told, "overtaken")
        return
    orders = _live(work, process)
    wrong = [order for order in orders if order.is_open and order.state not in _AS_THEY_ARE]
    if process.planned_round == told.round and not any(order.is_open for order in orders):
        raise AllDone("All its work is done already: ask for the work to be done over instead.")
    for order in wrong:
        process = _instead(work, process, told, order, Action.REROUTE, order.provider, "correction")
    plan(work, process)
    _answer(work, process, told, "carried_out")


def _reroute(work: DispatchWork, process: Process, told: Told) -> None:
    order = _order(work, process, told)
    provider = _provider(work, told) or order.provider
    _instead(work, process, told, order, Action.REROUTE, provider, "correction")
    _answer(work, process, told, "carried_out")


def _rework(work: DispatchWork, process: Process, told: Told) -> None:
    """Of work that is done, or that is not done yet and is bad all the same."""
    order = _order(work, process, told)
    finished = order.state in FINISHED
    if finished and process.completed_round >= order.round:
        raise RoundOver("The customer was told that it is ready; reopen the request instead.")
    action = Action.FAIL if finished else Action.REROUTE
    _instead(work, process, told, order, action, _provider(work, told) or order.provider, "rework")
    _answer(work, process, told, "carried_out")


def _reprice(work: DispatchWork, process: Process, told: Told) -> None:
    order = _of_request(work, process, told)
    details = Details(reason=told.why, cost_cents=told.about["cost_cents"])
    carry_out(work, order, Action.REPRICE, details, author(work.actor), PROCESS)
    _answer(work, process, told, "carried_out")


EFFECTS: dict[str, Callable[[DispatchWork, Process, Told], None]] = {
    "replan": _replan,
    "reassess": _reassess,
    "refresh": _refresh,
    "reroute": _reroute,
    "rework": _rework,
    "reprice": _reprice,
}


def _stop_all(work: DispatchWork, process: Process, told: Told) -> None:
    """Of the process as it was: what is open is cancelled; what is done stays done, with what it cost. Who is
    on the way because of danger goes on, though it counts for no process any more.
    """
    correction_id, details = told.about["correction_id"], Details(reason=CODE)
    by, done = author(work.actor), []
    for order in _live(work, process):
        kept = order.work_order_id in told.about["keeps"] and order.is_in_hand
        if kept or order.state in DONE:
            done.append(order)
        elif order.is_open and order.state is not State.CANCELLATION_REQUESTED:
            carry_out(work, order, Action.CANCEL, details, by, PROCESS, corrected_by=correction_id)
    work.orders.take_away(done, correction_id)


def _instead(
    work: DispatchWork,
    process: Process,
    told: Told,
    order: WorkOrder,
    action: Action,
    provider: Provider,
    why: str,
) -> Process:
    """Carry `action` out on the order and let a new one take over."""
    correction_id, by = told.about["correction_id"], author(work.actor)
    details, new_id = Details(reason=told.why), work.new_id()
    change, _ = carry_out(work, order, action, details, by, PROCESS, new_id, correction_id)
    note = told.about["note"]
    process, _ = issue_instead(work, process, change.order, provider, note, why, correction_id)
    given_to(work, process, change.order, provider, told.why)
    return process


def _live(work: DispatchWork, process: Process) -> list[WorkOrder]:
    """Those that count for the process as it is now."""
    orders = work.orders.of_request(process.request_id)
    return [order for order in orders if order.is_live and order.round >= process.fresh_round]


def _of_request(work: DispatchWork, process: Process, told: Told) -> WorkOrder:
    order = work.orders.find(told.about["work_order_id"])
    if order is None or order.request_id != process.request_id:
        raise NotAllowed("This request has no such work order.")
    return order


def _order(work: DispatchWork, process: Process, told: Told) -> WorkOrder:
    order = _of_request(work, process, told)
    if process.is_closed or order.round != process.planned_round or not order.is_live:
        raise NotAllowed("This order is of no account any more: another took over, or the request went on.")
    return order


def _provider(work: DispatchWork, told: Told) -> Provider | None:
    """None: the order's own."""
    provider_id = told.about["provider_id"]
    if provider_id is None:
        return None
    provider = work.providers.find(provider_id)
    if provider is None:
        raise UnknownProvider("There is no such provider (any more). Choose another.")
    return provider


def _answer(
    work: DispatchWork, process: Process, told: Told, outcome: str, refusal: DispatchError | None = None
) -> None:
    orders = work.orders.of_request(process.request_id)
    reason, detail = (refusal.code, str(refusal)) if refusal else (None, None)
    facts.correction_answered(work, process, told.about["correction_id"], outcome, reason, detail, orders)
