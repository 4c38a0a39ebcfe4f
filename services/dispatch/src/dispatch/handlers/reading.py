"""Lists and single orders, as far as the caller may see them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from servicekit.errors import Invalid, NotFound

from dispatch.domain.confidence import is_sealed
from dispatch.handlers import facts, views
from dispatch.handlers.parties import own_provider
from dispatch.storage.reading import Filter, Row
from dispatch.storage.unit_of_work import DispatchWork
from servicekit import paging


def list_work_orders(work: DispatchWork, wanted: Filter, cursor: str | None, limit: int) -> dict[str, Any]:
    """Newest first, or oldest first. A team or supplier sees its own, whatever it asks for."""
    only = own_provider(work.actor)
    if only is not None:
        if wanted.provider_id not in (None, only):
            return {"items": [], "next_cursor": None}
        wanted = replace(wanted, provider_id=only)
    wanted = replace(wanted, now=work.now)
    if cursor:
        wanted = replace(wanted, after=_position(cursor))
    rows = work.reading.orders(wanted, limit + 1)
    more = len(rows) > limit
    rows = rows[:limit]
    next_cursor = paging.encode([rows[-1].order.work_order_id]) if more else None
    return {"items": [views.summary(row, work.actor) for row in rows], "next_cursor": next_cursor}


def get_work_order(work: DispatchWork, work_order_id: UUID) -> dict[str, Any]:
    row = work.reading.order(work_order_id)
    only = own_provider(work.actor)
    if row is None or (only is not None and row.order.provider.provider_id != only):
        raise NotFound("work_order_not_found", "There is no such work order.")
    _note_opening(work, row)
    history = work.orders.history(work_order_id)
    attempts = work.deliveries.attempts(work_order_id) if row.order.provider.is_called else []
    return views.full(row, work.actor, history, attempts)


def _note_opening(work: DispatchWork, row: Row) -> None:
    """Who reads the words of a confidential request here is shown where its readers look, in its dossier."""
    actor = work.actor
    if actor.kind == "service" or not is_sealed(row.request) or views.is_veiled(row, actor):
        return
    if work.openings.is_new(row.order.work_order_id, actor.id, work.now):
        facts.opened(work, row.order)


def _position(cursor: str) -> UUID:
    try:
        return UUID(paging.decode(cursor)[0])
    except (ValueError, IndexError, TypeError, AttributeError) as error:
        raise Invalid("invalid_cursor", "Use the cursor of an earlier answer.") from error
