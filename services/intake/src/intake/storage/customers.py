"""Customers as a whole: their departments, cost centres, people, places and contacts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from intake.domain.contacts import MOMENTS
from intake.domain.customers import InUse
from intake.storage import pages
from intake.storage.confidence import hidden_from, open_to
from intake.storage.pages import Rows
from intake.storage.relation_tables import budgets, contact_moments, customers, departments, locations, people
from intake.storage.relations import LINE
from intake.storage.request_lists import OPEN
from intake.storage.tables import requests, timeline

_c, _d, _b, _p, _r = customers.c, departments.c, budgets.c, people.c, requests.c
_t, _m = timeline.c, contact_moments.c
_counts = _p.merged_root.is_(None)
MOST_PLACES = 12


def _count(table: sa.Table, *conditions: sa.ColumnElement[bool]) -> sa.ScalarSelect[Any]:
    return sa.select(sa.func.count()).select_from(table).where(*conditions).scalar_subquery()


class Customers:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def page(
        self, ended: bool, q: str | None, reader_id: str | None, cursor: str | None, limit: int
    ) -> tuple[Rows, str | None]:
        """By name, with how many belong to it and how many of its requests are open, without what is
        confidential to this reader.
        """
        still = _c.ended_at.is_not(None) if ended else _c.ended_at.is_(None)
        words = [_c.name.icontains(word, autoescape=True) for word in (q or "").split()]
        query = sa.select(*_c, *_sizes(reader_id)).where(still, *words)
        return pages.page(self._connection, query, [_c.name, _c.customer_id], cursor, limit)

    def one(self, customer_id: UUID, reader_id: str | None) -> Any:
        query = sa.select(*_c, *_sizes(reader_id)).where(_c.customer_id == customer_id)
        return self._connection.execute(query).first()

    def hold(self, customer_id: UUID) -> Any:
        """Locked: nothing is added to it while it changes."""
        held = sa.select(customers).where(_c.customer_id == customer_id).with_for_update()
        return self._connection.execute(held).first()

    def named(self, name: str) -> UUID | None:
        return self._connection.scalar(
            sa.select(_c.customer_id).where(sa.func.lower(_c.name) == name.lower())
        )

    def add(self, customer_id: UUID, name: str) -> None:
        self._connection.execute(insert(customers).values(customer_id=customer_id, name=name))

    def change(self, customer_id: UUID, changes: Mapping[str, Any]) -> None:
        changed = sa.update(customers).where(_c.customer_id == customer_id)
        self._connection.execute(changed.values(**changes, version=_c.version + 1))

    def use(self, customer_id: UUID) -> InUse:
        counts = sa.select(
            _count(people, _p.customer_id == customer_id, _counts),
            _count(requests, _r.customer_id == customer_id, OPEN),
            _count(departments, _d.customer_id == customer_id, _d.ended_at.is_(None)),
        )
        return InUse(*self._connection.execute(counts).one())

    # --- departments ---

    def departments(self, customer_id: UUID) -> Rows:
        """With who pays for each, and how many work there."""
        working = _count(people, _p.department_id == _d.department_id, _counts).label("people")
        cost_centre = sa.select(_b.key).where(_b.budget_id == _d.budget_id).scalar_subquery()
        query = sa.select(*_d, working, cost_centre.label("cost_centre"))
        return self._connection.execute(query.where(_d.customer_id == customer_id).order_by(_d.name)).all()

    def department(self, department_id: UUID) -> Any:
        held = sa.select(departments).where(_d.department_id == department_id).with_for_update()
        return self._connection.execute(held).first()

    def department_named(self, name: str) -> UUID | None:
        wanted = sa.select(_d.department_id).where(sa.func.lower(_d.name) == name.lower())
        return self._connection.scalar(wanted)

    def add_department(self, row: dict[str, Any]) -> None:
        self._connection.execute(insert(departments).values(row))

    def change_department(self, department_id: UUID, changes: Mapping[str, Any]) -> None:
        changed = sa.update(departments).where(_d.department_id == department_id)
        self._connection.execute(changed.values(**changes, version=_d.version + 1))

    def department_use(self, department_id: UUID) -> InUse:
        there = sa.select(_p.person_id).where(_p.department_id == department_id)
        counts = sa.select(
            _count(people, _p.department_id == department_id, _counts),
            _count(requests, _r.requester_id.in_(there), OPEN),
            _count(departments, _d.parent_id == department_id, _d.ended_at.is_(None)),
        )
        return InUse(*self._connection.execute(counts).one())

    # --- what hangs on it ---

    def cost_centres(self, customer_id: UUID) -> Rows:
        wanted = sa.select(budgets).where(_b.customer_id == customer_id)
        return self._connection.execute(wanted.order_by(_b.key)).all()

    def cost_centre(self, customer_id: UUID, key: str) -> Any:
        """Its key is held, as by a department that is charged to it: it does not end meanwhile, and lists of
        the organisation go on.
        """
        columns = (_b.budget_id, _b.valid_from, _b.valid_until)
        wanted = sa.select(*columns).where(_b.key == key).with_for_update(read=True, key_share=True)
        mine = sa.or_(_b.customer_id == customer_id, _b.customer_id.is_(None))
        return self._connection.execute(wanted.where(mine)).first()

    def people(
        self, customer_id: UUID, department_id: UUID | None, cursor: str | None, limit: int
    ) -> tuple[Rows, str | None]:
        there = [_p.department_id == department_id] if department_id else []
        query = LINE.where(_p.customer_id == customer_id, _counts, *there)
        return pages.page(self._connection, query, [_p.name, _p.person_id], cursor, limit)

    def places(self, customer_id: UUID) -> Rows:
        """Where its people usually are, the fullest first."""
        count = sa.func.count().label("people")
        query = (
            sa.select(locations.c.location_id, locations.c.path, count)
            .join(people, _p.location_key == locations.c.key)
            .where(_p.customer_id == customer_id, _counts)
            .group_by(locations.c.location_id, locations.c.path)
            .order_by(count.desc(), locations.c.path)
        )
        return self._connection.execute(query.limit(MOST_PLACES)).all()

    def moments(self, customer_id: UUID, since: datetime, reader_id: str | None, most: int) -> Rows:
        """The newest contacts about its requests that came since, and what was noted of its people since;
        without what is confidential to this reader.
        """
        hidden = _m.request_id.in_(hidden_from(reader_id))
        on_timelines = (
            sa.select(_t.at, _t.type, _t.by, _t.data, sa.null().label("direction"), _r.channel,
                      sa.null().label("text"), _r.request_id, _r.reference, _r.summary, _r.notify,
                      _r.requester["name"].astext.label("person"), _r.requester_id.label("person_id"))
            .join(requests, _r.request_id == _t.request_id)
            .where(_r.customer_id == customer_id, _r.received_at > since, _t.type.in_(list(MOMENTS)))
            .where(open_to(reader_id))
        )  # fmt: skip
        noted = (
            sa.select(_m.at, sa.null(), _m.by, sa.null(), _m.direction, _m.channel, _m.text, _m.request_id,
                      sa.null(), sa.null(), sa.null(), _p.name, _p.person_id)
            .join(people, _p.person_id == _m.person_id)
            .where(_p.customer_id == customer_id, _m.at > since)
            .where(sa.or_(_m.request_id.is_(None), sa.not_(hidden)))
        )  # fmt: skip
        both = sa.union_all(on_timelines, noted).subquery("moments")
        return self._connection.execute(sa.select(both).order_by(both.c.at.desc()).limit(most)).all()

    def adopt(self, pairs: Sequence[tuple[UUID, UUID]]) -> None:
        """(department, customer): whose a department is that belonged to nobody yet."""
        for department_id, customer_id in pairs:
            same = sa.update(departments).where(_d.department_id == department_id, _d.customer_id.is_(None))
            self._connection.execute(same.values(customer_id=customer_id))

    def revive(self, customer_ids: Sequence[UUID], department_ids: Sequence[UUID]) -> None:
        """Who is named in the organisation's list has not ended."""
        for table, column, ids in (
            (customers, _c.customer_id, customer_ids), (departments, _d.department_id, department_ids)
        ):  # fmt: skip
            ended = sa.update(table).where(column.in_(ids), table.c.ended_at.is_not(None))
            self._connection.execute(ended.values(ended_at=None))


def _sizes(reader_id: str | None) -> list[sa.Label[Any]]:
    return [
        _count(people, _p.customer_id == _c.customer_id, _counts).label("people"),
        _count(requests, _r.customer_id == _c.customer_id, OPEN, open_to(reader_id)).label("open"),
    ]
