"""Work orders and their history in the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
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

# Statements are built once: under load, building them costs more than running them.
_SELECT = sa.select(*COLUMNS).select_from(JOINED)
_BY_ID = _SELECT.where(work_orders.c.work_order_id == sa.bindparam("wanted"))
_BY_NUMBER = _SELECT.where(work_orders.c.number == sa.bindparam("wanted"))
_OF_REQUEST = _SELECT.where(work_orders.c.request_id == sa.bindparam("request")).order_by(
    work_orders.c.round, sa.func.length(work_orders.c.number), work_orders.c.number
)
_OF_ROUND = _OF_REQUEST.where(work_orders.c.round == sa.bindparam("of_round"))
_ADD = sa.insert(work_orders)
_SAVE = sa.update(work_orders).where(work_orders.c.work_order_id == sa.bindparam("of_order"))
_ADD_HISTORY = sa.insert(history)
_HISTORY = (
    sa.select(history).where(history.c.work_order_id == sa.bindparam("wanted")).order_by(history.c.version)
)


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
            self._connection.execute(_ADD, [_to_row(order) for order in orders])

    def find(self, order: UUID | str) -> WorkOrder | None:
        """By its identifier or its number."""
        statement = _BY_NUMBER if isinstance(order, str) else _BY_ID
        row = self._connection.execute(statement, {"wanted": order}).first()
        return to_work_order(row) if row else None

    def of_request(self, request_id: UUID, round_: int | None = None) -> list[WorkOrder]:
        """Oldest first; of all rounds or one."""
        statement = _OF_REQUEST if round_ is None else _OF_ROUND
        values = {"request": request_id} | ({} if round_ is None else {"of_round": round_})
        return [to_work_order(row) for row in self._connection.execute(statement, values)]

    def record(self, change: Change) -> None:
        """The order as it is now, and the line of its history."""
        values = _to_row(change.order)
        values["of_order"] = values.pop("work_order_id")
        self._connection.execute(_SAVE, values)
        self._connection.execute(_ADD_HISTORY, _to_history(change))

    def take_away(self, orders: Sequence[WorkOrder], correction_id: UUID) -> None:
        """Orders that are done: they stay as they are, and count for the process no more."""
        wanted = work_orders.c.work_order_id.in_([order.work_order_id for order in orders])
        self._connection.execute(sa.update(work_orders).where(wanted).values(corrected_by=correction_id))

    def history(self, work_order_id: UUID) -> list[dict[str, Any]]:
        """Oldest first."""
        return [dict(row._mapping) for row in self._connection.execute(_HISTORY, {"wanted": work_order_id})]


def _to_row(order: WorkOrder) -> dict[str, Any]:
    values = {name: getattr(order, name) for name in _PLAIN}
    return values | {
        "provider_id": order.provider.provider_id,
        "state": order.state,
        "open": order.is_open,
        "depends_on": list(order.depends_on),
    }


def _to_history(change: Change) -> dict[str, Any]:
    given = {name: value for name, value in vars(change.details).items() if value is not None}
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
