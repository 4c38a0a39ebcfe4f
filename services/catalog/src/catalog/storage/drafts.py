"""Drafts as rows, of products and of articles alike."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from catalog.domain.draft import Content, Draft, State


@dataclass(frozen=True)
class Kept(Generic[Content]):
    """A draft, and who changed it last."""

    draft: Draft[Content]
    changed_at: datetime
    changed_by: dict[str, Any]


class Drafts(Generic[Content]):
    def __init__(
        self, connection: sa.Connection, table: sa.Table, read: Callable[[Mapping[str, Any]], Content]
    ) -> None:
        """`table`: its first column is the id of what it is the draft of; `read`: its content."""
        self._connection, self._table, self._read = connection, table, read
        self._id: sa.Column[UUID] = table.columns[0]

    def find(self, item_id: UUID) -> Kept[Content] | None:
        query = sa.select(self._table).where(self._id == item_id)
        row = self._connection.execute(query).mappings().first()
        return self._kept(row) if row else None

    def among(self, item_ids: Collection[UUID]) -> frozenset[UUID]:
        """Those that have a draft."""
        query = sa.select(self._id).where(self._id.in_(item_ids))
        return frozenset(self._connection.scalars(query)) if item_ids else frozenset()

    def save(self, draft: Draft[Content], at: datetime, by: dict[str, Any]) -> Kept[Content]:
        self.save_all([draft], at, by)
        return Kept(draft, at, by)

    def save_all(self, drafts: Sequence[Draft[Content]], at: datetime, by: dict[str, Any]) -> None:
        """One statement, however many there are."""
        if not drafts:
            return
        changed: dict[str, Any] = {"changed_at": at, "changed_by": by}
        statement = insert(self._table).values([{**self._row(draft), **changed} for draft in drafts])
        kept = {
            each.name: statement.excluded[each.name] for each in self._table.columns if each is not self._id
        }
        self._connection.execute(statement.on_conflict_do_update(index_elements=[self._id], set_=kept))

    def _row(self, draft: Draft[Content]) -> dict[str, Any]:
        return {
            self._id.name: draft.item_id,
            "slug": draft.content.slug,
            "content": draft.content.to_dict(),
            "base_version": draft.base_version,
            "revision": draft.revision,
            "state": draft.state.value,
            "publish_at": draft.publish_at,
            "refused": draft.refused,
        }

    def remove(self, item_id: UUID) -> None:
        self._connection.execute(sa.delete(self._table).where(self._id == item_id))

    def due(self, now: datetime, limit: int) -> list[Kept[Content]]:
        """Those whose moment has come, the earliest first."""
        kept = self._table.c
        query = (
            sa.select(self._table)
            .where(kept.state == State.SCHEDULED.value, kept.publish_at <= now)
            .order_by(kept.publish_at, self._id)
            .limit(limit)
        )
        return [self._kept(row) for row in self._connection.execute(query).mappings()]

    def _kept(self, row: sa.RowMapping) -> Kept[Content]:
        draft = Draft(
            item_id=row[self._id.name],
            content=self._read(row["content"]),
            base_version=row["base_version"],
            revision=row["revision"],
            state=State(row["state"]),
            publish_at=row["publish_at"],
            refused=row["refused"],
        )
        return Kept(draft, row["changed_at"], row["changed_by"])
