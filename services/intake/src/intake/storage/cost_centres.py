"""Cost centres that a person may charge, and the colleagues whom they may report for.

Both follow from the customer on whose account a person reports. Without a customer it is the organisation's
own people: those with a department, so nobody of whom a mail is all that is known.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from intake.storage import finding
from intake.storage.pages import Rows
from intake.storage.relation_tables import budgets, departments, people
from intake.storage.relations import LINE, root_of

_b, _p = budgets.c, people.c
COLLEAGUES = 6


class CostCentres:
    def __init__(self, connection: sa.Connection, today: date) -> None:
        self._connection = connection
        self._valid = sa.and_(
            sa.func.coalesce(_b.valid_from, today) <= today, sa.func.coalesce(_b.valid_until, today) >= today
        )

    def by_key(self, key: str, valid: bool = False) -> Any:
        """{budget_id, key, name}; None when there is none. `valid`: and may be charged today."""
        known = sa.select(_b.budget_id, _b.key, _b.name).where(_b.key == key)
        return self._connection.execute(known.where(self._valid) if valid else known).first()

    def all(self) -> Rows:
        """That may be charged today."""
        valid = sa.select(_b.key, _b.name).where(self._valid)
        return self._connection.execute(valid.order_by(_b.key)).all()

    def of_customer_of(self, person_id: UUID, key: str | None = None) -> Rows:
        """Those of the same customer, and those of nobody's that pay for one of its departments; that may be
        charged today. With `key` that one alone.
        """
        own = people.alias("charging")
        customer = sa.select(own.c.customer_id).where(own.c.person_id == root_of(person_id)).scalar_subquery()
        there = (
            sa.select(departments.c.department_id)
            .join(people, _p.department_id == departments.c.department_id)
            .where(departments.c.budget_id == _b.budget_id, *_same_customer(person_id))
        )
        theirs = sa.or_(_b.customer_id == customer, sa.and_(_b.customer_id.is_(None), there.exists()))
        wanted = sa.select(_b.key, _b.name).where(theirs, self._valid).order_by(_b.key)
        return self._connection.execute(wanted if key is None else wanted.where(_b.key == key)).all()

    def default_of(self, person_id: UUID) -> Any:
        """{budget_id, key, name} of the department where this person works; None without one."""
        wanted = (
            sa.select(_b.budget_id, _b.key, _b.name)
            .join(departments, departments.c.budget_id == _b.budget_id)
            .join(people, _p.department_id == departments.c.department_id)
            .where(_p.person_id == root_of(person_id))
        )
        return self._connection.execute(wanted).first()

    def colleague(self, person_id: UUID, colleague_id: UUID) -> Any:
        """The colleague as known now; None for who is none."""
        wanted = LINE.where(_p.person_id == root_of(colleague_id), *_same_customer(person_id))
        return self._connection.execute(wanted).first()

    def colleagues(self, person_id: UUID, q: str) -> Rows:
        """By beginnings of words of their name, a few."""
        wanted = LINE.where(finding.words(q), *_same_customer(person_id), _p.merged_root.is_(None))
        return self._connection.execute(wanted.order_by(_p.name, _p.person_id).limit(COLLEAGUES)).all()


def _same_customer(person_id: UUID) -> tuple[sa.ColumnElement[bool], ...]:
    own = people.alias("asking")
    mine = sa.select(own.c.customer_id).where(own.c.person_id == root_of(person_id)).scalar_subquery()
    known = sa.select(own.c.person_id).where(own.c.person_id == root_of(person_id)).exists()
    one_of_us = sa.or_(_p.customer_id.is_not(None), _p.department_id.is_not(None))
    return (known, _p.customer_id.is_not_distinct_from(mine), one_of_us)
