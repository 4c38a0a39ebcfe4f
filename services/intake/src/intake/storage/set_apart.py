"""Pairs of persons of whom somebody said that they are not one."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from intake.storage.pages import Rows
from intake.storage.relation_tables import not_doubles, people

_n = not_doubles.c
Pair = tuple[UUID, UUID]
MOST = 50


class SetApart:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, pair_id: UUID, pair: Pair, at: datetime, by: dict[str, Any]) -> None:
        """Once for each pair, whoever is named first; what was said before stands."""
        one, other = sorted(pair)
        row = {"pair_id": pair_id, "one_id": one, "other_id": other, "at": at, "by": by}
        self._connection.execute(insert(not_doubles).values(row).on_conflict_do_nothing())

    def of(self, pair: Pair) -> Any:
        one, other = sorted(pair)
        return self._connection.execute(_named().where(_n.one_id == one, _n.other_id == other)).one()

    def latest(self) -> Rows:
        return self._connection.execute(_named().order_by(_n.at.desc(), _n.pair_id).limit(MOST)).all()

    def pairs(self) -> set[Pair]:
        """All of them, by who counts for each now: who is merged later is still another."""
        one, other = people.alias("one"), people.alias("other")
        query = (
            sa.select(one.c.root_id, other.c.root_id)
            .join(not_doubles, _n.one_id == one.c.person_id)
            .join(other, other.c.person_id == _n.other_id)
        )
        return {_sorted(*row) for row in self._connection.execute(query)}

    def remove(self, pair_id: UUID) -> Any:
        """None when it is not there (any more)."""
        found = self._connection.execute(_named().where(_n.pair_id == pair_id)).first()
        self._connection.execute(sa.delete(not_doubles).where(_n.pair_id == pair_id))
        return found


def _sorted(one: UUID, other: UUID) -> Pair:
    return (one, other) if one < other else (other, one)


def _named() -> sa.Select[Any]:
    one, other = people.alias("one"), people.alias("other")
    return (
        sa.select(*_n, one.c.name.label("one_name"), other.c.name.label("other_name"))
        .join(one, one.c.person_id == _n.one_id)
        .join(other, other.c.person_id == _n.other_id)
    )
