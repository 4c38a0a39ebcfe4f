"""Queries for lists and screens: one statement per page, by key, without counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from dispatch.domain.appointments import PROPOSED
from dispatch.domain.deliveries import Delivery, DeliveryState
from dispatch.domain.supplier_access import Access
from dispatch.domain.work_order_states import State
from dispatch.domain.work_orders import WorkOrder
from dispatch.storage.deliveries import DELIVERY_COLUMNS, to_delivery
from dispatch.storage.delivery_tables import deliveries, supplier_access
from dispatch.storage.figures import COMPLETED, NOT_AT_ONCE
from dispatch.storage.tables import processes, work_orders
from dispatch.storage.work_orders import COLUMNS, JOINED, to_work_order


@dataclass(frozen=True)
class Row:
    """An order with what surrounds it. `request` is what executors may see of the customer's request."""

    order: WorkOrder
    delivery: Delivery
    reference: str
    request: dict[str, Any]


@dataclass(frozen=True)
class Filter:
    provider_id: UUID | None = None
    request_id: UUID | None = None
    state: str | None = None
    open: bool | None = None
    delivery: str | None = None
    number: str | None = None
    late: bool | None = None  # open, and past the end of its plan (or not)
    refused: bool | None = None  # at least once
    completed: bool | None = None  # reported done, whatever was found of it
    at_once: bool | None = None  # completed, and nothing had to be done over
    assignee: str | None = None  # the account of who of the team has it
    unassigned: bool | None = None  # nobody of the team has it (or somebody has)
    issued_from: datetime | None = None
    issued_before: datetime | None = None
    now: datetime | None = None  # for `late`
    awaiting_check: str | None = None  # done, and waits for the check of: desk, team_lead or customer
    oldest_first: bool | None = None  # else newest first
    after: UUID | None = None  # keyset: the last identifier of the page before


# Statements are built once: under load, building them costs more than running them.
_SELECT = sa.select(*COLUMNS, *DELIVERY_COLUMNS, processes.c.reference, processes.c.request).select_from(
    JOINED.join(processes, processes.c.request_id == work_orders.c.request_id).outerjoin(
        deliveries, deliveries.c.work_order_id == work_orders.c.work_order_id
    )
)
_ONE = _SELECT.where(work_orders.c.work_order_id == sa.bindparam("wanted"))
_SOME = _SELECT.where(work_orders.c.work_order_id.in_(sa.bindparam("wanted", expanding=True)))
_ACCESSES = sa.select(supplier_access).where(
    supplier_access.c.provider_id.in_(sa.bindparam("wanted", expanding=True))
)


class Reading:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def order(self, work_order_id: UUID) -> Row | None:
        row = self._connection.execute(_ONE, {"wanted": work_order_id}).first()
        return _to_row(row) if row else None

    def orders_by_id(self, work_order_ids: Sequence[UUID]) -> dict[UUID, Row]:
        if not work_order_ids:
            return {}
        rows = self._connection.execute(_SOME, {"wanted": list(work_order_ids)})
        return {row.work_order_id: _to_row(row) for row in rows}

    def accesses(self, provider_ids: Sequence[UUID]) -> dict[UUID, Access]:
        """By provider; those that were never let in are missing."""
        rows = self._connection.execute(_ACCESSES, {"wanted": list(provider_ids)})
        return {row.provider_id: Access(**row._mapping) for row in rows}

    def orders(self, wanted: Filter, limit: int) -> list[Row]:
        """By identifier, which is by age."""
        identifier = work_orders.c.work_order_id
        order = identifier.asc() if wanted.oldest_first else identifier.desc()
        statement = _SELECT.where(*_conditions(wanted)).order_by(order).limit(limit)
        return [_to_row(row) for row in self._connection.execute(statement)]

    def planned(self, provider_id: UUID, start: datetime, end: datetime, limit: int) -> list[Row]:
        """Open orders of a provider that are planned in this time, or have moments proposed in it."""
        table = work_orders.c
        until = sa.func.greatest(
            sa.func.coalesce(table.planned_until, table.planned_from), table.planned_from
        )
        window = sa.func.jsonb_array_elements(table.appointment["windows"]).table_valued("value").alias("w")
        moment = sa.cast(window.c.value, JSONB)
        proposed = sa.and_(
            table.appointment["state"].astext == PROPOSED,
            sa.exists(
                sa.select(1)
                .select_from(window)
                .where(
                    sa.cast(moment["from"].astext, sa.DateTime(timezone=True)) < end,
                    sa.cast(moment["until"].astext, sa.DateTime(timezone=True)) >= start,
                )
            ),
        )
        planned = sa.and_(table.planned_from < end, until >= start)
        mine = sa.and_(table.provider_id == provider_id, table.open)
        statement = _SELECT.where(mine, sa.or_(planned, proposed)).order_by(
            table.planned_from.nulls_last(), table.work_order_id
        )
        return [_to_row(row) for row in self._connection.execute(statement.limit(limit))]

    def to_plan(self, provider_id: UUID, states: Sequence[str], limit: int) -> list[Row]:
        """Open orders in these states without a moment, the oldest first."""
        table = work_orders.c
        mine = sa.and_(table.provider_id == provider_id, table.open, table.state.in_(states))
        asked = sa.func.coalesce(table.appointment["state"].astext == PROPOSED, sa.false())
        statement = _SELECT.where(mine, sa.not_(asked)).order_by(table.work_order_id).limit(limit)
        return [_to_row(row) for row in self._connection.execute(statement)]


