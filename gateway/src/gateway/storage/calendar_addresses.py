"""Whose calendar is at which secret address: one for each account."""

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

    def put(self, account_id: str, hashed: bytes) -> datetime:
        """In place of the one that was there. Answers when it was made."""
        values = {"address_hash": hashed, "made_at": sa.func.now()}
        statement = (
            insert(calendar_addresses)
            .values(account_id=UUID(account_id), **values)
            .on_conflict_do_update(index_elements=["account_id"], set_=values)
            .returning(_TABLE.made_at)
        )
        made_at: datetime = self._connection.execute(statement).scalar_one()
        return made_at

    def made_at(self, account_id: str) -> datetime | None:
        query = sa.select(_TABLE.made_at).where(_TABLE.account_id == UUID(account_id))
        return self._connection.scalar(query)

    def remove(self, account_id: str) -> None:
        self._connection.execute(sa.delete(calendar_addresses).where(_TABLE.account_id == UUID(account_id)))

    def holder_of(self, hashed: bytes) -> Actor | None:
        """As the account is now: with the team it has now, and None when it is closed."""
        query = (
            sa.select(accounts)
            .join_from(calendar_addresses, accounts)
            .where(_TABLE.address_hash == hashed, accounts.c.active)
        )
        row = self._connection.execute(query).mappings().first()
        return actor_from(row) if row else None
