"""Who may come in, in the database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from dispatch.domain.providers import Kind, Means, Provider
from dispatch.domain.supplier_access import Access
from dispatch.storage.delivery_tables import supplier_access as table
from dispatch.storage.providers import COLUMNS, to_provider
from dispatch.storage.tables import providers

_FIELDS = [column.name for column in table.c]

# One look for everything that is asked at each call of a supplier.
_BY_ADDRESS = (
    sa.select(table)
    .join_from(providers, table, providers.c.provider_id == table.c.provider_id)
    .where(providers.c.address == sa.bindparam("address"))
)
_OPEN = (
    sa.select(providers.c.address, table.c.password_hash)
    .join_from(providers, table, providers.c.provider_id == table.c.provider_id)
    .where(
        providers.c.delivery == Means.RPC,
        table.c.revoked_at.is_(None),
        table.c.suspended_at.is_(None),
        table.c.password_hash.is_not(None),
    )
)


class SupplierAccess:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def lock(self, provider_id: UUID) -> tuple[Provider, Access | None] | None:
        """A provider with its access, for changing it: two that decide about one supplier come one by one."""
        statement = sa.select(*COLUMNS).where(providers.c.provider_id == provider_id).with_for_update()
        row = self._connection.execute(statement).first()
        return (to_provider(row), self.get(provider_id)) if row else None

    def get(self, provider_id: UUID) -> Access | None:
        found = self._connection.execute(sa.select(table).where(table.c.provider_id == provider_id))
        row = found.mappings().first()
        return Access(**row) if row else None

    def of_address(self, address: str) -> Access | None:
        row = self._connection.execute(_BY_ADDRESS, {"address": address}).mappings().first()
        return Access(**row) if row else None

    def suppliers(self) -> list[tuple[Provider, Access | None]]:
        """All suppliers, by name."""
        statement = (
            sa.select(*COLUMNS, *(table.c[name].label(f"access_{name}") for name in _FIELDS))
            .join_from(providers, table, providers.c.provider_id == table.c.provider_id, isouter=True)
            .where(providers.c.kind == Kind.SUPPLIER)
            .order_by(providers.c.name)
        )
        rows = self._connection.execute(statement)
        return [(to_provider(row), _access(row._mapping)) for row in rows]

    def save(self, access: Access) -> None:
        values = asdict(access)
        statement = insert(table).values(**values)
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=[table.c.provider_id], set_=values)
        )

    def open_users(self) -> dict[str, str]:
        """The users that ought to be on the broker, with the hash of their password."""
        return {row.address: row.password_hash for row in self._connection.execute(_OPEN)}

    def seen(self, addresses: Iterable[str], now: datetime) -> None:
        """Note that these users said something just now."""
        of = sa.select(providers.c.provider_id).where(providers.c.address.in_(sorted(addresses)))
        self._connection.execute(sa.update(table).where(table.c.provider_id.in_(of)).values(seen_at=now))


def _access(row: sa.RowMapping) -> Access | None:
    if row["access_generation"] is None:
        return None
    return Access(**{name: row[f"access_{name}"] for name in _FIELDS})
