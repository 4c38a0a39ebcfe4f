"""Clocks as rows: what the facts came to when they were last computed. For lists, not for truth."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from servicekit.errors import Invalid
from servicekit.storage.bulk import upsert

from monitoring.storage.tables import clocks
from servicekit import paging

END_OF_TIME: Final = datetime.max.replace(tzinfo=UTC, microsecond=0)
_KEY: Final = ("request_id", "clock")
_LISTED: Final = tuple(column for column in clocks.c if column.name != "sort_at")


class ClockRows:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def save(self, rows: list[dict[str, Any]]) -> None:
        """One statement for all clocks of any number of requests."""
        values = [{**row, "sort_at": row["due_at"] or END_OF_TIME} for row in rows]
        upsert(self._connection, clocks, values, _KEY)

    def remove(self, request_id: UUID, names: Collection[str]) -> None:
        """For clocks that have no term any more, because the request became of another kind."""
        if names:
            which = sa.and_(clocks.c.request_id == request_id, clocks.c.clock.in_(names))
            self._connection.execute(sa.delete(clocks).where(which))

    def page(
        self,
        *,
        state: str | None,
        breached: bool | None,
        due_before: datetime | None,
        clock: str | None,
        cursor: str | None,
        limit: int,
    ) -> dict[str, Any]:
        """By due time, the first due first; those that are paused come last."""
        query = sa.select(*_LISTED).order_by(clocks.c.sort_at, clocks.c.request_id, clocks.c.clock)
        for column, value in ((clocks.c.state, state), (clocks.c.clock, clock)):
            query = query.where(column == value) if value else query
        if breached is not None:
            query = query.where(clocks.c.breached_at.is_not(None) == breached)
        if due_before:
            query = query.where(clocks.c.sort_at < due_before)
        if cursor:
            query = query.where(_after(cursor))
        rows = [dict(row) for row in self._connection.execute(query.limit(limit + 1)).mappings()]
        more = rows[limit - 1] if len(rows) > limit else None
        return {"items": rows[:limit], "next_cursor": _cursor(more) if more else None}


def _cursor(row: dict[str, Any]) -> str:
    return paging.encode([row["due_at"] or END_OF_TIME, row["request_id"], row["clock"]])


def _after(cursor: str) -> sa.ColumnElement[bool]:
    position = paging.decode(cursor)
    try:
        at, request_id, clock = position
        last = (datetime.fromisoformat(at), UUID(request_id), str(clock))
    except (TypeError, ValueError, AttributeError) as error:
        raise Invalid("invalid_cursor", "Use the cursor of an earlier answer.") from error
    key = sa.tuple_(*(sa.literal(value) for value in last))
    return sa.tuple_(clocks.c.sort_at, clocks.c.request_id, clocks.c.clock) > key
