"""What was charged: per cost centre and month, line by line, and of one request.

Who may read all charges does; else those of the cost centres that one holds, or stands in for. What is
confidential is an amount: no name, no product, no number.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from intake.domain.charges import NOBODYS
from intake.domain.requests import Request
from intake.storage.charges import Wanted
from intake.storage.unit_of_work import IntakeWork

READ = "charges.read"
View = dict[str, Any]
PLAIN = ("charge_id", "what", "reason", "amount_cents", "booked_at", "month", "first_month", "confidential")
TOTALS = ("amount_cents", "requests", "differences_cents")


def list_charges(
    work: IntakeWork, cursor: str | None, limit: int, first: str | None, last: str | None,
    cost_centre: str | None, unassigned: bool,
) -> View:  # fmt: skip
    """Line by line, newest first."""
    wanted = _wanted(work, first, last, cost_centre, unassigned)
    rows, following = work.charges.page(wanted, cursor, limit)
    return {"items": [_line(work, row) for row in rows], "next_cursor": following}


def list_charge_totals(
    work: IntakeWork, cursor: str | None, limit: int, first: str | None, last: str | None
) -> View:
    """By cost centre, of each its months. `total`: of all of them, whatever page this is."""
    wanted = _wanted(work, first, last, None, False)
    rows, following = work.charges.totals(wanted, cursor, limit)
    items = [
        {
            "cost_centre": _centre(row),
            "month": row.month,
            **{name: int(getattr(row, name)) for name in TOTALS},
        }
        for row in rows
    ]
    total = work.charges.total(wanted)
    return {
        "items": items,
        "next_cursor": following,
        "total": {name: int(getattr(total, name)) for name in TOTALS},
        "month": work.month,
        "holds": _holds(work),
    }


def of_request(work: IntakeWork, request: Request) -> list[View]:
    """What it comes to now, per cost centre and line; empty while nothing is charged."""
    if not request.charges:
        return []
    return [
        {
            "cost_centre": _centre(row),
            "what": row.what,
            "order_number": row.order_number or None,
            "amount_cents": int(row.amount_cents),
        }
        for row in work.charges.of_request(request.request_id)
    ]


def _wanted(
    work: IntakeWork, first: str | None, last: str | None, cost_centre: str | None, unassigned: bool
) -> Wanted:
    named = [NOBODYS] if unassigned else [cost_centre] if cost_centre else None
    if work.actor.can(READ):
        return Wanted(first, last, named)
    own = _own(work)
    return Wanted(first, last, own if named is None else [key for key in named if key in own])


def _own(work: IntakeWork) -> Sequence[str]:
    return work.budgets.held_by(work.own_ids) if work.own_ids else []


def _holds(work: IntakeWork) -> bool:
    """Whether there is anything for who asks to look at."""
    return work.actor.can(READ) or bool(_own(work))


def _line(work: IntakeWork, row: Any) -> View:
    view = {name: getattr(row, name) for name in PLAIN} | {"cost_centre": _centre(row)}
    if row.confidential:
        return view | dict.fromkeys(("request_id", "reference", "person", "product", "order_number"))
    return view | {
        "request_id": row.request_id,
        "reference": row.reference,
        "person": row.person,
        "product": _product(work, row.product_id, row.version),
        "order_number": row.order_number or None,
    }


def _product(work: IntakeWork, product_id: UUID, version: int) -> View:
    return {"product_id": product_id, "name": work.published.product(product_id, version).ref.name}


def _centre(row: Any) -> View | None:
    """Under the name that it has now."""
    if row.cost_centre == NOBODYS:
        return None
    return {"key": row.cost_centre, "name": row.cost_centre_name or row.cost_centre}
