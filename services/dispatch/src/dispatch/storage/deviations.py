"""Deviations from the regular process: listed, and counted per product, kind and step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from dispatch.domain.confidence import ADDED, VEIL, VEILED_TITLE
from dispatch.domain.deviations import Deviation
from dispatch.storage.deviation_tables import deviations
from dispatch.storage.tables import processes

_d = deviations.c
_HEARD = processes.c.request["product"]
# What a request is about may be heard after the first deviation of it.
_PRODUCT_ID = sa.func.coalesce(_d.product_id, sa.cast(_HEARD["product_id"].astext, sa.Uuid))
_NAME = sa.func.coalesce(_d.product["name"], _HEARD["name"])
_VERSION = sa.cast(sa.func.coalesce(_d.product["version"].astext, _HEARD["version"].astext), sa.Integer)
_BOTH = deviations.outerjoin(
    processes, sa.and_(processes.c.request_id == _d.request_id, _d.product_id.is_(None))
)


@dataclass(frozen=True)
class Wanted:
    request_id: UUID | None = None
    product_id: UUID | None = None
    kind: str | None = None
    since: datetime | None = None
    before: datetime | None = None
    after: UUID | None = None  # keyset: the last identifier of the page before


class Deviations:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, deviation: Deviation) -> None:
        product = deviation.product or {}
        row = {
            **{name: getattr(deviation, name) for name in _PLAIN},
            "product_id": product.get("product_id"),
            "product": dict(product) or None,
            "by_kind": deviation.by.kind,
            "by_name": deviation.by.name,
            "details": dict(deviation.details),
        }
        self._connection.execute(sa.insert(deviations).values(row))

    def seal(self, request_id: UUID) -> None:
        """What was said of a request that is confidential now."""
        of_request = sa.update(deviations).where(_d.request_id == request_id)
        self._connection.execute(of_request.where(_d.cause.is_not(None)).values(cause=VEIL))
        added = of_request.where(_d.step.startswith(ADDED))
        self._connection.execute(added.values(title=VEILED_TITLE))

    def some(self, wanted: Wanted, limit: int) -> list[dict[str, Any]]:
        """The newest first. What belongs to no product deviates from no process, and is left out."""
        kept = (_d[name] for name in (*_PLAIN, "details", "by_kind", "by_name"))
        about = (
            _PRODUCT_ID.label("of_product"),
            _NAME.label("product_name"),
            _VERSION.label("product_version"),
        )
        statement = (
            sa.select(*kept, *about)
            .select_from(_BOTH)
            .where(*_conditions(wanted))
            .order_by(_d.deviation_id.desc())
            .limit(limit)
        )
        return [dict(row) for row in self._connection.execute(statement).mappings()]

    def counts(self, wanted: Wanted, most: int) -> list[dict[str, Any]]:
        """How often, and of how many requests, most often first."""
        count = sa.func.count().label("count")
        requests = sa.func.count(sa.distinct(_d.request_id)).label("requests")
        latest = (sa.func.array_agg(sa.text("deviations.title ORDER BY deviations.deviation_id DESC")))[1]
        name = (sa.func.array_agg(_NAME))[1]
        by = (_PRODUCT_ID, _d.kind, _d.step)
        statement = (
            sa.select(_PRODUCT_ID.label("product_id"), _d.kind, _d.step, count, requests)
            .add_columns(latest.label("title"), name.label("product_name"))
            .select_from(_BOTH)
            .where(*_conditions(wanted))
            .group_by(*by)
            .order_by(count.desc(), *by)
            .limit(most)
        )
        return [dict(row) for row in self._connection.execute(statement).mappings()]


_PLAIN = (
    *("deviation_id", "kind", "request_id", "reference", "cause", "at", "step", "title", "work_order_id"),
)


_COMPARED: Mapping[str, Callable[[Any], sa.ColumnElement[bool]]] = {
    "request_id": lambda value: _d.request_id == value,
    "product_id": lambda value: value == _PRODUCT_ID,
    "kind": lambda value: _d.kind == value,
    "since": lambda value: _d.at >= value,
    "before": lambda value: _d.at < value,
    "after": lambda value: _d.deviation_id < value,
}


def _conditions(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    given = {name: value for name, value in vars(wanted).items() if value is not None}
    return [_PRODUCT_ID.is_not(None), *(_COMPARED[name](value) for name, value in given.items())]
