"""People, departments and customers: saved in bulk by the organisation's own keys, looked up as calls come
in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from servicekit.ids import new_id
from sqlalchemy.dialects.postgresql import insert

from intake.storage import finding, pages
from intake.storage.pages import Rows
from intake.storage.relation_tables import customers, departments, people, person_emails


def _name_of(table: sa.Table, condition: sa.ColumnElement[bool]) -> sa.Label[Any]:
    """Looked up for the rows of a page alone; a join would look it up for all that match."""
    return sa.select(table.c.name).where(condition).scalar_subquery().label(table.name[:-1])


LINE = sa.select(
    people.c.person_id,
    people.c.key,
    people.c.name,
    people.c.email,
    people.c.phones,
    people.c.language,
    _name_of(departments, departments.c.department_id == people.c.department_id),
    _name_of(customers, customers.c.customer_id == people.c.customer_id),
    people.c.location_key,
    people.c.personnel_number,
)
# What is kept here besides what the organisation's own list says.
KEPT = frozenset({"contacts", "contacts_version", "merged_into", "merged_root", "merge_version"})


def root_of(person_id: UUID | sa.BindParameter[UUID]) -> sa.ScalarSelect[Any]:
    """Who counts for this person."""
    own = people.alias("own")
    return sa.select(own.c.root_id).where(own.c.person_id == person_id).scalar_subquery()


class Relations:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def departments(self, names: Iterable[str]) -> dict[str, UUID]:
        """The ids of these departments, made where they were not known."""
        return self._named(departments, departments.c.department_id, names)

    def customers(self, names: Iterable[str]) -> dict[str, UUID]:
        return self._named(customers, customers.c.customer_id, names)

    def _named(self, table: sa.Table, id_column: sa.Column[UUID], names: Iterable[str]) -> dict[str, UUID]:
        wanted = sorted(set(names))
        if not wanted:
            return {}
        new = [{id_column.name: new_id(), "name": name} for name in wanted]
        self._connection.execute(insert(table).values(new).on_conflict_do_nothing())
        known = sa.select(table.c.name, id_column).where(table.c.name.in_(wanted))
        return {row.name: row[1] for row in self._connection.execute(known)}

    def has_customer(self, customer_id: UUID) -> bool:
        known = sa.select(customers.c.customer_id).where(customers.c.customer_id == customer_id)
        return self._connection.scalar(known) is not None

    def people_by_key(self, keys: Sequence[str]) -> dict[str, dict[str, Any]]:
        """What the organisation's list says of them."""
        columns = [each for each in people.c if each.computed is None and each.name not in KEPT]
        rows = self._connection.execute(sa.select(*columns).where(people.c.key.in_(keys))).mappings()
        return {row["key"]: dict(row) for row in rows}

    def save_people(self, rows: Sequence[dict[str, Any]]) -> None:
        """New ones and changed ones, with the numbers they can be found by."""
        if not rows:
            return
        new = insert(people).values(list(rows))
        changed = {name: new.excluded[name] for name in rows[0] if name not in ("person_id", "key")}
        self._connection.execute(new.on_conflict_do_update(index_elements=[people.c.key], set_=changed))
        finding.keep(self._connection, [row["person_id"] for row in rows])

    def imported_person(self, key: str, name: str) -> UUID:
        """A person of whom another system gave only a name; the same one for the same key."""
        new = insert(people).values(person_id=new_id(), key=key, name=name, phones=[], language="nl")
        same = new.on_conflict_do_update(index_elements=[people.c.key], set_={"name": new.excluded.name})
        return UUID(str(self._connection.scalar(same.returning(people.c.person_id))))

    def person_at(self, address: str) -> UUID | None:
        """With this mail address; of several the one that was known first."""
        wanted = sa.select(person_emails.c.person_id).where(person_emails.c.address == address.lower())
        return self._connection.scalar(wanted.order_by(person_emails.c.person_id).limit(1))

    def person_of_mail(self, address: str, name: str) -> UUID:
        """Somebody of whom a mail is all that is known; the same one for the same address."""
        who = {"key": f"mail:{address}"[:200], "name": name, "email": address, "phones": [], "language": "nl"}
        new = insert(people).values(person_id=new_id(), **who)
        same = new.on_conflict_do_update(index_elements=[people.c.key], set_={"email": new.excluded.email})
        person_id = UUID(str(self._connection.scalar(same.returning(people.c.person_id))))
        finding.keep(self._connection, [person_id])
        return person_id

    def person(self, person_id: UUID) -> Any:
        """Who counts for them, when they were merged."""
        return self._connection.execute(LINE.where(people.c.person_id == root_of(person_id))).first()

    def page(self, q: str | None, cursor: str | None, limit: int) -> tuple[Rows, str | None]:
        """By name. `q`: a telephone number in any spelling (its last digits will do), a mail address, a
        personnel number, or beginnings of words.
        """
        if not q or not q.strip():
            everybody = LINE.where(people.c.merged_root.is_(None))
            return pages.page(self._connection, everybody, [people.c.name, people.c.person_id], cursor, limit)
        fitting = finding.matching(q.strip()).c
        keys = [fitting.name, fitting.person_id]
        found, next_cursor = pages.page(self._connection, sa.select(*keys), keys, cursor, limit)  # type: ignore[arg-type]
        return self._lines([row.person_id for row in found]), next_cursor

    def _lines(self, person_ids: Sequence[UUID]) -> Rows:
        """In this order."""
        rows = self._connection.execute(LINE.where(people.c.person_id.in_(person_ids)))
        known = {row.person_id: row for row in rows}
        return [known[each] for each in person_ids]
