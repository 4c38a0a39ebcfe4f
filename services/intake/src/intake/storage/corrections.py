"""Corrections and the causes that they may have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from servicekit.worktime.period import Period
from sqlalchemy.dialects.postgresql import insert

from intake.domain.corrections import FIRST_CAUSES, OPEN, Cause, Correction, Effect, State, What
from intake.domain.values import By
from intake.storage import pages
from intake.storage.confidence import hidden_from
from intake.storage.correction_tables import correction_causes, corrections
from intake.storage.mirror_tables import product_versions, products
from intake.storage.pages import Rows

_c = corrections.c
_COLUMNS = [column.name for column in _c]
_OPEN = sorted(OPEN)
# Neither taken back, nor taking another back.
STANDS = sa.and_(_c.undone_by.is_(None), _c.undoes.is_(None))
FIRST = [Cause(key, {"nl": dutch, "en": english}) for key, dutch, english in FIRST_CAUSES]
FILTERS: Mapping[str, Any] = {
    "request_id": lambda value: _c.request_id == value,
    "what": lambda value: _c.what == value,
    "cause": lambda value: _c.cause == value,
    "state": lambda value: _c.state == value,
    "open": lambda value: _c.state.in_(_OPEN) if value else _c.state.not_in(_OPEN),
    "product_id": lambda value: _c.product_id == value,
    "provider_id": lambda value: _c.provider["provider_id"].astext == str(value),
    "batch_id": lambda value: _c.batch_id == value,
    "stands": lambda value: STANDS if value else sa.not_(STANDS),
    "at_from": lambda value: _c.at >= value,
    "at_before": lambda value: _c.at < value,
}


class Corrections:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, correction: Correction) -> None:
        self._connection.execute(insert(corrections).values(_row(correction)))

    def save(self, correction: Correction) -> None:
        changed = {
            "state": correction.state,
            "answer": correction.answer,
            "updated_at": correction.updated_at,
            "undone_by": correction.undone_by,
        }
        mine = _c.correction_id == correction.correction_id
        self._connection.execute(sa.update(corrections).where(mine).values(changed))

    def find(self, correction_id: UUID) -> Correction | None:
        """The lock of its request is held by whoever wants to change it."""
        row = self._connection.execute(
            sa.select(corrections).where(_c.correction_id == correction_id)
        ).first()
        return _correction(row) if row else None

    def open_of(self, request_id: UUID) -> list[Correction]:
        """Those of which the end has not been heard yet."""
        wanted = sa.select(corrections).where(_c.request_id == request_id, _c.state.in_(_OPEN))
        return [_correction(row) for row in self._connection.execute(wanted.order_by(_c.at))]

    def of_request(self, request_id: UUID) -> list[Correction]:
        """Oldest first."""
        wanted = sa.select(corrections).where(_c.request_id == request_id)
        return [
            _correction(row) for row in self._connection.execute(wanted.order_by(_c.at, _c.correction_id))
        ]

    def of_batch(self, batch_id: UUID) -> dict[UUID, Correction]:
        rows = self._connection.execute(sa.select(corrections).where(_c.batch_id == batch_id))
        return {row.correction_id: _correction(row) for row in rows}

    def standing(self, request_ids: Iterable[UUID]) -> list[Correction]:
        """Those of these requests that were not taken back, oldest first."""
        wanted = sa.select(corrections).where(_c.request_id.in_(set(request_ids)), STANDS)
        rows = self._connection.execute(wanted.order_by(_c.at, _c.correction_id))
        return [_correction(row) for row in rows]

    def page(
        self, wanted: Mapping[str, Any], reader_id: str | None, cursor: str | None, limit: int
    ) -> tuple[list[Correction], str | None]:
        """Newest first, without those of what is confidential to this reader."""
        conditions = [FILTERS[name](value) for name, value in wanted.items() if value is not None]
        query = sa.select(corrections).where(*conditions, _c.request_id.not_in(hidden_from(reader_id)))
        found, following = pages.page(
            self._connection, query, [_c.at, _c.correction_id], cursor, limit, descending=True
        )
        return [_correction(row) for row in found], following

    # --- counting ------------------------------------------------------------------------------------------

    def counted(self, period: Period) -> dict[str, Rows]:
        """Of those made in the period: by cause, by what was wrong, by product, by provider; most first."""
        name = product_versions.c.content["name"]
        by = {
            "causes": [_c.cause.label("key")],
            "whats": [_c.what.label("key")],
            "products": [_c.product_id.label("key"), name.label("name")],
            "providers": [
                _c.provider["provider_id"].astext.label("key"),
                _c.provider["name"].astext.label("name"),
            ],
        }
        return {each: self._count(period, columns) for each, columns in by.items()}

    def _count(self, period: Period, columns: Sequence[Any]) -> Rows:
        joined = corrections.outerjoin(products, products.c.product_id == _c.product_id).outerjoin(
            product_versions,
            sa.and_(
                product_versions.c.product_id == products.c.product_id,
                product_versions.c.version == products.c.version,
            ),
        )
        how_many = sa.func.count().label("count")
        query = (
            sa.select(*columns, how_many)
            .select_from(joined)
            .where(_c.at >= period.start, _c.at < period.end, columns[0].is_not(None), STANDS)
            .group_by(*columns)
            .order_by(how_many.desc(), columns[0])
            .limit(50)
        )
        return self._connection.execute(query).all()

    # --- causes --------------------------------------------------------------------------------------------

    def causes(self) -> list[Cause]:
        """As the organisation has put them in order; those that are not used any more last."""
        listed = sa.select(correction_causes).order_by(
            correction_causes.c.active.desc(), correction_causes.c.position, correction_causes.c.key
        )
        rows = self._connection.execute(listed).all()
        return [Cause(row.key, row.name, row.active) for row in rows] or FIRST

    def has_cause(self, key: str) -> bool:
        return any(cause.key == key and cause.active for cause in self.causes())

    def save_causes(self, causes: Sequence[dict[str, Any]]) -> None:
        """All that may be chosen from now on, in this order. Others stay known, for what has them."""
        known = {cause.key: cause.name for cause in self.causes()}
        given = {cause["key"]: cause["name"] for cause in causes}
        rows = [
            {"key": key, "name": given.get(key) or known[key], "active": key in given, "position": place}
            for place, key in enumerate([*given, *(key for key in known if key not in given)])
        ]
        new = insert(correction_causes).values(rows)
        changed = {name: new.excluded[name] for name in ("name", "active", "position")}
        self._connection.execute(new.on_conflict_do_update(index_elements=["key"], set_=changed))


def _row(correction: Correction) -> dict[str, Any]:
    row = {name: getattr(correction, name) for name in _COLUMNS}
    return {**row, "by": {"kind": correction.by.kind, "name": correction.by.name}}


def _correction(row: Any) -> Correction:
    values = dict(row._mapping)
    order = values["work_order_id"]
    values |= {
        "what": What(row.what),
        "effect": Effect(row.effect),
        "state": State(row.state),
        "by": By(**row.by),
        "work_order_id": str(order) if order else None,
        "product_id": str(row.product_id) if row.product_id else None,
    }
    return Correction(**values)
