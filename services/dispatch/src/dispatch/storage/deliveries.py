"""Deliveries: what is due, who has claimed it, and what came of each attempt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from dispatch.domain.deliveries import Delivery, DeliveryState, Errand
from dispatch.storage import delivery_statements as sql
from dispatch.storage.delivery_statements import DELIVERY_COLUMNS

__all__ = ["DELIVERY_COLUMNS", "Attempt", "Claim", "Deliveries", "to_delivery"]


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
        rows = [_first(order, provider, Errand.ORDER) for order, provider in orders]
        if rows:
            self._connection.execute(sql.ADD, rows)

    def start_again(self, work_order_id: UUID, provider_id: UUID, errand: Errand) -> None:
        """A new errand, from attempt one, now. An attempt that is under way counts for the old one."""
        self._connection.execute(sql.START_AGAIN, _first(work_order_id, provider_id, errand))

    def lock(self, work_order_id: UUID) -> Delivery:
        """Locked, so that it cannot be claimed meanwhile; one that is claimed shows its attempt."""
        row = self._connection.execute(sql.LOCK, {"of_order": work_order_id}).first()
        return to_delivery(work_order_id, row) if row else Delivery(work_order_id)

    def claim(self, limit: int, per_provider: int, lease: timedelta, busy: Sequence[UUID]) -> list[Claim]:
        """Take what is due, oldest first; at most `per_provider` of one, so that a slow one leaves room.

        `busy` are providers to leave alone now. Others that claim at the same time skip these rows.
        """
        # No more of each than can be taken: what this statement looks at is locked for others meanwhile.
        wanted = {"total": limit, "each": min(limit, per_provider), "lease": lease, "busy": list(busy)}
        return [
            Claim(row.work_order_id, row.provider_id, Errand(row.errand), row.generation, row.attempts)
            for row in self._connection.execute(sql.CLAIM, wanted)
        ]

    def settle(self, work_order_id: UUID, state: DeliveryState, error: str | None = None) -> None:
        """It is delivered, given up, or (none) need not be brought any more."""
        self._connection.execute(sql.CHANGE, {"of_order": work_order_id, "state": state, "error": error})

    def try_again(self, work_order_id: UUID, delay: timedelta, error: str) -> None:
        values = {"of_order": work_order_id, "delay": delay, "error": error}
        self._connection.execute(sql.TRY_AGAIN, values)

    def record(self, attempt: Attempt) -> None:
        values = vars(attempt) | vars(attempt.claim)
        self._connection.execute(sql.RECORD, {name: values[name] for name in sql.RECORDED})

    def attempts(self, work_order_id: UUID) -> list[dict[str, Any]]:
        """Oldest first."""
        rows = self._connection.execute(sql.ATTEMPTS, {"of_order": work_order_id})
        return [dict(row._mapping) for row in rows]

    def seconds_to_next(self) -> float | None:
        """How long until something is due (claimed: until its lease is over); None: nothing is pending."""
        seconds = self._connection.scalar(sql.SECONDS_TO_NEXT)
        return None if seconds is None else max(0.0, float(seconds))


def _first(work_order_id: UUID, provider_id: UUID, errand: Errand) -> dict[str, Any]:
    return {
        "work_order_id": work_order_id,
        "provider_id": provider_id,
        "state": DeliveryState.PENDING,
        "errand": errand,
        "generation": 1,
        "attempts": 0,
    }
