"""Persons who are the same: who was merged into whom, and the undoing of it.

A merge changes no row but the pointer of who is merged: requests, contact moments, notes and seats keep the
id that they were given, and are read together with those of the others. So it can be undone whole, in any
order.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased

from intake.storage import pages
from intake.storage.pages import Rows
from intake.storage.relation_tables import budgets, contact_moments, merges, notes, people
from intake.storage.tables import requests

_p, _m, _r = people.c, merges.c, requests.c
# Any fixed number: merges and their undoing wait for each other, whoever they are about.
MERGING = 7_268_302_403
# Everybody under a person who was merged into them, and they themselves, are now of this root.
MOVE = sa.text("""
    WITH RECURSIVE under AS (
        SELECT person_id FROM people WHERE person_id = :person_id
        UNION ALL
        SELECT below.person_id FROM people AS below JOIN under ON below.merged_into = under.person_id
    )
    UPDATE people SET merged_root = nullif(:root_id, people.person_id), merge_version = merge_version + 1
    FROM under WHERE people.person_id = under.person_id
    RETURNING people.person_id, people.root_id, people.merge_version
""").bindparams(sa.bindparam("person_id", type_=sa.Uuid), sa.bindparam("root_id", type_=sa.Uuid))


class Merges:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def hold(self) -> None:
        """Until the end of the transaction nobody else merges or undoes."""
        self._connection.execute(sa.select(sa.func.pg_advisory_xact_lock(MERGING)))

    def parent_of(self, person_id: UUID) -> UUID | None:
        return self._connection.scalar(sa.select(_p.merged_into).where(_p.person_id == person_id))

    def root_of(self, person_id: UUID) -> UUID | None:
        """None for who is not known."""
        return self._connection.scalar(sa.select(_p.root_id).where(_p.person_id == person_id))

    def point(self, person_id: UUID, into_id: UUID | None, root_id: UUID) -> Rows:
        """Everybody for whom another counts now: person_id, root_id, merge_version."""
        pointed = sa.update(people).where(_p.person_id == person_id).values(merged_into=into_id)
        self._connection.execute(pointed)
        return self._connection.execute(MOVE, {"person_id": person_id, "root_id": root_id}).all()

    def add(self, merge: dict[str, Any]) -> None:
        self._connection.execute(insert(merges).values(merge))

    def find(self, merge_id: UUID) -> Any:
        return self._connection.execute(sa.select(merges).where(_m.merge_id == merge_id)).first()

    def undo(self, merge_id: UUID, at: Any, by: dict[str, Any]) -> None:
        undone = sa.update(merges).where(_m.merge_id == merge_id)
        self._connection.execute(undone.values(undone_at=at, undone_by=by))

    def of(self, person_ids: Sequence[UUID]) -> Rows:
        """Those that count now among these people, the oldest first."""
        standing = _named().where(_m.person_id.in_(person_ids), _m.undone_at.is_(None))
        return self._connection.execute(standing.order_by(_m.at, _m.merge_id)).all()

    def named(self, merge_id: UUID) -> Any:
        return self._connection.execute(_named().where(_m.merge_id == merge_id)).one()

    def page(self, cursor: str | None, limit: int) -> tuple[Rows, str | None]:
        keys = [_m.at, _m.merge_id]
        return pages.page(self._connection, _named(), keys, cursor, limit, descending=True)

    def counted(self, person_id: UUID) -> dict[str, int]:
        """What goes along when this person alone is merged."""
        own = _r.requester_id == person_id
        seats = sa.func.jsonb_path_exists(
            budgets.c.holders,
            sa.cast("$[*] ? (@.person_id == $who || @.stand_in_id == $who)", sa.dialects.postgresql.JSONPATH),
            sa.func.jsonb_build_object("who", str(person_id)),
        )
        counts = {
            "requests": _count(requests, own),
            "open": _count(requests, own, _r.state != "closed"),
            "going_along": _count(requests, own, _r.follows.is_not(None)),
            "contact_moments": _count(contact_moments, contact_moments.c.person_id == person_id),
            "notes": _count(notes, notes.c.person_id == person_id),
            "budgets": _count(budgets, seats),
            "approvals": _count(requests, _r.approver_ids.contains([person_id])),
        }
        columns = [query.label(name) for name, query in counts.items()]
        return dict(self._connection.execute(sa.select(*columns)).mappings().one())


def _count(table: sa.Table, *conditions: Any) -> sa.ScalarSelect[Any]:
    return sa.select(sa.func.count()).select_from(table).where(*conditions).scalar_subquery()


def _named() -> sa.Select[Any]:
    """With the names of both."""
    merged, into = aliased(people), aliased(people)
    return (
        sa.select(*_m, merged.c.name, merged.c.key, into.c.name.label("into_name"))
        .join(merged, merged.c.person_id == _m.person_id)
        .join(into, into.c.person_id == _m.into_id)
    )
