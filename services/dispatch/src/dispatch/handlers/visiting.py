"""What is said of a visit is done to each of its orders, in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from dispatch.domain import visits
from dispatch.domain.errors import DispatchError
from dispatch.domain.processes import Process
from dispatch.domain.visits import Outcome
from dispatch.domain.work_order_states import Action, Party
from dispatch.domain.work_orders import Author, Details, WorkOrder, act
from dispatch.handlers import visit_mailing
from dispatch.handlers.acting import say
from dispatch.handlers.changing import advance, carry_out
from dispatch.handlers.parties import EXECUTOR, author, parties_of, supplier
from dispatch.handlers.visits import View, find, locked, view
from dispatch.storage.unit_of_work import DispatchWork

# Who speaks of an order, and in whose name.
Speaker = Callable[[DispatchWork, WorkOrder], tuple[Author, frozenset[Party]]]


def by_actor(work: DispatchWork, order: WorkOrder) -> tuple[Author, frozenset[Party]]:
    return author(work.actor), parties_of(work.actor, order)


def by_supplier(work: DispatchWork, order: WorkOrder) -> tuple[Author, frozenset[Party]]:
    """A program that spoke over the broker."""
    return supplier(order.provider), EXECUTOR


def act_on_visit(
    work: DispatchWork,
    visit_id: UUID,
    action: Action,
    version: int | None = None,
    all_points: bool = False,
    speaker: Speaker = by_actor,
    whose: UUID | None = None,
    **details: Any,
) -> View:
    """Answers the visit as it was, and what came of it for each order: `outcomes`, see Outcome. An order
    whose own rules refuse it leaves the others alone. Raises Stale: with another `version` of the visit the
    speaker has not seen which orders it has. `whose`: see `locked`.
    """
    find(work, visit_id, None, whose)
    rows = locked(work, work.visits.orders([visit_id])[visit_id], whose)
    visit, inside = find(work, visit_id, version, whose), set(work.visits.orders([visit_id])[visit_id])
    orders = [row.order for row in rows if row.order.work_order_id in inside]
    given = Details(**details)
    outcomes = {
        order.work_order_id: _judged(work, order, action, given, all_points, speaker) for order in orders
    }
    able = [order for order in orders if outcomes[order.work_order_id]["outcome"] is Outcome.DONE]
    moves = action is Action.SCHEDULE
    if moves:
        work.told_together |= {order.work_order_id for order in able}
    for order, share in zip(able, visits.shared(given, able, all_points), strict=True):
        _act(work, order, action, share, speaker)
    if moves and able:
        visit_mailing.mail(work, visit_id, visit_mailing.MOVED)
    shown = view(
        work, [find(work, visit.visit_id, None, whose)], {visit_id: [order.work_order_id for order in orders]}
    )
    return {**shown[0], "outcomes": list(outcomes.values())}


def _judged(
    work: DispatchWork, order: WorkOrder, word: Action, given: Details, all_points: bool, speaker: Speaker
) -> View:
    """What will come of it, by the rules of the order alone: nothing is written yet."""
    what: View = {"work_order_id": order.work_order_id, "number": order.number, "text": None}
    way = visits.way(order, word)
    if isinstance(way, Outcome):
        return {**what, "outcome": way}
    by, parties = speaker(work, order)
    (details,) = visits.shared(given, [order], all_points)
    try:
        for action, said in visits.steps(way, details):
            order = act(order, action, said, by, parties, work.now).order
    except DispatchError as error:
        return {**what, "outcome": error.code, "text": str(error)}
    return {**what, "outcome": Outcome.DONE}


def _act(work: DispatchWork, order: WorkOrder, word: Action, details: Details, speaker: Speaker) -> None:
    way = visits.way(order, word)
    assert not isinstance(way, Outcome)
    for action, said in visits.steps(way, details):
        process = work.processes.lock(order.request_id)
        order = _say(work, process, order, action, said, speaker)


def _say(
    work: DispatchWork, process: Process, order: WorkOrder, action: Action, said: Details, speaker: Speaker
) -> WorkOrder:
    if speaker is by_actor:
        return say(work, process, order, action, said)[0].order
    by, parties = speaker(work, order)
    change, _ = carry_out(work, order, action, said, by, parties)
    advance(work, process, change.order)
    return change.order
