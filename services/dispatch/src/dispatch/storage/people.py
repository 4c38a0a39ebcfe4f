"""People who turned out to be the same, as intake tells it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from dispatch.storage.people_tables import people_merged

_p = people_merged.c


class People:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def hear(self, people: Sequence[dict[str, Any]]) -> None:
        """Who counts for each of them now. What is older than what is known already is let go."""
        new = insert(people_merged).values(list(people))
        newer = {name: new.excluded[name] for name in ("surviving_id", "sequence")}
        later = new.excluded.sequence > _p.sequence
        saved = new.on_conflict_do_update(index_elements=[_p.person_id], set_=newer, where=later)
        self._connection.execute(saved)

    def same(self, person_id: UUID) -> set[UUID]:
        """All ids of this person, the given one among them."""
        counts = sa.select(_p.surviving_id).where(_p.person_id == person_id)
        root = sa.func.coalesce(counts.scalar_subquery(), person_id)
        others = sa.select(_p.person_id).where(_p.surviving_id == root)
        return {person_id, *self._connection.scalars(sa.union(others, sa.select(root)))}
