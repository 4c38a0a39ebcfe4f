"""Places, saved in bulk by the organisation's own keys, with the path from the building down."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, insert

from intake.domain.locations import Node
from intake.domain.proposing.places import Candidate
from intake.storage import pages
from intake.storage.pages import Rows
from intake.storage.relation_tables import locations, people
from intake.storage.relations import root_of

LINE = sa.select(
    locations.c.location_id,
    locations.c.key,
    locations.c.name,
    locations.c.parent_key,
    locations.c.kind,
    locations.c.path,
)
_usual = sa.select(people.c.location_key).where(
    people.c.person_id == root_of(sa.bindparam("person_id", type_=sa.Uuid))
)
_said = sa.func.any(sa.bindparam("spellings", type_=ARRAY(sa.Text)))
MOST_ALIKE = 200
# Each condition reads an index of its own.
SPELLED = (
    sa.select(
        locations.c.location_id,
        locations.c.name,
        locations.c.path,
        locations.c.spelling,
        locations.c.spelling_of_rest.label("rest"),
        sa.func.coalesce(locations.c.key == _usual.scalar_subquery(), sa.false()).label("usual"),
    )
    .where(
        sa.or_(
            locations.c.spelling == _said,
            locations.c.spelling_of_rest == _said,
            locations.c.key == _usual.scalar_subquery(),
        )
    )
    .order_by(locations.c.path)
    .limit(MOST_ALIKE)
)
# Any fixed number: two who save the tree at once must not each compute paths without the other's nodes.
SAVING = 7_268_302_402


class Locations:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def tree_to_change(self) -> dict[str, dict[str, Any]]:
        """Every place by key. Others who save places wait until this transaction ends."""
        self._connection.execute(sa.select(sa.func.pg_advisory_xact_lock(SAVING)))
        return {row["key"]: dict(row) for row in self._connection.execute(LINE).mappings()}

    def save(self, rows: Sequence[dict[str, Any]]) -> None:
        """New and changed ones in one statement, so that a child may come before its parent."""
        if not rows:
            return
        new = insert(locations).values(list(rows))
        changed = {name: new.excluded[name] for name in ("name", "parent_key", "kind", "path")}
        self._connection.execute(new.on_conflict_do_update(index_elements=[locations.c.key], set_=changed))

    def named(self, names: Sequence[str]) -> Rows:
        """Those with one of these names or paths; names are not unique."""
        wanted = sa.or_(locations.c.name.in_(names), locations.c.path.in_(names))
        return self._connection.execute(LINE.where(wanted)).all()

    def spelled(self, spellings: Sequence[str], person_id: UUID | None) -> list[Candidate]:
        """Places with one of these spellings, and where this person usually is."""
        asked = {"spellings": list(spellings), "person_id": person_id}
        return [Candidate(**row._asdict()) for row in self._connection.execute(SPELLED, asked)]

    def by_key(self, key: str | None) -> Any:
        return self._connection.execute(LINE.where(locations.c.key == key)).first() if key else None

    def by_id(self, location_id: UUID) -> Any:
        return self._connection.execute(LINE.where(locations.c.location_id == location_id)).first()

    def lineage(self, key: str | None = None, location_id: UUID | None = None) -> list[str]:
        """The key of a place, of what it lies in, and so on up. Empty for a place that is not there."""
        start = locations.c.key == key if location_id is None else locations.c.location_id == location_id
        up = sa.select(locations.c.key, locations.c.parent_key).where(start).cte("up", recursive=True)
        above = sa.select(locations.c.key, locations.c.parent_key).where(locations.c.key == up.c.parent_key)
        return list(self._connection.scalars(sa.select(up.union(above).c.key)))

    def page(self, q: str | None, cursor: str | None, limit: int) -> tuple[Rows, str | None]:
        """By path, so that what lies in a place follows it. `q`: every word occurs somewhere in the path."""
        conditions = [locations.c.path.icontains(word, autoescape=True) for word in (q or "").split()]
        query = LINE.where(*conditions)
        return pages.page(self._connection, query, [locations.c.path, locations.c.location_id], cursor, limit)


def node(row: dict[str, Any]) -> Node:
    return Node(row["key"], row["name"], row["parent_key"], row["kind"])
