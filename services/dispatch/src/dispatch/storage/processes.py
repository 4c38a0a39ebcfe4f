"""What dispatch knows of each request. Its row is the lock under which all about one request happens."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from dispatch.domain.processes import Process
from dispatch.storage.tables import processes, work_orders


class Processes:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def hear(self, request_id: UUID, reference: str) -> Process:
        """The locked process of a request; made when this is the first that is heard of it."""
        statement = (
            insert(processes)
            .values(request_id=request_id, reference=reference)
            # An update that changes nothing: it locks the row and answers it, in one statement.
            .on_conflict_do_update(index_elements=[processes.c.request_id], set_={"reference": reference})
            .returning(*processes.c)
        )
        return _to_process(self._connection.execute(statement).one())

    def lock(self, request_id: UUID) -> Process:
        """Raises sqlalchemy.exc.NoResultFound."""
        statement = sa.select(processes).where(processes.c.request_id == request_id).with_for_update()
        return _to_process(self._connection.execute(statement).one())

    def lock_of_order(self, condition: sa.ColumnElement[bool]) -> Process | None:
        """The locked process of the work order for which `condition` holds."""
        request_id = sa.select(work_orders.c.request_id).where(condition).scalar_subquery()
        statement = sa.select(processes).where(processes.c.request_id == request_id).with_for_update()
        row = self._connection.execute(statement).first()
        return _to_process(row) if row else None

    def save(self, process: Process) -> None:
        values = asdict(process)
        del values["request_id"]
        self._connection.execute(
            sa.update(processes).where(processes.c.request_id == process.request_id).values(values)
        )

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
