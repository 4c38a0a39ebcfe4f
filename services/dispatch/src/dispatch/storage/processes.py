"""What dispatch knows of each request. Its row is the lock under which all about one request happens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from dispatch.domain.processes import Process
from dispatch.storage.tables import processes, work_orders

_SAVED = [field.name for field in fields(Process) if field.name != "request_id"]

# Statements are built once: under load, building them costs more than running them.
_NEW = insert(processes)
# An update that changes nothing: it locks the row and answers it, in one statement.
_HEAR = _NEW.on_conflict_do_update(
    index_elements=[processes.c.request_id], set_={"reference": _NEW.excluded.reference}
).returning(*processes.c)
_SAVE = sa.update(processes).where(processes.c.request_id == sa.bindparam("of_request"))
_FIND = sa.select(processes).where(processes.c.request_id == sa.bindparam("of_request"))
_LOCK = sa.select(processes).where(processes.c.request_id == sa.bindparam("of_request")).with_for_update()


def _lock_by(column: sa.Column[Any]) -> sa.Select[Any]:
    request = sa.select(work_orders.c.request_id).where(column == sa.bindparam("wanted")).scalar_subquery()
    return sa.select(processes).where(processes.c.request_id == request).with_for_update()


_LOCK_BY_ORDER = _lock_by(work_orders.c.work_order_id)
_LOCK_BY_NUMBER = _lock_by(work_orders.c.number)


class Processes:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def hear(self, request_id: UUID, reference: str) -> Process:
        """The locked process of a request; made when this is the first that is heard of it."""
        values = {"request_id": request_id, "reference": reference}
        return _to_process(self._connection.execute(_HEAR, values).one())

    def find(self, request_id: UUID) -> Process | None:
        """Without the lock: for reading."""
        row = self._connection.execute(_FIND, {"of_request": request_id}).first()
        return _to_process(row) if row else None

    def lock(self, request_id: UUID) -> Process:
        """Raises sqlalchemy.exc.NoResultFound."""
        return _to_process(self._connection.execute(_LOCK, {"of_request": request_id}).one())

    def lock_of_order(self, order: UUID | str) -> Process | None:
        """The locked process of a work order, by its identifier or its number."""
        statement = _LOCK_BY_NUMBER if isinstance(order, str) else _LOCK_BY_ORDER
        row = self._connection.execute(statement, {"wanted": order}).first()
        return _to_process(row) if row else None

    def save(self, process: Process) -> None:
        values = {name: getattr(process, name) for name in _SAVED}
        self._connection.execute(_SAVE, {**values, "of_request": process.request_id})

    def waiting_for(self, product_id: UUID, version: int, limit: int) -> list[UUID]:
        """Requests that could not be planned without this version."""
        return self._waiting(
            sa.and_(processes.c.product_id == product_id, processes.c.product_version == version), limit
        )

    def waiting(self, limit: int) -> list[UUID]:
        """Requests that wait to be planned."""
        return self._waiting(sa.true(), limit)

    def waiting_untold(self, since: datetime, limit: int) -> list[UUID]:
        """Those that have waited from before `since` while the desk was not told."""
        return self._waiting(sa.and_(processes.c.waiting_since < since, ~processes.c.unplannable_told), limit)

    def waiting_for_reasons(self, reasons: Sequence[str], limit: int) -> list[UUID]:
        return self._waiting(processes.c.waiting_reason.in_(reasons), limit)

    def _waiting(self, condition: sa.ColumnElement[bool], limit: int) -> list[UUID]:
        statement = (
            sa.select(processes.c.request_id)
            .where(processes.c.waiting_since.is_not(None), condition)
            .order_by(processes.c.waiting_since)
            .limit(limit)
        )
        return list(self._connection.scalars(statement))


def _to_process(row: Any) -> Process:
    return Process(**row._mapping)
