"""Whose calendar is at which secret address: for each account one of the team's work, and one of its own."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from servicekit.actor import Actor
from sqlalchemy.dialects.postgresql import insert

from gateway.storage.accounts import actor_from
from gateway.storage.tables import accounts, calendar_addresses

_TABLE = calendar_addresses.c


class CalendarAddresses:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def put(self, account_id: str, whose: str, hashed: bytes) -> datetime:
        """In place of the one that was there. Answers when it was made."""
        values = {"address_hash": hashed, "made_at": sa.func.now()}
        statement = (
            insert(calendar_addresses)
            .values(account_id=UUID(account_id), whose=whose, **values)
            .on_conflict_do_update(index_elements=["account_id", "whose"], set_=values)
            .returning(_TABLE.made_at)
        )
        made_at: datetime = self._connection.execute(statement).scalar_one()
        return made_at

    def made_at(self, account_id: str, whose: str) -> datetime | None:
        return self._connection.scalar(sa.select(_TABLE.made_at).where(*_one(account_id, whose)))

    def remove(self, account_id: str, whose: str) -> None:
        self._connection.execute(sa.delete(calendar_addresses).where(*_one(account_id, whose)))

    def holder_of(self, hashed: bytes) -> tuple[Actor, str] | None:
        """With whose work it is. The account as it is now, with its team of now; None when it is closed."""
        query = (
            sa.select(accounts, _TABLE.whose)
            .join_from(calendar_addresses, accounts)
            .where(_TABLE.address_hash == hashed, accounts.c.active)
        )
        row = self._connection.execute(query).mappings().first()
        return (actor_from(row), row["whose"]) if row else None


def _one(account_id: str, whose: str) -> tuple[sa.ColumnElement[bool], ...]:
    return _TABLE.account_id == UUID(account_id), _TABLE.whose == whose
