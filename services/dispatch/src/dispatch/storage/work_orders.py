"""Work orders and their history in the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from dispatch.domain.work_order_states import State
from dispatch.domain.work_orders import Change, WorkOrder
from dispatch.storage.providers import COLUMNS as PROVIDER_COLUMNS
from dispatch.storage.providers import to_provider
from dispatch.storage.tables import history, providers, work_orders

_PLAIN = [field.name for field in fields(WorkOrder) if field.name not in ("provider", "state", "depends_on")]
COLUMNS = [*work_orders.c, *(column for column in PROVIDER_COLUMNS if column.name != "provider_id")]
JOINED = work_orders.join(providers)


def to_work_order(row: Any) -> WorkOrder:
    """From a row that has COLUMNS."""
    values = {name: getattr(row, name) for name in _PLAIN}
    return WorkOrder(
        provider=to_provider(row), state=State(row.state), depends_on=tuple(row.depends_on), **values
    )


class WorkOrders:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, orders: Sequence[WorkOrder]) -> None:
        if orders:
            self._connection.execute(sa.insert(work_orders), [_to_row(order) for order in orders])

    def find(self, condition: sa.ColumnElement[bool]) -> WorkOrder | None:
        row = self._connection.execute(sa.select(*COLUMNS).select_from(JOINED).where(condition)).first()
        return to_work_order(row) if row else None

    def of_request(self, request_id: UUID, round_: int | None = None) -> list[WorkOrder]:
        """Oldest first; of all rounds or one."""
        statement = (
            sa.select(*COLUMNS)
            .select_from(JOINED)
            .where(work_orders.c.request_id == request_id)
            .order_by(work_orders.c.round, sa.func.length(work_orders.c.number), work_orders.c.number)
        )
        if round_ is not None:
            statement = statement.where(work_orders.c.round == round_)
        return [to_work_order(row) for row in self._connection.execute(statement)]

    def record(self, change: Change) -> None:
        """The order as it is now, and the line of its history."""
        order = change.order
        values = _to_row(order)
        del values["work_order_id"]
        self._connection.execute(
            sa.update(work_orders).where(work_orders.c.work_order_id == order.work_order_id).values(values)
        )
        self._connection.execute(sa.insert(history).values(_to_history(change)))

    def history(self, work_order_id: UUID) -> list[dict[str, Any]]:
        """Oldest first."""
        statement = (
            sa.select(history).where(history.c.work_order_id == work_order_id).order_by(history.c.version)
        )
        return [dict(row._mapping) for row in self._connection.execute(statement)]


def _to_row(order: WorkOrder) -> dict[str, Any]:
    values = {name: getattr(order, name) for name in _PLAIN}
    return values | {
        "provider_id": order.provider.provider_id,
        "state": order.state,
        "open": order.is_open,
        "depends_on": list(order.depends_on),
    }


def _to_history(change: Change) -> dict[str, Any]:
    given = {name: value for name, value in asdict(change.details).items() if value is not None}
    return {
        "work_order_id": change.order.work_order_id,
        "version": change.order.version,
        "action": change.action,
        "state": change.order.state,
        "previous_state": change.previous_state,
        "at": change.at,
        "by_kind": change.by.kind,
        "by_name": change.by.name,
        "by_id": change.by.id,
        "offer": change.order.offer,
        "details": given,
    }
