"""Putting orders together in one visit, and taking them apart again. What is done with a visit is in
`visiting`.

Which orders a visit has changes only under the locks of their requests, taken in one order: what somebody
does with an order at the same moment comes before or after it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from servicekit.errors import NotFound, Stale

from dispatch.domain import visits
from dispatch.domain.errors import CannotGather
from dispatch.domain.visits import Outcome, Visit
from dispatch.domain.work_order_states import Action, Party
from dispatch.domain.work_orders import WorkOrder
from dispatch.handlers import views, visit_news
from dispatch.handlers.parties import author, own_provider, parties_of
from dispatch.handlers.visit_mailing import PLANNED
from dispatch.storage.reading import Filter, Row
from dispatch.storage.unit_of_work import DispatchWork

View = dict[str, Any]
MOST_SHOWN = 50
MOST_LOOKED_AT = 300  # open orders among which likely visits are looked for


def plan_visit(work: DispatchWork, work_order_ids: Sequence[UUID], note: str | None = None) -> View:
    """Raises CannotGather, in words that name what is in the way."""
    wanted = list(dict.fromkeys(work_order_ids))
    rows = locked(work, wanted)
    orders = [row.order for row in rows]
    visits.check(orders, len(wanted), list(work.visits.of_orders(wanted)), requests_of(rows))
    visit = Visit(work.new_id(), orders[0].provider, work.now, author(work.actor).name, note)
    work.visits.add(visit, wanted)
    visit_news.tell(work, visit.visit_id, PLANNED)
    return view(work, [visit])[0]


def join_visit(
    work: DispatchWork, visit_id: UUID, work_order_ids: Sequence[UUID], version: int | None = None
) -> View:
    """Others come along, as long as nobody has begun. Raises CannotGather, Stale."""
    inside = work.visits.orders([find(work, visit_id).visit_id])[visit_id]
    new = [each for each in dict.fromkeys(work_order_ids) if each not in inside]
    wanted = [*inside, *new]
    rows = locked(work, wanted)
    visit = find(work, visit_id, version)
    still = work.visits.orders([visit_id])[visit_id]
    if still != inside:
        raise Stale("stale", "Somebody changed this visit meanwhile; read it again.")
    if not inside:
        raise CannotGather("This visit has been taken apart; put the orders together anew.")
    orders = [row.order for row in rows]
    visits.check(orders, len(wanted), list(work.visits.of_orders(new)), requests_of(rows))
    if new:
        work.visits.join(visit_id, new)
        visit_news.tell(work, visit_id, joined=new)
    return view(work, [find(work, visit.visit_id)])[0]


def leave_visit(work: DispatchWork, visit_id: UUID, work_order_id: UUID, version: int | None = None) -> View:
    """An order is done by itself after all; also when somebody has begun. Raises Stale."""
    find(work, visit_id)
    locked(work, [work_order_id])
    find(work, visit_id, version)
    if work_order_id not in work.visits.orders([visit_id])[visit_id]:
        raise NotFound("work_order_not_found", "There is no such work order in this visit.")
    visit_news.take_out(work, [work_order_id])
    return view(work, [find(work, visit_id)])[0]


def dissolve_visit(work: DispatchWork, visit_id: UUID, version: int | None = None) -> View:
    """Every order by itself again, as long as nobody has begun. Raises CannotGather, Stale."""
    find(work, visit_id)
    rows = locked(work, work.visits.orders([visit_id])[visit_id])
    find(work, visit_id, version)
    visits.check_apart([row.order for row in rows])
    visit_news.take_out(work, [row.order.work_order_id for row in rows])
    return view(work, [find(work, visit_id)])[0]


def leave_all(work: DispatchWork, request_id: UUID) -> None:
    """The orders of a request that may not wait for others any more. The lock of its process is held."""
    visit_news.take_out(work, [order.work_order_id for order in work.orders.of_request(request_id)])


def get_visit(work: DispatchWork, visit_id: UUID) -> View:
    return view(work, [find(work, visit_id)])[0]


def list_visits(work: DispatchWork, provider_id: UUID | None = None) -> View:
    """Those with something left to do, which open orders could well be one (`likely`), and all of a provider
    that could be in one (`free`).
    """
    only = own_provider(work.actor) or provider_id
    found = view(work, work.visits.open(only, MOST_SHOWN))
    free = _free(work, only) if only else []
    shown = {row.order.work_order_id: views.summary(row, work.actor) for row in free}
    orders, requests = [row.order for row in free], requests_of(free)
    groups = visits.likely(orders, requests)
    return {
        "items": found,
        "likely": [[shown[each.work_order_id] for each in group] for group in groups],
        "free": [shown[each.work_order_id] for each in orders if visits.may_go_along(each, requests)],
    }


def get_company(work: DispatchWork, work_order_id: UUID) -> View:
    """The visit that an order is in (`visit`), the orders that could go along with it (`could`; `alike` says
    which are the same work), and the visits that it could join (`visits`).
    """
    row, only = work.reading.order(work_order_id), own_provider(work.actor)
    if row is None or (only is not None and row.order.provider.provider_id != only):
        raise NotFound("work_order_not_found", "There is no such work order.")
    mine = work.visits.of_orders([work_order_id]).get(work_order_id)
    visit = view(work, [find(work, mine)])[0] if mine else None
    provider = row.order.provider.provider_id
    could = _company(work, row, [] if visit and visit["begun"] else _free(work, provider))
    around = [] if visit else view(work, work.visits.open(provider, MOST_SHOWN))
    return {
        "visit": visit,
        "could": could,
        "visits": _near(row, [each for each in around if not each["begun"]]),
    }


def _company(work: DispatchWork, row: Row, free: Sequence[Row]) -> list[View]:
    by_id = {each.order.work_order_id: each for each in free}
    requests = requests_of([row, *free])
    found = visits.company(row.order, [each.order for each in free], requests)
    return [
        {**views.summary(by_id[each.work_order_id], work.actor), "alike": visits.is_alike(each, row.order)}
        for each in found
    ]


def _near(row: Row, around: Sequence[View]) -> list[View]:
    """Those in the building of this order with which nobody has begun, if it may go along at all."""
    where = visits.building_of(row.order, requests_of([row]))
    paths = {each["visit_id"]: (each["orders"][0].get("location") or {}).get("path") or "" for each in around}
    return [
        each
        for each in around
        if where and not each["begun"] and paths[each["visit_id"]].split(visits.SEPARATOR)[0] == where
    ]


def _free(work: DispatchWork, provider_id: UUID) -> list[Row]:
    """Open orders of a provider that are in no visit."""
    rows = work.reading.orders(Filter(provider_id=provider_id, open=True), MOST_LOOKED_AT)
    taken = work.visits.of_orders([row.order.work_order_id for row in rows])
    return [row for row in rows if row.order.work_order_id not in taken]


def requests_of(rows: Sequence[Row]) -> Mapping[UUID, Mapping[str, Any]]:
    return {row.order.work_order_id: row.request for row in rows}


def locked(work: DispatchWork, work_order_ids: Sequence[UUID], whose: UUID | None = None) -> list[Row]:
    """Under the locks of their processes, which everybody takes in the same order; those of others are left
    out. `whose`: for a program of a supplier over the broker, whose provider the actor does not say.
    """
    only = whose or own_provider(work.actor)
    rows = work.reading.orders_by_id(work_order_ids)
    for request_id in sorted({row.order.request_id for row in rows.values()}):
        work.processes.lock(request_id)
    known = work.reading.orders_by_id(work_order_ids)
    ordered = sorted(known.values(), key=lambda row: row.order.work_order_id)
    return [row for row in ordered if only is None or row.order.provider.provider_id == only]


def lock_visit_of(work: DispatchWork, work_order_id: UUID) -> None:
    """All that its visit has, in the order in which everybody takes them."""
    visit_id = work.visits.of_orders([work_order_id]).get(work_order_id)
    if visit_id is not None:
        locked(work, work.visits.orders([visit_id])[visit_id])


def find(work: DispatchWork, visit_id: UUID, version: int | None = None, whose: UUID | None = None) -> Visit:
    """NotFound also when it is another provider's. Raises Stale when it is not as it was at this version."""
    visit, only = work.visits.find(visit_id), whose or own_provider(work.actor)
    if visit is None or (only is not None and visit.provider.provider_id != only):
        raise NotFound("no_such_visit", "There is no such visit.")
    if version is not None and version != visit.version:
        raise Stale("stale", "Orders joined or left this visit meanwhile; read it again.")
    return visit


