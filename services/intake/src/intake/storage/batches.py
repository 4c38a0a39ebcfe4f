"""Corrections of many at once, and what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from intake.domain.batches import CorrectionBatch, Item, State
from intake.domain.confidence import VEIL
from intake.storage import pages
from intake.storage.tables import AT, JSON, METADATA

table = sa.Table(
    "correction_batches",
    METADATA,
    sa.Column("batch_id", sa.Uuid, primary_key=True),
    sa.Column("at", AT, nullable=False),
    # On whose behalf, with what they may do: for what is left to be carried out later.
    sa.Column("actor", JSON, nullable=False),
    sa.Column("wish", JSON, nullable=False),
    # The caller's own, so that a repeat finds it.
    sa.Column("key", sa.Text, unique=True),
)
sa.Index("correction_batches_at", table.c.at, table.c.batch_id)

items = sa.Table(
    "correction_batch_items",
    METADATA,
    sa.Column("batch_id", sa.Uuid, sa.ForeignKey("correction_batches.batch_id"), primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True),
    sa.Column("request_id", sa.Uuid, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("work_order_id", sa.Uuid),
    sa.Column("reference", sa.Text),
    sa.Column("number", sa.Text),
    sa.Column("summary", sa.Text),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("correction_id", sa.Uuid),
    sa.Column("undone_by", sa.Uuid),
    sa.Column("problem", JSON),
)
_i = items.c
WAITING = _i.state == sa.literal_column("'waiting'")
sa.Index("correction_batch_items_waiting", _i.batch_id, postgresql_where=WAITING)
_NAMES = [column.name for column in _i if column.name != "batch_id"]


class Batches:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, batch: CorrectionBatch) -> bool:
        """False when there is one with its key already; then nothing was written."""
        names = ("batch_id", "at", "actor", "wish", "key")
        row = {name: getattr(batch, name) for name in names}
        new = insert(table).values(row).on_conflict_do_nothing(index_elements=["key"])
        if self._connection.execute(new.returning(table.c.batch_id)).first() is None:
            return False
        rows = [{"batch_id": batch.batch_id, **_row(item)} for item in batch.items]
        self._connection.execute(sa.insert(items), rows)
        return True

    def find(self, batch_id: UUID) -> CorrectionBatch | None:
        return self._one(table.c.batch_id == batch_id)

    def of_key(self, key: str) -> CorrectionBatch | None:
        return self._one(table.c.key == key)

    def lock_item(self, batch_id: UUID, position: int) -> Item | None:
        """Until the end of the transaction; None when another has it."""
        wanted = sa.select(items).where(_i.batch_id == batch_id, _i.position == position)
        row = self._connection.execute(wanted.with_for_update(skip_locked=True)).first()
        return _item(row) if row else None

    def seal(self, request_id: UUID) -> None:
        """The words that were kept with its items."""
        mine = sa.and_(_i.request_id == request_id, _i.summary.is_not(None))
        self._connection.execute(sa.update(items).where(mine).values(summary=VEIL))

    def save_item(self, batch_id: UUID, item: Item) -> None:
        mine = sa.and_(_i.batch_id == batch_id, _i.position == item.position)
        self._connection.execute(sa.update(items).where(mine).values(_row(item)))

    def left(self, before: datetime, most: int) -> list[tuple[UUID, int]]:
        """Items that wait, of what was asked for before that moment; the oldest first."""
        wanted = (
            sa.select(_i.batch_id, _i.position)
            .join(table, table.c.batch_id == _i.batch_id)
            .where(WAITING, table.c.at < before)
            .order_by(table.c.at, _i.position)
            .limit(most)
        )
        return [(row.batch_id, row.position) for row in self._connection.execute(wanted)]

    def page(self, cursor: str | None, limit: int) -> tuple[list[CorrectionBatch], str | None]:
        """The newest first."""
        keys = [table.c.at, table.c.batch_id]
        found, following = pages.page(
            self._connection, sa.select(table), keys, cursor, limit, descending=True
        )
        return self._whole(found), following

    def _one(self, which: sa.ColumnElement[bool]) -> CorrectionBatch | None:
        row = self._connection.execute(sa.select(table).where(which)).first()
        return self._whole([row])[0] if row else None

    def _whole(self, rows: Sequence[Any]) -> list[CorrectionBatch]:
        ids = [row.batch_id for row in rows]
        wanted = sa.select(items).where(_i.batch_id.in_(ids)).order_by(_i.batch_id, _i.position)
        lines: dict[UUID, list[Item]] = {each: [] for each in ids}
        for row in self._connection.execute(wanted):
            lines[row.batch_id].append(_item(row))
        return [CorrectionBatch(**row._mapping, items=lines[row.batch_id]) for row in rows]


def _row(item: Item) -> dict[str, Any]:
    return {name: getattr(item, name) for name in _NAMES}


def _item(row: Any) -> Item:
    given = {name: getattr(row, name) for name in _NAMES}
    return Item(**{**given, "state": State(row.state)})
