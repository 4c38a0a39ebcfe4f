"""One visit for several orders: putting them together, and doing with each what is said of the visit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from servicekit.errors import NotFound

from dispatch.domain import visits
from dispatch.domain.errors import DispatchError
from dispatch.domain.visits import Outcome, Visit
from dispatch.domain.work_order_states import Action, Party
from dispatch.domain.work_orders import Details, WorkOrder, act
from dispatch.handlers import views
from dispatch.handlers.acting import say
from dispatch.handlers.parties import author, own_provider, parties_of
from dispatch.storage.reading import Filter
from dispatch.storage.unit_of_work import DispatchWork

View = dict[str, Any]
MOST_SHOWN = 50
MOST_LOOKED_AT = 300  # open orders among which likely visits are looked for


def plan_visit(work: DispatchWork, work_order_ids: Sequence[UUID], note: str | None = None) -> View:
    """Raises CannotGather, in words that name what is in the way."""
    wanted = list(dict.fromkeys(work_order_ids))
    orders = _locked(work, wanted)
    visits.check(orders, len(wanted), list(work.visits.of_orders(wanted)))
    visit = Visit(work.new_id(), orders[0].provider, work.now, author(work.actor).name, note)
    work.visits.add(visit, wanted)
    return _view(work, [visit])[0]


def get_visit(work: DispatchWork, visit_id: UUID) -> View:
    return _view(work, [_visit(work, visit_id)])[0]


def list_visits(work: DispatchWork, provider_id: UUID | None = None) -> View:
    """Those with something left to do, and which open orders could well be one (`likely`)."""
    only = own_provider(work.actor) or provider_id
    found = _view(work, work.visits.open(only, MOST_SHOWN))
    rows = work.reading.orders(Filter(provider_id=only, open=True), MOST_LOOKED_AT) if only else []
    taken = work.visits.of_orders([row.order.work_order_id for row in rows])
    free = [row for row in rows if row.order.work_order_id not in taken]
    places = {row.order.work_order_id: (row.request.get("location") or {}).get("path") for row in free}
    shown = {row.order.work_order_id: views.summary(row, work.actor) for row in free}
    groups = visits.likely([row.order for row in free], places)
    return {
        "items": found,
        "likely": [[shown[order.work_order_id] for order in group] for group in groups],
    }


def act_on_visit(
    work: DispatchWork, visit_id: UUID, action: Action, all_points: bool = False, **details: Any
) -> View:
    """Answers the visit, and what came of it for each order: `outcomes`, see Outcome. An order whose own
    rules refuse it leaves the others alone.
    """
    visit = _visit(work, visit_id)
    orders = _locked(work, work.visits.orders([visit_id])[visit_id])
    given = Details(**details)
    outcomes = {order.work_order_id: _judged(work, order, action, given, all_points) for order in orders}
    able = [order for order in orders if outcomes[order.work_order_id]["outcome"] is Outcome.DONE]
    for order, share in zip(able, visits.shared(given, able, all_points), strict=True):
        _act(work, order, action, share)
    return {**_view(work, [visit])[0], "outcomes": list(outcomes.values())}


def leave_visit(work: DispatchWork, visit_id: UUID, work_order_id: UUID) -> View:
    """An order is done by itself after all."""
    visit = _visit(work, visit_id)
    if not work.visits.leave(visit_id, work_order_id):
        raise NotFound("work_order_not_found", "There is no such work order in this visit.")
    return _view(work, [visit])[0]


def _judged(work: DispatchWork, order: WorkOrder, word: Action, given: Details, all_points: bool) -> View:
    """What will come of it, by the rules of the order alone: nothing is written yet."""
    what: View = {"work_order_id": order.work_order_id, "number": order.number, "text": None}
    way = visits.way(order, word)
    if isinstance(way, Outcome):
        return {**what, "outcome": way}
    by, parties = author(work.actor), parties_of(work.actor, order)
    (details,) = visits.shared(given, [order], all_points)
    try:
        for action, said in visits.steps(way, details):
            order = act(order, action, said, by, parties, work.now).order
    except DispatchError as error:
        return {**what, "outcome": error.code, "text": str(error)}
    return {**what, "outcome": Outcome.DONE}


def _act(work: DispatchWork, order: WorkOrder, word: Action, details: Details) -> None:
    way = visits.way(order, word)
    assert not isinstance(way, Outcome)
    for action, said in visits.steps(way, details):
        change, _ = say(work, work.processes.lock(order.request_id), order, action, said)
        order = change.order


def _locked(work: DispatchWork, work_order_ids: Sequence[UUID]) -> list[WorkOrder]:
    """Under the locks of their processes, which everybody takes in the same order; those of others are left
    out.
    """
    only = own_provider(work.actor)
    rows = work.reading.orders_by_id(work_order_ids)
    for request_id in sorted({row.order.request_id for row in rows.values()}):
        work.processes.lock(request_id)
    known = work.reading.orders_by_id(work_order_ids)
    orders = sorted((row.order for row in known.values()), key=lambda order: order.work_order_id)
    return [order for order in orders if only is None or order.provider.provider_id == only]


def _visit(work: DispatchWork, visit_id: UUID) -> Visit:
    """NotFound also when it is another provider's."""
    visit, only = work.visits.find(visit_id), own_provider(work.actor)
    if visit is None or (only is not None and visit.provider.provider_id != only):
        raise NotFound("no_such_visit", "There is no such visit.")
    return visit


def _view(work: DispatchWork, found: Sequence[Visit]) -> list[View]:
    inside = work.visits.orders([visit.visit_id for visit in found]) if found else {}
    rows = work.reading.orders_by_id([each for ids in inside.values() for each in ids])
    return [
        {
            **{name: getattr(visit, name) for name in ("visit_id", "made_at", "note")},
            "made_by": None if views.is_outsider(work.actor) else visit.made_by,
            "provider": visit.provider.as_fact(),
            "actions": _words(work, [rows[each].order for each in inside[visit.visit_id]]),
            "orders": [views.summary(rows[each], work.actor) for each in inside[visit.visit_id]],
        }
        for visit in found
    ]


def _words(work: DispatchWork, orders: Sequence[WorkOrder]) -> list[Action]:
    """What this actor may say of the visit now: for at least one of its orders it means something."""
    mine = [order for order in orders if Party.EXECUTOR in parties_of(work.actor, order)]
    return [
        word
        for word in visits.WAYS
        if any(not isinstance(visits.way(order, word), Outcome) for order in mine)
    ]
