"""Clocks as rows: what the facts came to when they were last computed. For lists, not for truth."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
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
_LISTED: Final = tuple(column for column in clocks.c if column.computed is None and column.name != "sort_at")
_is_open: Final = clocks.c.stopped_at.is_(None)
# How an open clock stands.
STANDINGS: Final[Mapping[str, sa.ColumnElement[bool]]] = {
    "late": sa.and_(clocks.c.state == sa.literal_column("'breached'"), _is_open),
    "near": sa.and_(clocks.c.state == "running", clocks.c.warned_at.is_not(None)),
    "fine": sa.and_(clocks.c.state == "running", clocks.c.warned_at.is_(None)),
    "paused": clocks.c.state == "paused",
}
# What a list may ask for: a condition per filter.
FILTERS: Final[Mapping[str, Callable[[Any], sa.ColumnElement[bool]]]] = {
    "state": lambda state: clocks.c.state == state,
    "clock": lambda clock: clocks.c.clock == sa.literal_column(f"'{clock}'"),
    "priority": lambda priority: clocks.c.priority == priority,
    "breached": lambda value: clocks.c.breached_at.is_not(None) == value,
    "due_before": lambda at: clocks.c.sort_at < at,
    "standing": lambda standing: STANDINGS[standing],
    "judged_from": lambda at: clocks.c.judged_at >= at,
    "judged_before": lambda at: clocks.c.judged_at < at,
    "stopped_from": lambda at: clocks.c.stopped_at >= at,
    "stopped_before": lambda at: clocks.c.stopped_at < at,
}


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

    def page(self, *, cursor: str | None, limit: int, **wanted: Any) -> dict[str, Any]:
        """By due time, the first due first; those that are paused come last. `wanted`: see FILTERS."""
        query = sa.select(*_LISTED).order_by(clocks.c.sort_at, clocks.c.request_id, clocks.c.clock)
        query = query.where(*(FILTERS[name](value) for name, value in wanted.items() if value is not None))
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
