"""Budgets: who pays for which departments, and who decides about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, insert

from intake.domain.approval import Approver, Budget, Rule
from intake.storage.pages import Rows
from intake.storage.relation_tables import budgets, customers, departments, people
from intake.storage.relations import root_of

_b = budgets.c
_still = departments.c.ended_at.is_(None)
_whose = sa.select(customers.c.name).where(customers.c.customer_id == _b.customer_id).scalar_subquery()
_paid_for = sa.func.array_agg(departments.c.name)
_charged = sa.select(sa.func.coalesce(_paid_for, sa.text("'{}'"))).where(
    departments.c.budget_id == _b.budget_id, _still
)
_WHOLE = sa.select(*budgets.c, _whose.label("customer"), _charged.scalar_subquery().label("departments"))
# A budget that was nobody's is that of the customer whose departments it pays for, when that is one.
WHOSE = sa.text("""
    UPDATE budgets SET customer_id = one.customer_id
    FROM (SELECT budget_id, min(customer_id::text)::uuid AS customer_id FROM departments
          WHERE customer_id IS NOT NULL GROUP BY budget_id HAVING count(DISTINCT customer_id) = 1) AS one
    WHERE one.budget_id = budgets.budget_id AND budgets.customer_id IS NULL
        AND budgets.budget_id = ANY(:budget_ids)
""").bindparams(sa.bindparam("budget_ids", type_=ARRAY(sa.Uuid)))


class Budgets:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def of_person(self, person_id: UUID) -> UUID | None:
        """The budget of the department where this person works."""
        wanted = (
            sa.select(departments.c.budget_id)
            .join(people, people.c.department_id == departments.c.department_id)
            .where(people.c.person_id == root_of(person_id))
        )
        return self._connection.scalar(wanted)

    def get(self, budget_id: UUID) -> Budget:
        """With its holders as they are known now; one who is not known any more has no seat."""
        row = self._connection.execute(sa.select(budgets).where(_b.budget_id == budget_id)).one()
        found = self.approvers([UUID(each) for seat in row.holders for each in seat.values() if each])
        pairs = [(found.get(seat["person_id"]), found.get(seat["stand_in_id"])) for seat in row.holders]
        seats = tuple((holder, stand_in) for holder, stand_in in pairs if holder)
        return Budget(row.key, row.name, row.threshold_cents, Rule(row.rule), seats)

    def held_by(self, person_ids: Sequence[UUID]) -> list[str]:
        """The keys of those that one of these holds, or stands in for; also of what has ended."""
        seat = sa.func.jsonb_array_elements(_b.holders).table_valued(sa.column("seat", JSONB))
        seat = seat.render_derived("held")
        ids = [str(each) for each in person_ids]
        sits = (seat.c.seat[name].astext.in_(ids) for name in ("person_id", "stand_in_id"))
        theirs = sa.select(sa.literal(1)).select_from(seat).where(sa.or_(*sits)).exists()
        return list(self._connection.scalars(sa.select(_b.key).where(theirs).order_by(_b.key)))

    def approvers(self, person_ids: Sequence[UUID]) -> dict[str, Approver]:
        """By the id that was given; who is asked is who counts for them."""
        given = people.alias("given")
        columns = (given.c.person_id.label("given_id"), people.c.person_id, people.c.name, people.c.email)
        query = sa.select(*columns, people.c.language).join(given, given.c.root_id == people.c.person_id)
        rows = self._connection.execute(query.where(given.c.person_id.in_(person_ids)))
        return {
            str(row.given_id): Approver(str(row.person_id), row.name, row.email, row.language) for row in rows
        }

    def by_key(self, keys: Sequence[str]) -> dict[str, dict[str, Any]]:
        """As a list of the organisation gives them."""
        columns = (_b.budget_id, _b.key, _b.name, _b.threshold_cents, _b.rule, _b.holders)
        rows = self._connection.execute(sa.select(*columns).where(_b.key.in_(keys))).mappings()
        return {row["key"]: dict(row) for row in rows}

    def save(self, rows: Sequence[dict[str, Any]], paid_for: Mapping[UUID, Sequence[UUID]]) -> None:
        """`paid_for`: by budget its departments, all of them."""
        if rows:
            new = insert(budgets).values(list(rows))
            given = {name: new.excluded[name] for name in rows[0] if name not in ("budget_id", "key")}
            changed = {**given, "version": _b.version + 1}
            self._connection.execute(new.on_conflict_do_update(index_elements=[_b.key], set_=changed))
        free = sa.update(departments).where(departments.c.budget_id.in_(list(paid_for)))
        self._connection.execute(free.values(budget_id=None))
        for budget_id, department_ids in paid_for.items():
            taken = sa.update(departments).where(departments.c.department_id.in_(department_ids))
            self._connection.execute(taken.values(budget_id=budget_id))
        self._connection.execute(WHOSE, {"budget_ids": list(paid_for)})
        self._go_on([budget_id for budget_id, department_ids in paid_for.items() if department_ids])

    def _go_on(self, budget_ids: Sequence[UUID]) -> None:
        """What the organisation's list says departments are charged to has not ended."""
        ended = sa.update(budgets).where(_b.budget_id.in_(budget_ids), _b.valid_until.is_not(None))
        self._connection.execute(ended.values(valid_until=None, version=_b.version + 1))

    def all(self) -> Rows:
        return self._connection.execute(_WHOLE.order_by(_b.key)).all()

    # --- one by one, as managers keep them ---

    def one(self, budget_id: UUID) -> Any:
        return self._connection.execute(_WHOLE.where(_b.budget_id == budget_id)).first()

    def hold(self, budget_id: UUID) -> Any:
        """Locked: no department is charged to it while it changes."""
        held = sa.select(budgets).where(_b.budget_id == budget_id).with_for_update()
        return self._connection.execute(held).first()

    def has_key(self, key: str) -> bool:
        known = sa.select(_b.budget_id).where(sa.func.lower(_b.key) == key.lower())
        return self._connection.scalar(known) is not None

    def add(self, row: Mapping[str, Any]) -> None:
        self._connection.execute(insert(budgets).values(**row))

    def change(self, budget_id: UUID, changes: Mapping[str, Any]) -> None:
        changed = sa.update(budgets).where(_b.budget_id == budget_id)
        self._connection.execute(changed.values(**changes, version=_b.version + 1))

    def charged_by(self, budget_id: UUID) -> Rows:
        """The departments that go on, with whose they are."""
        columns = (departments.c.name, departments.c.customer_id)
        wanted = sa.select(*columns).where(departments.c.budget_id == budget_id, _still)
        return self._connection.execute(wanted.order_by(departments.c.name)).all()
