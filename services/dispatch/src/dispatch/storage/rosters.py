"""Who a team has, and their hours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from dispatch.domain.conflicts import Span
from dispatch.domain.rosters import Person
from dispatch.domain.windows import Window
from dispatch.storage.people_tables import person_absences
from dispatch.storage.roster_tables import team_people
from dispatch.storage.tables import providers

_T = team_people.c
_AT = sa.bindparam("at", type_=sa.DateTime(timezone=True))
# For the statement that reads what providers can take on: how many a team has, and how many are absent.
PEOPLE = (
    sa.select(sa.func.count())
    .select_from(team_people)
    .where(_T.provider_id == providers.c.provider_id)
    .correlate(providers)
    .scalar_subquery()
)
AWAY = (
    sa.select(sa.func.count(sa.distinct(_T.account_id)))
    .select_from(team_people.join(person_absences, person_absences.c.account_id == _T.account_id))
    .where(
        _T.provider_id == providers.c.provider_id,
        person_absences.c.start <= _AT,
        person_absences.c.end > _AT,
    )
    .correlate(providers)
    .scalar_subquery()
)


class Rosters:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def of(self, provider_id: UUID) -> list[Person]:
        """By name."""
        query = sa.select(team_people).where(_T.provider_id == provider_id)
        return [_to_person(row) for row in self._connection.execute(query.order_by(_T.name, _T.account_id))]

    def lock(self, account_id: UUID) -> Person | None:
        query = sa.select(team_people).where(_T.account_id == account_id).with_for_update()
        row = self._connection.execute(query).first()
        return _to_person(row) if row else None

    def keep(self, provider_id: UUID, people: Mapping[UUID, str], at: datetime, by: str) -> None:
        """These are its people: who is new comes in without hours of their own, who left is gone."""
        gone = sa.delete(team_people).where(_T.provider_id == provider_id, _T.account_id.not_in(list(people)))
        self._connection.execute(gone)
        if not people:
            return
        rows = [
            {"account_id": who, "provider_id": provider_id, "name": name, "hours": [], "version": 0,
             "updated_at": at, "updated_by": by}
            for who, name in sorted(people.items(), key=lambda one: one[0].bytes)
        ]  # fmt: skip
        new = insert(team_people)
        moved = {name: new.excluded[name] for name in ("provider_id", "name")}
        self._connection.execute(new.on_conflict_do_update(index_elements=[_T.account_id], set_=moved), rows)

    def save(self, person: Person, at: datetime, by: str) -> None:
        change = sa.update(team_people).where(_T.account_id == person.account_id)
        hours = [window.as_dict() for window in person.hours]
        self._connection.execute(
            change.values(hours=hours, version=person.version, updated_at=at, updated_by=by)
        )

    def away(self, people: Iterable[UUID], start: datetime, end: datetime) -> dict[UUID, list[Span]]:
        """When each is absent in this time."""
        table = person_absences.c
        query = sa.select(table.account_id, table.start, table.end, table.name).where(
            table.account_id.in_(list(people)), table.start < end, table.end > start
        )
        found: dict[UUID, list[Span]] = {}
        for row in self._connection.execute(query):
            found.setdefault(row.account_id, []).append(Span(row.start, row.end, row.name))
        return found


def _to_person(row: Any) -> Person:
    hours = tuple(Window.from_dict(window) for window in row.hours)
    return Person(row.account_id, row.name, hours, row.version)
