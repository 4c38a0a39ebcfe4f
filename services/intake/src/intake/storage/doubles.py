"""Looking for persons who may be the same: by a number or address that they share, or a name alike."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from intake.domain.doubles import LEAST_DIGITS, MOST_SHARING, Known, spelled
from intake.storage import finding
from intake.storage.relation_tables import people, person_emails, person_phones

_p = people.c
_shared = ((person_phones, person_phones.c.digits_reversed), (person_emails, person_emails.c.address))
# How many with the same last name are looked at, and how many groups of a kind.
MOST_ALIKE, MOST_GROUPS = 300, 100


class Doubles:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def around(self, person_ids: Sequence[UUID], name: str) -> set[UUID]:
        """Whoever counts and shares a number, an address or a last name with these."""
        found: set[UUID] = set()
        for table, value in _shared:
            mark = table.alias()
            same = (
                sa.select(_p.root_id)
                .join(table, table.c.person_id == _p.person_id)
                .join(mark, mark.c[value.name] == value)
                .where(mark.c.person_id.in_(person_ids))
            )
            found |= set(self._connection.scalars(same.distinct().limit(MOST_ALIKE)))
        if words := spelled(name):
            alike = sa.select(_p.root_id).where(finding.words(words[-1])).limit(MOST_ALIKE)
            found |= set(self._connection.scalars(alike))
        return found - set(person_ids)

    def groups(self) -> list[list[UUID]]:
        """Those who share a number, an address or a name, and are not too many to be one person."""
        numbers, addresses = (
            sa.select(value.label("what"), _p.root_id).join(people, _p.person_id == table.c.person_id)
            for table, value in _shared
        )
        names = sa.select(sa.func.lower(_p.name).label("what"), _p.root_id).where(_p.merged_root.is_(None))
        long = numbers.where(sa.func.length(person_phones.c.digits_reversed) >= LEAST_DIGITS)
        return [group for query in (addresses, long, names) for group in self._sharing(query)]

    def _sharing(self, query: sa.Select[Any]) -> list[list[UUID]]:
        shared = query.subquery()
        roots = sa.func.array_agg(shared.c.root_id.distinct())
        grouped = (
            sa.select(roots)
            .group_by(shared.c.what)
            .having(sa.func.count(shared.c.root_id.distinct()).between(2, MOST_SHARING))
            .limit(MOST_GROUPS)
        )
        return [list(found) for found in self._connection.scalars(grouped)]

    def known(self, root_ids: Collection[UUID]) -> dict[UUID, Known]:
        """With all that those merged into them are found by."""
        marks = [
            sa.select(sa.func.coalesce(sa.func.array_agg(value), sa.text("'{}'")))
            .select_from(table.join(member, member.c.person_id == table.c.person_id))
            .where(member.c.root_id == _p.person_id)
            .scalar_subquery()
            for table, value in _shared
            for member in [people.alias()]
        ]
        query = sa.select(_p.person_id, _p.name, *marks).where(_p.person_id.in_(root_ids))
        return {
            row[0]: Known(str(row[0]), row[1], frozenset(row[2]), frozenset(row[3]))
            for row in self._connection.execute(query)
        }
