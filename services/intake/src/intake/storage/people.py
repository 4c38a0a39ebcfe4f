"""One person, with all that the desk keeps of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from intake.storage import finding
from intake.storage.relation_tables import locations, people
from intake.storage.relations import LINE
from intake.storage.request_lists import OPEN
from intake.storage.tables import requests

_p, _r = people.c, requests.c
WHOLE = LINE.add_columns(
    _p.contacts,
    _p.contacts_version,
    _p.customer_id,
    _p.department_id,
    sa.select(locations.c.path).where(locations.c.key == _p.location_key).scalar_subquery().label("path"),
)


class People:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def whole(self, person_ids: Sequence[UUID]) -> dict[UUID, Any]:
        rows = self._connection.execute(WHOLE.where(_p.person_id.in_(person_ids)))
        return {row.person_id: row for row in rows}

    def same(self, person_id: UUID) -> list[UUID]:
        """The ids of all who are this person, the one that counts first. Empty: nobody."""
        own = sa.select(_p.root_id).where(_p.person_id == person_id).scalar_subquery()
        known = sa.select(_p.person_id).where(_p.root_id == own)
        first = (_p.person_id == _p.root_id).desc()
        return list(self._connection.scalars(known.order_by(first, _p.person_id)))

    def counts(self, person_ids: Sequence[UUID]) -> tuple[int, int]:
        """How many of their requests are open, and how many are closed."""
        counted = sa.select(
            sa.func.count().filter(OPEN), sa.func.count().filter(sa.not_(OPEN))
        ).where(_r.requester_id.in_(person_ids))  # fmt: skip
        still, done = self._connection.execute(counted).one()
        return still, done

    def next_promise(self, person_ids: Sequence[UUID]) -> Any:
        """The first that they wait for, of all their requests; None without any."""
        columns = (_r.request_id, _r.reference, _r.summary, _r.next_until, _r.next_what)
        coming = sa.select(*columns).where(_r.requester_id.in_(person_ids), _r.next_until.is_not(None))
        return self._connection.execute(coming.order_by(_r.next_until).limit(1)).first()

    def save_contacts(self, person_id: UUID, contacts: dict[str, Any], version: int) -> bool:
        """False when somebody else saved them since `version`."""
        saved = (
            sa.update(people)
            .where(_p.person_id == person_id, _p.contacts_version == version)
            .values(contacts=contacts, contacts_version=version + 1)
            .returning(_p.person_id)
        )
        if self._connection.scalar(saved) is None:
            return False
        finding.keep(self._connection, [person_id])
        return True
