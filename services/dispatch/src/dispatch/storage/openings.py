"""Which executor has opened which confidential order, so that each is told once an hour."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from dispatch.storage.tables import METADATA, MOMENT

openings = sa.Table(
    "openings",
    METADATA,
    sa.Column("work_order_id", sa.Uuid, sa.ForeignKey("work_orders.work_order_id"), primary_key=True),
    sa.Column("actor_id", sa.Text, primary_key=True),
    sa.Column("hour", MOMENT, primary_key=True),
)


class Openings:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def is_new(self, work_order_id: UUID, actor_id: str, at: datetime) -> bool:
        """Notes it; False when it was noted in this hour."""
        hour = at.replace(minute=0, second=0, microsecond=0)
        row = {"work_order_id": work_order_id, "actor_id": actor_id, "hour": hour}
        noted = insert(openings).values(row).on_conflict_do_nothing().returning(openings.c.hour)
        return self._connection.execute(noted).first() is not None
