"""Absences of the people of teams."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from dispatch.domain.absences import PersonAbsence, Reason
from dispatch.storage.people_tables import person_absences

_T = person_absences.c


class Absences:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, absence: PersonAbsence) -> None:
        self._connection.execute(
            sa.insert(person_absences), {**vars(absence), "reason": absence.reason.value}
        )

    def lock(self, absence_id: UUID) -> PersonAbsence | None:
        query = sa.select(person_absences).where(_T.absence_id == absence_id).with_for_update()
        return _to_absence(self._connection.execute(query).first())

    def lock_person(self, account_id: UUID) -> None:
        """So that of two absences that are entered at once the second sees the first."""
        key = account_id.int & 0x7FFF_FFFF_FFFF_FFFF
        self._connection.execute(sa.select(sa.func.pg_advisory_xact_lock(key)))

    def end(self, absence_id: UUID, at: datetime) -> None:
        """One that had not begun was never there."""
        mine = _T.absence_id == absence_id
        self._connection.execute(sa.delete(person_absences).where(mine, _T.start >= at))
        self._connection.execute(sa.update(person_absences).where(mine, _T.end > at).values(end=at))

    def returned(self, absence_id: UUID, at: datetime) -> None:
        change = sa.update(person_absences).where(_T.absence_id == absence_id).values(returned_at=at)
        self._connection.execute(change)

    def of_team(
        self, provider_id: UUID, start: datetime, end: datetime | None, most: int
    ) -> list[PersonAbsence]:
        """Those that touch the time from `start`, the earliest first."""
        query = sa.select(person_absences).where(_T.provider_id == provider_id, _T.end > start)
        if end is not None:
            query = query.where(_T.start < end)
        query = query.order_by(_T.start, _T.absence_id).limit(most)
        return [_sure(row) for row in self._connection.execute(query)]

    def of_person(self, account_id: UUID, start: datetime, end: datetime) -> PersonAbsence | None:
        """The first that touches this time."""
        query = (
            sa.select(person_absences)
            .where(_T.account_id == account_id, _T.start < end, _T.end > start)
            .order_by(_T.start)
            .limit(1)
        )
        return _to_absence(self._connection.execute(query).first())

    def begun(self, at: datetime, most: int) -> list[UUID]:
        """Of whom the orders did not go back yet."""
        query = (
            sa.select(_T.absence_id)
            .where(_T.start <= at, _T.end > at, _T.returned_at.is_(None))
            .order_by(_T.start)
            .limit(most)
        )
        return list(self._connection.execute(query).scalars())


def _to_absence(row: Any) -> PersonAbsence | None:
    return _sure(row) if row else None


def _sure(row: Any) -> PersonAbsence:
    return PersonAbsence(**{**row._mapping, "reason": Reason(row.reason)})
