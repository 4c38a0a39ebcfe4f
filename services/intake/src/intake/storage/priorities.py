"""The organisation's matrix of priorities. Each time that it is set is kept."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from servicekit.errors import Stale

from intake.domain.priorities import CELLS, Cells, Matrix
from intake.storage.gathering_tables import priority_matrix as table

NEWEST = sa.select(table).order_by(table.c.version.desc()).limit(1)


class Priorities:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def matrix(self) -> Matrix:
        row = self._connection.execute(NEWEST).first()
        return Matrix(row.cells, row.version) if row else Matrix(CELLS)

    def history(self) -> dict[str, Any]:
        """Who set it last, and when; nobody yet: both None."""
        row = self._connection.execute(NEWEST).first()
        return {"at": row.at if row else None, "by": row.by if row else None}

    def set(self, cells: Cells, version: int, at: Any, by: Any) -> None:
        """`version` is what was looked at. Raises Stale when another was first."""
        rows = sa.select(sa.func.coalesce(sa.func.max(table.c.version), 0).label("known")).subquery()
        values = sa.select(
            sa.literal(version + 1), sa.literal(cells, table.c.cells.type), sa.literal(at, table.c.at.type),
            sa.literal(by, table.c.by.type),
        ).select_from(rows).where(rows.c.known == version)  # fmt: skip
        new = (
            sa.dialects.postgresql.insert(table)
            .from_select(["version", "cells", "at", "by"], values)
            .on_conflict_do_nothing()
            .returning(table.c.version)
        )
        if self._connection.execute(new).first() is None:
            raise Stale("stale", "Somebody else set the matrix. Look at it again.")
