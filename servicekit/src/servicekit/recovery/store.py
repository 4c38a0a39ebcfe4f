"""The table `failures`, in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from servicekit.storage.tables import failures

OPEN, REPLAYED, SET_ASIDE = "open", "replayed", "set_aside"
_SHOWN = tuple(column for column in failures.c if column.name not in ("body", "headers"))


class Failures:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def keep(self, row: dict[str, Any]) -> None:
        """A message that fails again after a replay is open again: one row per message."""
        changed = {name: row[name] for name in ("reason_type", "reason", "attempts", "failed_at", "headers")}
        statement = insert(failures).values(**row, state=OPEN)
        self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=[failures.c.message_id],
                set_={**changed, "state": OPEN, "times": failures.c.times + 1},
            )
        )

    def groups(self, state: str) -> list[dict[str, Any]]:
        """Causes with their counts, most frequent first."""
        columns = (failures.c.type, failures.c.reason_type, failures.c.reason)
        query = (
            sa.select(
                *columns,
                sa.func.count().label("count"),
                sa.func.min(failures.c.failed_at).label("first_at"),
                sa.func.max(failures.c.failed_at).label("last_at"),
            )
            .where(failures.c.state == state)
            .group_by(*columns)
            .order_by(sa.desc("count"))
            .limit(100)
        )
        return [dict(row) for row in self._connection.execute(query).mappings()]

    def page(self, state: str, before: tuple[datetime, UUID] | None, limit: int) -> list[dict[str, Any]]:
        """Newest first, without bodies."""
        query = sa.select(*_SHOWN).where(failures.c.state == state)
        if before is not None:
            query = query.where(sa.tuple_(failures.c.failed_at, failures.c.message_id) < sa.tuple_(*before))
        query = query.order_by(failures.c.failed_at.desc(), failures.c.message_id.desc()).limit(limit)
        return [dict(row) for row in self._connection.execute(query).mappings()]

    def one(self, message_id: UUID) -> dict[str, Any] | None:
        row = self._connection.execute(
            sa.select(failures).where(failures.c.message_id == message_id)
        ).mappings()
        found = row.first()
        return dict(found) if found else None

    def claim(self, message_ids: Sequence[UUID]) -> list[dict[str, Any]]:
        """The open ones among these, locked until the transaction ends; others work on others."""
        query = (
            sa.select(failures)
            .where(failures.c.message_id.in_(message_ids), failures.c.state == OPEN)
            .with_for_update(skip_locked=True)
        )
        return [dict(row) for row in self._connection.execute(query).mappings()]

    def open_of_cause(self, type_: str, reason_type: str, limit: int) -> list[UUID]:
        """Ids of open ones of a cause, oldest first."""
        query = (
            sa.select(failures.c.message_id)
            .where(failures.c.state == OPEN, failures.c.type == type_, failures.c.reason_type == reason_type)
            .order_by(failures.c.failed_at)
            .limit(limit)
        )
        return list(self._connection.scalars(query))

    def decide(self, message_ids: Sequence[UUID], state: str, by: str, note: str, at: datetime) -> None:
        self._connection.execute(
            sa.update(failures)
            .where(failures.c.message_id.in_(message_ids))
            .values(state=state, decided_by=by, note=note, decided_at=at)
        )
