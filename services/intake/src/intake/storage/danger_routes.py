"""As which product danger without one is begun. Each time that it is set is kept."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from servicekit.errors import Stale
from sqlalchemy.dialects.postgresql import insert

from intake.domain.danger_route import DangerRoute
from intake.storage.gathering_tables import danger_routes as table

NEWEST = sa.select(table).order_by(table.c.version.desc()).limit(1)


class DangerRoutes:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def newest(self) -> DangerRoute:
        row = self._connection.execute(NEWEST).first()
        return DangerRoute(row.product_id, row.version, row.at, row.by) if row else DangerRoute()

    def set(self, product_id: UUID | None, version: int, at: Any, by: Any) -> None:
        """`version` is what was looked at. Raises Stale when another was first."""
        values = {"version": version + 1, "product_id": product_id, "at": at, "by": by}
        new = insert(table).values(values).on_conflict_do_nothing().returning(table.c.version)
        if version != self.newest().version or self._connection.execute(new).first() is None:
            raise Stale("stale", "Somebody else changed this meanwhile. Look at it again.")
