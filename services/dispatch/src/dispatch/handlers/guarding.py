"""Looking whether providers said what they owe: they are reminded, and then the desk hears of it.

The moment to look stands in the order's row, so a process that dies, a second one, or a clock that jumps
makes no difference: what follows is carried out under the lock of the process, once, if it is still so.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from dispatch.domain import silence
from dispatch.domain.silence import Patience
from dispatch.domain.work_order_states import TABLE
from dispatch.domain.work_orders import NO_DETAILS
from dispatch.handlers.changing import carry_out
from dispatch.handlers.parties import PROCESS, author
from dispatch.storage.unit_of_work import DispatchWork

BATCH = 200


def look(work: DispatchWork, zone: str, most: int = BATCH) -> list[UUID]:
    """Those about which something is to be said now; when to look at the others is written down."""
    rows = work.silences.due(work.now, most)
    if not rows:
        return []
    own = work.silences.own_terms(sorted({row.provider_id for row in rows}))
    house, calendar = work.terms.get().values(), work.silences.calendar(zone)
    moments = {
        row.work_order_id: silence.due(
            row.silence, Patience.of(house, own.get(row.provider_id, {})), calendar, row.priority
        )
        for row in rows
    }
    work.silences.look_at({order: then for order, then in moments.items() if not _is_due(then, work.now)})
    return [order for order, then in moments.items() if _is_due(then, work.now)]


def speak_up(work: DispatchWork, work_order_id: UUID, zone: str) -> bool:
    """Remind the provider, or tell the desk. False when word came in the meantime."""
    process = work.processes.lock_of_order(work_order_id)
    order = work.orders.find(work_order_id) if process else None
    if order is None or order.silence is None:
        return False
    own = work.silences.own_terms([order.provider.provider_id]).get(order.provider.provider_id, {})
    patience = Patience.of(work.terms.get().values(), own)
    priority = (process.request or {}).get("priority") if process else None
    if not _is_due(silence.due(order.silence, patience, work.silences.calendar(zone), priority), work.now):
        return False
    action = silence.what_follows(order.silence, priority)
    if action not in TABLE[order.state]:
        return False
    carry_out(work, order, action, NO_DETAILS, author(work.actor), PROCESS)
    return True


def calendar_published(work: DispatchWork, fact: dict[str, Any]) -> None:
    row = {name: fact[name] for name in ("calendar_id", "name", "version")}
    if work.silences.keep_calendar({**row, "content": fact["calendar"]}):
        work.silences.look_again(work.now)


def _is_due(then: datetime | None, now: datetime) -> bool:
    return then is not None and then <= now