def view(
    work: DispatchWork, found: Sequence[Visit], inside: Mapping[UUID, Sequence[UUID]] | None = None
) -> list[View]:
    """`inside`: the orders to show with each, else those that it has."""
    if inside is None:
        inside = work.visits.orders([visit.visit_id for visit in found]) if found else {}
    rows = work.reading.orders_by_id([each for ids in inside.values() for each in ids])
    return [_shown(work, visit, [rows[each] for each in inside[visit.visit_id]]) for visit in found]


def _shown(work: DispatchWork, visit: Visit, rows: Sequence[Row]) -> View:
    orders = [row.order for row in rows]
    return {
        **{name: getattr(visit, name) for name in ("visit_id", "version", "made_at", "note")},
        "made_by": None if views.is_outsider(work.actor) else visit.made_by,
        "provider": visit.provider.as_fact(),
        "begun": any(order.state not in visits.NOT_BEGUN for order in orders),
        "actions": _words(work, orders),
        "orders": [views.summary(row, work.actor) for row in rows],
    }


def _words(work: DispatchWork, orders: Sequence[WorkOrder]) -> list[Action]:
    """What this actor may say of the visit now: for at least one of its orders it means something."""
    mine = [order for order in orders if Party.EXECUTOR in parties_of(work.actor, order)]
    return [
        word
        for word in visits.WAYS
        if any(not isinstance(visits.way(order, word), Outcome) for order in mine)
    ]
