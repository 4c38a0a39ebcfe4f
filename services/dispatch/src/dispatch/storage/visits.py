"""Visits and which orders they have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from dispatch.domain.visits import Visit
from dispatch.storage.providers import COLUMNS, to_provider
from dispatch.storage.tables import providers, visit_orders, visits, work_orders

_SELECT = sa.select(
    visits.c.visit_id, visits.c.made_at, visits.c.made_by, visits.c.note, visits.c.version, *COLUMNS
).select_from(visits.join(providers))
_ONE = _SELECT.where(visits.c.visit_id == sa.bindparam("wanted"))
# The rows of what leaves are taken away under the lock of the visit, so that of two who leave at the same
# time one sees that the other has gone.
_GROWN = (
    sa.update(visits)
    .where(visits.c.visit_id == sa.bindparam("wanted"))
    .values(version=visits.c.version + 1)
    .returning(visits.c.version)
)
# Somebody still has to do something with one of its orders.
_OPEN = _SELECT.where(
    sa.exists(
        sa.select(1)
        .select_from(visit_orders.join(work_orders))
        .where(visit_orders.c.visit_id == visits.c.visit_id, work_orders.c.open)
    )
).order_by(visits.c.visit_id.desc())


class Visits:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, visit: Visit, work_order_ids: Sequence[UUID]) -> None:
        row = {name: getattr(visit, name) for name in ("visit_id", "made_at", "made_by", "note")}
        self._connection.execute(sa.insert(visits), {**row, "provider_id": visit.provider.provider_id})
        self._connection.execute(
            sa.insert(visit_orders),
            [{"work_order_id": each, "visit_id": visit.visit_id} for each in work_order_ids],
        )

    def find(self, visit_id: UUID) -> Visit | None:
        row = self._connection.execute(_ONE, {"wanted": visit_id}).first()
        return _to_visit(row) if row else None

    def open(self, provider_id: UUID | None, most: int) -> list[Visit]:
        """Newest first."""
        wanted = _OPEN if provider_id is None else _OPEN.where(visits.c.provider_id == provider_id)
        return [_to_visit(row) for row in self._connection.execute(wanted.limit(most))]

    def orders(self, visit_ids: Sequence[UUID]) -> dict[UUID, list[UUID]]:
        """The orders of each visit, in the order in which they came to be."""
        rows = self._connection.execute(
            sa.select(visit_orders)
            .where(visit_orders.c.visit_id.in_(visit_ids))
            .order_by(visit_orders.c.work_order_id)
        )
        found: dict[UUID, list[UUID]] = {visit_id: [] for visit_id in visit_ids}
        for row in rows:
            found[row.visit_id].append(row.work_order_id)
        return found

    def of_orders(self, work_order_ids: Sequence[UUID]) -> dict[UUID, UUID]:
        """Which of these are in a visit, and in which."""
        wanted = sa.select(visit_orders).where(visit_orders.c.work_order_id.in_(work_order_ids))
        return {row.work_order_id: row.visit_id for row in self._connection.execute(wanted)}

    def join(self, visit_id: UUID, work_order_ids: Sequence[UUID]) -> None:
        self._connection.execute(
            sa.insert(visit_orders),
            [{"work_order_id": each, "visit_id": visit_id} for each in work_order_ids],
        )
        self._connection.execute(_GROWN, {"wanted": visit_id})

    def leave(self, work_order_ids: Sequence[UUID]) -> dict[UUID, list[UUID]]:
        """Which left, by their visit. One order alone is no visit: the last one leaves too."""
        gone = self._take_away(visit_orders.c.work_order_id.in_(work_order_ids))
        found: dict[UUID, list[UUID]] = {row.visit_id: [] for row in gone}
        for row in gone:
            found[row.visit_id].append(row.work_order_id)
        for visit_id in sorted(found):
            self._connection.execute(_GROWN, {"wanted": visit_id})
            found[visit_id] += self._leave_last(visit_id)
        return found

    def _leave_last(self, visit_id: UUID) -> list[UUID]:
        of_visit = visit_orders.c.visit_id == visit_id
        count = sa.select(sa.func.count()).where(of_visit).scalar_subquery()
        return [row.work_order_id for row in self._take_away(of_visit, count == 1)]

    def _take_away(self, *which: sa.ColumnElement[bool]) -> Sequence[Any]:
        gone = sa.delete(visit_orders).where(*which)
        columns = visit_orders.c.visit_id, visit_orders.c.work_order_id
        return self._connection.execute(gone.returning(*columns)).all()


def _to_visit(row: Any) -> Visit:
    return Visit(row.visit_id, to_provider(row), row.made_at, row.made_by, row.note, row.version)
