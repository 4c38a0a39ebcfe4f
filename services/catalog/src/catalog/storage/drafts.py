"""Drafts as rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from catalog.domain.draft import Draft, State
from catalog.domain.product import ProductContent
from catalog.storage.tables import product_drafts


@dataclass(frozen=True)
class Kept:
    """A draft, and who changed it last."""

    draft: Draft
    changed_at: datetime
    changed_by: dict[str, Any]


class Drafts:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def find(self, product_id: UUID) -> Kept | None:
        query = sa.select(product_drafts).where(product_drafts.c.product_id == product_id)
        row = self._connection.execute(query).mappings().first()
        return _kept(row) if row else None

    def save(self, draft: Draft, at: datetime, by: dict[str, Any]) -> Kept:
        row: dict[str, Any] = {
            "slug": draft.content.slug,
            "content": draft.content.to_dict(),
            "base_version": draft.base_version,
            "revision": draft.revision,
            "state": draft.state.value,
            "publish_at": draft.publish_at,
            "refused": draft.refused,
            "changed_at": at,
            "changed_by": by,
        }
        statement = insert(product_drafts).values(product_id=draft.product_id, **row)
        key = [product_drafts.c.product_id]
        self._connection.execute(statement.on_conflict_do_update(index_elements=key, set_=row))
        return Kept(draft, at, by)

    def remove(self, product_id: UUID) -> None:
        self._connection.execute(sa.delete(product_drafts).where(product_drafts.c.product_id == product_id))

    def due(self, now: datetime, limit: int) -> list[Kept]:
        """Those whose moment has come, the earliest first."""
        query = (
            sa.select(product_drafts)
            .where(product_drafts.c.state == State.SCHEDULED.value, product_drafts.c.publish_at <= now)
            .order_by(product_drafts.c.publish_at, product_drafts.c.product_id)
            .limit(limit)
        )
        return [_kept(row) for row in self._connection.execute(query).mappings()]


def _kept(row: sa.RowMapping) -> Kept:
    draft = Draft(
        product_id=row["product_id"],
        content=ProductContent.of(row["content"]),
        base_version=row["base_version"],
        revision=row["revision"],
        state=State(row["state"]),
        publish_at=row["publish_at"],
        refused=row["refused"],
    )
    return Kept(draft, row["changed_at"], row["changed_by"])
