"""Who may know of which confidential request, as a condition; who reads those without readers of their own;
and who has opened one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from intake.domain.confidence import Reader
from intake.storage.relation_tables import people
from intake.storage.tables import AT, METADATA, requests

_r = requests.c
# A person that nobody is.
NOBODY = str(UUID(int=0))

confidants = sa.Table(
    "confidants",
    METADATA,
    sa.Column("person_id", sa.Uuid, sa.ForeignKey("people.person_id"), primary_key=True),
    sa.Column("position", sa.Integer, nullable=False),
)
# Who opened it, once an hour: a page that is open asks again and again.
openings = sa.Table(
    "openings",
    METADATA,
    sa.Column("request_id", sa.Uuid, sa.ForeignKey("requests.request_id"), primary_key=True),
    sa.Column("actor_id", sa.Text, primary_key=True),
    sa.Column("hour", AT, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("at", AT, nullable=False),
)


def open_to(*person_ids: str | None) -> sa.ColumnElement[bool]:
    """Not confidential, reported by this person, or one that names them as a reader. Several ids: of one
    person who was merged.
    """
    whose = [each or NOBODY for each in person_ids]
    named = (_r.readers.contains([{"person_id": each}]) for each in whose)
    return sa.or_(_r.sealed.is_(None), _r.requester_id.in_([UUID(each) for each in whose]), *named)


def hidden_from(person_id: str | None) -> sa.Select[Any]:
    """The ids of those that this person may not know of."""
    return sa.select(_r.request_id).where(_r.sealed.is_not(None), sa.not_(open_to(person_id)))


class Confidence:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def confidants(self) -> list[Reader]:
        """In the order in which they were named."""
        query = sa.select(people.c.person_id, people.c.name).join(
            confidants, confidants.c.person_id == people.c.person_id
        )
        found = self._connection.execute(query.order_by(confidants.c.position))
        return [Reader(str(row.person_id), row.name) for row in found]

    def save_confidants(self, person_ids: Sequence[UUID]) -> None:
        self._connection.execute(sa.delete(confidants))
        rows = [{"person_id": each, "position": place} for place, each in enumerate(person_ids)]
        if rows:
            self._connection.execute(sa.insert(confidants), rows)

    def people(self, person_ids: Sequence[UUID]) -> list[Reader]:
        """Those who are known, in this order."""
        query = sa.select(people.c.person_id, people.c.name).where(people.c.person_id.in_(person_ids))
        known = {row.person_id: row.name for row in self._connection.execute(query)}
        return [Reader(str(each), known[each]) for each in person_ids if each in known]

    def note_opening(self, request_id: UUID, actor_id: str, name: str, at: datetime) -> None:
        hour = at.replace(minute=0, second=0, microsecond=0)
        row = {"request_id": request_id, "actor_id": actor_id, "hour": hour, "name": name, "at": at}
        self._connection.execute(insert(openings).values(row).on_conflict_do_nothing())

    def openings(self, request_id: UUID, most: int) -> Sequence[Any]:
        """The last first."""
        query = sa.select(openings.c.name, openings.c.at).where(openings.c.request_id == request_id)
        return self._connection.execute(query.order_by(openings.c.at.desc()).limit(most)).all()
