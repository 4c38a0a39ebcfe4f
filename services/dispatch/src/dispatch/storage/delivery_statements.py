"""The SQL of deliveries, built once: under load, building statements costs more than running them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from dispatch.domain.deliveries import DeliveryState
from dispatch.domain.providers import CALLED
from dispatch.storage.delivery_tables import deliveries, delivery_attempts
from dispatch.storage.tables import providers

DELIVERY_COLUMNS = [
    deliveries.c.state.label("delivery_state"),
    deliveries.c.errand,
    deliveries.c.generation,
    deliveries.c.attempts,
    deliveries.c.error,
    deliveries.c.due_at,
]
RECORDED = [column.name for column in delivery_attempts.c]

# Written out, so that the partial indexes serve whatever plan PostgreSQL keeps.
_PENDING: sa.ColumnElement[str] = sa.literal_column(f"'{DeliveryState.PENDING}'")
_NOW = sa.func.clock_timestamp()
_OF_ORDER = deliveries.c.work_order_id == sa.bindparam("of_order")

ADD = sa.insert(deliveries)
LOCK = sa.select(*DELIVERY_COLUMNS).where(_OF_ORDER).with_for_update()
CHANGE = sa.update(deliveries).where(_OF_ORDER)
TRY_AGAIN = CHANGE.values(due_at=_NOW + sa.bindparam("delay", type_=sa.Interval))
RECORD = insert(delivery_attempts).on_conflict_do_nothing()
ATTEMPTS = (
    sa.select(delivery_attempts)
    .where(delivery_attempts.c.work_order_id == sa.bindparam("of_order"))
    .order_by(delivery_attempts.c.generation, delivery_attempts.c.attempt)
)
SECONDS_TO_NEXT = sa.select(sa.func.extract("epoch", sa.func.min(deliveries.c.due_at) - _NOW)).where(
    deliveries.c.state == _PENDING
)


def _start_again() -> Any:
    statement = insert(deliveries)
    new = statement.excluded
    again = {
        "state": new.state,
        "errand": new.errand,
        "attempts": 0,
        "error": None,
        "generation": deliveries.c.generation + 1,
        "due_at": _NOW,
    }
    return statement.on_conflict_do_update(index_elements=[deliveries.c.work_order_id], set_=again)


def _claim() -> Any:
    """Per provider the oldest that nobody else is taking; of those the oldest; each gets one attempt more."""
    ours = deliveries.alias("ours")
    due = (
        sa.select(ours.c.work_order_id, ours.c.due_at)
        .where(ours.c.provider_id == providers.c.provider_id, ours.c.state == _PENDING)
        .where(ours.c.due_at <= _NOW)
        .order_by(ours.c.due_at)
        .limit(sa.bindparam("each", type_=sa.Integer))
        .with_for_update(skip_locked=True)
        .lateral("due")
    )
    busy = sa.bindparam("busy", expanding=True, type_=sa.Uuid)
    taken = (
        sa.select(due.c.work_order_id)
        .select_from(providers.join(due, sa.true()))
        .where(providers.c.delivery.in_(sorted(CALLED)), providers.c.provider_id.not_in(busy))
        .order_by(due.c.due_at)
        .limit(sa.bindparam("total", type_=sa.Integer))
        .cte("taken")
    )
    return (
        sa.update(deliveries)
        .where(deliveries.c.work_order_id == taken.c.work_order_id)
        .values(attempts=deliveries.c.attempts + 1, due_at=_NOW + sa.bindparam("lease", type_=sa.Interval))
        .returning(
            deliveries.c.work_order_id,
            deliveries.c.provider_id,
            deliveries.c.errand,
            deliveries.c.generation,
            deliveries.c.attempts,
        )
    )


START_AGAIN = _start_again()
CLAIM = _claim()
