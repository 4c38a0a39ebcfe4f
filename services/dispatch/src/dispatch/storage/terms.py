"""The terms of orders: one row, which is not there until somebody changes them."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from dispatch.domain.terms import Terms
from dispatch.storage.tables import order_terms

HOUSE = "house"
_FIND = sa.select(order_terms.c["values"], order_terms.c.version).where(order_terms.c.name == HOUSE)


class TermsOfOrders:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def get(self) -> Terms:
        row = self._connection.execute(_FIND).first()
        return Terms.from_values(row[0], row[1]) if row else Terms()

    def save(self, terms: Terms, before: int, at: datetime, by: str) -> bool:
        """False when they are not at the version `before` any more."""
        row = {"values": terms.values(), "version": terms.version, "updated_at": at, "updated_by": by}
        change = insert(order_terms).values(name=HOUSE, **row)
        if before:
            key, unchanged = [order_terms.c.name], order_terms.c.version == before
            change = change.on_conflict_do_update(index_elements=key, set_=row, where=unchanged)
        else:
            change = change.on_conflict_do_nothing()
        return self._connection.execute(change.returning(order_terms.c.version)).first() is not None
