"""A visit as its supplier's program receives it: which of its orders go together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dispatch.domain.confidence import for_executor
from dispatch.domain.visits import Visit
from dispatch.domain.work_orders import WorkOrder

Together = Sequence[tuple[WorkOrder, Mapping[str, Any]]]  # orders with their requests


def for_supplier(visit: Visit, together: Together) -> dict[str, Any]:
    """The `visit` argument of `receive_visit`, and the field of an order. Each order is brought as well.

    `version` is what is said back by who answers for all of them. Without orders: it was taken apart.
    """
    return {
        "visit_id": visit.visit_id,
        "version": visit.version,
        "note": visit.note,
        "orders": [_order(order, for_executor(dict(request))) for order, request in together],
    }


def _order(order: WorkOrder, request: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "order_number": order.number,
        "order_id": order.work_order_id,
        "title": order.title,
        "location": request.get("location"),
    }


def lead_of(delivered: Sequence[WorkOrder]) -> WorkOrder | None:
    """With which order the word about a visit goes: the first that the supplier has."""
    return min(delivered, key=lambda order: order.number, default=None)