def _conditions(wanted: Filter) -> list[sa.ColumnElement[bool]]:
    table = work_orders.c
    conditions: list[sa.ColumnElement[bool]] = []
    for column, value in ((table.provider_id, wanted.provider_id), (table.request_id, wanted.request_id)):
        if value is not None:
            conditions.append(column == value)
    if wanted.number is not None:
        conditions.append(table.number == wanted.number)
    if wanted.state is not None:
        conditions.append(table.state == wanted.state)
    if wanted.open is not None:
        conditions.append(table.open if wanted.open else sa.not_(table.open))
    if wanted.delivery is not None:
        # An order without a delivery has no row.
        known = sa.func.coalesce(deliveries.c.state, DeliveryState.NONE.value)
        failed = wanted.delivery == DeliveryState.FAILED
        conditions.append(deliveries.c.state == DeliveryState.FAILED if failed else known == wanted.delivery)
    if wanted.after is not None:
        passed = (
            table.work_order_id > wanted.after if wanted.oldest_first else table.work_order_id < wanted.after
        )
        conditions.append(passed)
    if wanted.awaiting_check is not None:
        conditions.append(_awaits(wanted.awaiting_check))
    return conditions + _counted(wanted)


def _awaits(checker: str) -> sa.ColumnElement[bool]:
    table = work_orders.c
    return sa.and_(
        table.state == State.TECHNICALLY_COMPLETE.value,
        table.check_required,
        sa.func.coalesce(table.check_by, "desk") == checker,
        table.replaced_by.is_(None),
        table.corrected_by.is_(None),
    )


def _counted(wanted: Filter) -> list[sa.ColumnElement[bool]]:
    """The lists behind the figures."""
    table = work_orders.c
    told: tuple[tuple[bool | None, sa.ColumnElement[bool]], ...] = (
        (wanted.refused, table.refused_at.is_not(None)),
        (wanted.completed, COMPLETED),
        (wanted.at_once, sa.and_(COMPLETED, sa.not_(NOT_AT_ONCE))),
    )
    conditions = [
        condition if value else sa.not_(condition) for value, condition in told if value is not None
    ]
    if wanted.assignee is not None:
        conditions.append(table.assignee["account_id"].astext == str(wanted.assignee))
    if wanted.unassigned is not None:
        conditions.append(table.assignee.is_(None) if wanted.unassigned else table.assignee.is_not(None))
    if wanted.late is not None:
        passed = sa.func.coalesce(table.planned_until < wanted.now, sa.false())
        conditions.append(sa.and_(table.open, passed if wanted.late else sa.not_(passed)))
    if wanted.issued_from is not None:
        conditions.append(table.issued_at >= wanted.issued_from)
    if wanted.issued_before is not None:
        conditions.append(table.issued_at < wanted.issued_before)
    return conditions


def _to_row(row: Any) -> Row:
    order = to_work_order(row)
    return Row(order, to_delivery(order.work_order_id, row), row.reference, row.request or {})
