"""Deliveries: what is due, who has claimed it, and what came of each attempt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from dispatch.domain.deliveries import Delivery, DeliveryState, Errand
from dispatch.domain.providers import Means
from dispatch.storage.tables import deliveries, delivery_attempts, providers

DELIVERY_COLUMNS = [
    deliveries.c.state.label("delivery_state"),
    deliveries.c.errand,
    deliveries.c.generation,
    deliveries.c.attempts,
    deliveries.c.error,
    deliveries.c.due_at,
]


_CLAIMED = ("work_order_id", "provider_id", "errand", "generation", "attempts")


@dataclass(frozen=True)
class Claim:
    """One attempt that this process is about to make; no other will, until the lease is over."""

    work_order_id: UUID
    provider_id: UUID
    errand: Errand
    generation: int
    attempt: int


@dataclass(frozen=True)
class Attempt:
    """One line of a delivery's history."""

    claim: Claim
    at: datetime
    milliseconds: int
    outcome: str
    detail: str | None
    late: bool


def to_delivery(work_order_id: UUID, row: Any) -> Delivery:
    """From a row that has DELIVERY_COLUMNS; all null (an outer join) is 'none'."""
    if row.delivery_state is None:
        return Delivery(work_order_id)
    return Delivery(
        work_order_id,
        DeliveryState(row.delivery_state),
        Errand(row.errand),
        row.generation,
        row.attempts,
        row.error,
        row.due_at,
    )


class Deliveries:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, orders: Sequence[tuple[UUID, UUID]]) -> None:
        """Orders, as (work_order_id, provider_id), that may be brought from now on."""
        rows = [{"work_order_id": order, "provider_id": provider, **_first()} for order, provider in orders]
        if rows:
            self._connection.execute(sa.insert(deliveries), rows)

    def start_again(self, work_order_id: UUID, provider_id: UUID, errand: Errand) -> None:
        """A new errand, from attempt one, now. An attempt that is under way counts for the old one."""
        values = {"state": DeliveryState.PENDING, "errand": errand, "attempts": 0, "error": None}
        now = sa.func.clock_timestamp()
        statement = insert(deliveries).values(
            work_order_id=work_order_id, provider_id=provider_id, **_first() | {"errand": errand}
        )
        again = values | {"generation": deliveries.c.generation + 1, "due_at": now}
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=["work_order_id"], set_=again)
        )

    def lock(self, work_order_id: UUID) -> Delivery:
        """Locked, so that it cannot be claimed meanwhile; one that is claimed shows its attempt."""
        statement = sa.select(*DELIVERY_COLUMNS).where(deliveries.c.work_order_id == work_order_id)
        row = self._connection.execute(statement.with_for_update()).first()
        return to_delivery(work_order_id, row) if row else Delivery(work_order_id)

    def claim(self, limit: int, per_provider: int, lease: timedelta, busy: Sequence[UUID]) -> list[Claim]:
        """Take what is due, oldest first; at most `per_provider` of one, so that a slow one leaves room.

        `busy` are providers to leave alone now. Others that claim at the same time skip these rows.
        """
        ours = deliveries.alias("ours")
        due = (
            sa.select(ours.c.work_order_id, ours.c.due_at)
            .where(ours.c.provider_id == providers.c.provider_id, ours.c.state == DeliveryState.PENDING)
            .where(ours.c.due_at <= sa.func.clock_timestamp())
            .order_by(ours.c.due_at)
            .limit(min(limit, per_provider))  # no more than can be taken: these rows are locked for others
            .with_for_update(skip_locked=True)
            .lateral("due")
        )
        taken = (
            sa.select(due.c.work_order_id)
            .select_from(providers.join(due, sa.true()))
            .where(providers.c.delivery == Means.RPC, providers.c.provider_id.not_in(busy))
            .order_by(due.c.due_at)
            .limit(limit)
            .cte("taken")
        )
        statement = (
            sa.update(deliveries)
            .where(deliveries.c.work_order_id == taken.c.work_order_id)
            .values(attempts=deliveries.c.attempts + 1, due_at=sa.func.clock_timestamp() + lease)
            .returning(*(deliveries.c[name] for name in _CLAIMED))
        )
        return [
            Claim(row.work_order_id, row.provider_id, Errand(row.errand), row.generation, row.attempts)
            for row in self._connection.execute(statement)
        ]

    def settle(self, work_order_id: UUID, state: DeliveryState, error: str | None = None) -> None:
        """It is delivered, or given up."""
        self._change(work_order_id, {"state": state, "error": error})

    def try_again(self, work_order_id: UUID, delay: timedelta, error: str) -> None:
        self._change(work_order_id, {"error": error, "due_at": sa.func.clock_timestamp() + delay})

    def drop(self, work_order_id: UUID) -> None:
        """It need not be brought any more."""
        self._change(work_order_id, {"state": DeliveryState.NONE, "error": None})

    def record(self, attempt: Attempt) -> None:
        claim = attempt.claim
        statement = insert(delivery_attempts).values(
            work_order_id=claim.work_order_id,
            generation=claim.generation,
            attempt=claim.attempt,
            errand=claim.errand,
            at=attempt.at,
            milliseconds=attempt.milliseconds,
            outcome=attempt.outcome,
            detail=attempt.detail,
            late=attempt.late,
        )
        self._connection.execute(statement.on_conflict_do_nothing())

    def attempts(self, work_order_id: UUID) -> list[dict[str, Any]]:
        """Oldest first."""
        table = delivery_attempts
        statement = sa.select(table).where(table.c.work_order_id == work_order_id)
        rows = self._connection.execute(statement.order_by(table.c.generation, table.c.attempt))
        return [dict(row._mapping) for row in rows]

    def seconds_to_next(self) -> float | None:
        """How long until something is due (claimed: until its lease is over); None: nothing is pending."""
        wait = sa.func.extract("epoch", sa.func.min(deliveries.c.due_at) - sa.func.clock_timestamp())
        seconds = self._connection.scalar(sa.select(wait).where(deliveries.c.state == DeliveryState.PENDING))
        return None if seconds is None else max(0.0, float(seconds))

    def _change(self, work_order_id: UUID, values: dict[str, Any]) -> None:
        self._connection.execute(
            sa.update(deliveries).where(deliveries.c.work_order_id == work_order_id).values(values)
        )


def _first() -> dict[str, Any]:
    return {"state": DeliveryState.PENDING, "errand": Errand.ORDER, "generation": 1, "attempts": 0}
