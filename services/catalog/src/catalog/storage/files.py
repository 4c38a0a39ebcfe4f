"""Files that were uploaded to be looked at, and what became of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from catalog.storage.tables import brought_files as table

# Whoever looks at one for longer uploads it again.
KEPT = timedelta(days=2)


class Files:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(
        self, file_id: UUID, name: str, content: dict[str, Any], at: datetime, by: dict[str, Any]
    ) -> None:
        """What was kept long enough goes."""
        self._connection.execute(sa.delete(table).where(table.c.at < at - KEPT))
        self._connection.execute(
            sa.insert(table).values(file_id=file_id, name=name, content=content, at=at, by=by)
        )

    def find(self, file_id: UUID) -> Any:
        return self._connection.execute(sa.select(table).where(table.c.file_id == file_id)).first()

    def done(self, file_id: UUID, way: str, at: datetime, outcome: dict[str, Any]) -> None:
        """The content is not needed any more."""
        self._connection.execute(
            sa.update(table)
            .where(table.c.file_id == file_id)
            .values(way=way, done_at=at, outcome=outcome, content={})
        )
