"""Contracts and calendars as rows, and a copy in memory: every fact needs them and they hardly change."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from servicekit.actor import Actor
from servicekit.worktime import Calendar
from sqlalchemy.dialects.postgresql import distinct_on

from monitoring.domain.agreements import Agreements, NamedCalendar
from monitoring.domain.contract import Contract
from monitoring.storage.tables import agreements, calendars, contracts

TRUSTED_SECONDS: Final = 5.0
"""For so long another replica's change may go unseen; the sweep then computes again what was outdated."""


@dataclass
class _Copy:
    agreements: Agreements
    checked: float


_copies: WeakKeyDictionary[sa.Engine, _Copy] = WeakKeyDictionary()


class AgreementStore:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def current(self, fresh: bool = False) -> Agreements:
        """From memory where that can be trusted; `fresh` looks whether something newer was saved."""
        copy = _copies.get(self._connection.engine)
        if copy and not fresh and time.monotonic() - copy.checked < TRUSTED_SECONDS:
            return copy.agreements
        generation = self._connection.scalars(sa.select(agreements.c.generation)).one()
        if copy is None or copy.agreements.generation != generation:
            copy = _Copy(self._read(generation), 0)
            _copies[self._connection.engine] = copy
        copy.checked = time.monotonic()
        return copy.agreements

    def lock(self) -> Agreements:
        """For whoever will save: waits until nobody else does."""
        query = sa.select(agreements.c.generation).with_for_update()
        return self._read(self._connection.scalars(query).one())

    def forget(self) -> None:
        """After a save was committed: read anew."""
        _copies.pop(self._connection.engine, None)

    def save_calendar(self, named: NamedCalendar, by: Actor) -> None:
        row = {
            "calendar_id": named.calendar_id,
            "version": named.version,
            "name": named.name,
            "definition": named.calendar.to_dict(),
            "published_at": named.published_at,
            "published_by": _who(by),
        }
        self._connection.execute(sa.insert(calendars).values(row))
        self._outdate()

    def save_contract(self, contract: Contract, at: datetime, by: Actor) -> None:
        row = {
            "contract_id": contract.contract_id,
            "version": contract.version,
            "name": contract.name,
            "content": contract.content(),
            "saved_at": at,
            "saved_by": _who(by),
        }
        self._connection.execute(sa.insert(contracts).values(row))
        self._outdate()

    def _outdate(self) -> None:
        """Whatever was computed until now must be computed again; the sweep does so."""
        self._connection.execute(sa.update(agreements).values(generation=agreements.c.generation + 1))

    def _read(self, generation: int) -> Agreements:
        return Agreements(
            generation,
            tuple(_contract(row) for row in self._latest(contracts, contracts.c.contract_id)),
            {row.name: _calendar(row) for row in self._latest(calendars, calendars.c.calendar_id)},
        )

    def _latest(self, table: sa.Table, key: sa.Column[UUID]) -> Iterable[Any]:
        query = sa.select(table).ext(distinct_on(key)).order_by(key, table.c.version.desc())
        return sorted(self._connection.execute(query), key=lambda row: str(row.name))


def _contract(row: Any) -> Contract:
    return Contract.of(row.contract_id, row.version, row.name, row.content)


def _calendar(row: Any) -> NamedCalendar:
    calendar = Calendar.from_dict(row.definition)
    return NamedCalendar(row.calendar_id, row.name, row.version, calendar, row.published_at)


def _who(actor: Actor) -> dict[str, str]:
    return {"kind": actor.kind, "id": actor.id, "name": actor.name}
