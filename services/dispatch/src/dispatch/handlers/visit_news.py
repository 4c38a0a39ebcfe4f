"""What is heard of visits by who has them: which orders go together, and which by themselves. A supplier's
program is told here; who reads mail in `visit_mailing`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from dispatch.channels import bell
from dispatch.domain.deliveries import DeliveryState, Errand
from dispatch.domain.supplier_visits import for_supplier, lead_of
from dispatch.domain.work_order_states import State
from dispatch.domain.work_orders import Change, WorkOrder
from dispatch.handlers.visit_mailing import CHANGED, mail
from dispatch.storage.reading import Row
from dispatch.storage.unit_of_work import DispatchWork

View = dict[str, Any]
# Of an order that is in no visit (any more).
APART: View = {"visit_id": None, "version": None, "note": None, "orders": []}


def tell(
    work: DispatchWork,
    visit_id: UUID,
    news: str = CHANGED,
    joined: Sequence[UUID] = (),
    left: Sequence[UUID] = (),
) -> None:
    """Which orders go together now, and what is new of it."""
    tell_program(work, visit_id)
    mail(work, visit_id, news, joined, left)


def tell_program(work: DispatchWork, visit_id: UUID) -> None:
    """With one that the supplier has already. Those that it does not have yet are brought with what they go
    along with.
    """
    inside = work.visits.orders([visit_id])[visit_id]
    lead = lead_of(_with_it(list(work.reading.orders_by_id(inside).values())))
    if lead is not None:
        _send(work, [lead])


def take_out(work: DispatchWork, work_order_ids: Sequence[UUID]) -> None:
    """These are by themselves from now on, and so is who would be left alone."""
    for visit_id, gone in work.visits.leave(work_order_ids).items():
        tell(work, visit_id, CHANGED, left=gone)
        _tell_apart(work, gone)


def ended(work: DispatchWork, change: Change) -> list[str]:
    """An order that ended otherwise than done is in its visit no longer. Answers the numbers of those that it
    went along with: who is told to stop with it hears that in the same mail.
    """
    ended_id, others = change.order.work_order_id, []
    for visit_id, gone in work.visits.leave([ended_id]).items():
        tell_program(work, visit_id)
        _tell_apart(work, [each for each in gone if each != ended_id])
        if change.order.state is State.CANCELLED:
            mail(work, visit_id, CHANGED, left=gone)
        inside = [*work.visits.orders([visit_id])[visit_id], *gone]
        rows = work.reading.orders_by_id([each for each in inside if each != ended_id])
        others += sorted(row.order.number for row in rows.values())
    return others


def _tell_apart(work: DispatchWork, work_order_ids: Sequence[UUID]) -> None:
    """Each of these is by itself from now on, as far as its program has it."""
    _send(work, _with_it(list(work.reading.orders_by_id(work_order_ids).values())))


def of_orders(work: DispatchWork, work_order_ids: Sequence[UUID]) -> dict[UUID, View]:
    """As they are told, by order; those in no visit are missing."""
    mine = work.visits.of_orders(work_order_ids)
    if not mine:
        return {}
    inside = work.visits.orders(sorted(set(mine.values())))
    rows = work.reading.orders_by_id([each for ids in inside.values() for each in ids])
    shown = {
        visit_id: _shown(work, visit_id, [rows[each] for each in ids]) for visit_id, ids in inside.items()
    }
    return {order: shown[visit] for order, visit in mine.items()}


def _shown(work: DispatchWork, visit_id: UUID, rows: Sequence[Row]) -> View:
    visit = work.visits.find(visit_id)
    assert visit is not None
    return for_supplier(visit, [(row.order, row.request) for row in rows])


def _with_it(rows: Sequence[Row]) -> list[WorkOrder]:
    """Those that its program has."""
    return [
        row.order
        for row in rows
        if row.order.provider.is_called and row.delivery.state is DeliveryState.DELIVERED
    ]


def _send(work: DispatchWork, orders: Sequence[WorkOrder]) -> None:
    for order in orders:
        work.deliveries.start_again(order.work_order_id, order.provider.provider_id, Errand.VISIT)
    if orders:
        work.after_commit(bell.DELIVERIES.set)
