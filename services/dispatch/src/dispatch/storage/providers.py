"""Providers in the database."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from dispatch.domain.providers import Kind, Means, Provider
from dispatch.storage.delivery_tables import supplier_access
from dispatch.storage.tables import provider_profiles, providers

COLUMNS = [column for column in providers.c if column.name != "updated_at"]


def to_provider(row: Any) -> Provider:
    return Provider(row.provider_id, row.slug, row.name, Kind(row.kind), Means(row.delivery), row.address)


# Statements are built once: under load, building them costs more than running them.
_BY_SLUGS = sa.select(*COLUMNS).where(providers.c.slug.in_(sa.bindparam("slugs", expanding=True)))
_BY_ADDRESS = sa.select(*COLUMNS).where(providers.c.address == sa.bindparam("wanted"))


_EMAILS = (
    sa.select(provider_profiles.c.emails, provider_profiles.c.language)
    .outerjoin(supplier_access, supplier_access.c.provider_id == provider_profiles.c.provider_id)
    .where(provider_profiles.c.provider_id == sa.bindparam("wanted"), supplier_access.c.revoked_at.is_(None))
)


class Providers:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def save(self, provider: Provider, now: Any) -> Provider:
        """Insert, or change the one with the same slug; answers it with the identifier that it has."""
        values = {
            "slug": provider.slug,
            "name": provider.name,
            "kind": provider.kind,
            "delivery": provider.delivery,
            "address": provider.address,
            "updated_at": now,
        }
        statement = (
            insert(providers)
            .values(provider_id=provider.provider_id, **values)
            .on_conflict_do_update(index_elements=[providers.c.slug], set_=values)
            .returning(*COLUMNS)
        )
        return to_provider(self._connection.execute(statement).one())

    def find(self, provider_id: UUID) -> Provider | None:
        return self._one(providers.c.provider_id == provider_id)

    def emails(self, provider_id: UUID) -> tuple[list[str], str]:
        """Where it hears of its orders, and in which language; nowhere of one whose access was revoked."""
        found = self._connection.execute(_EMAILS, {"wanted": provider_id}).first()
        return (list(found.emails), found.language) if found else ([], "nl")

    def by_slug(self, slug: str) -> Provider | None:
        return self._one(providers.c.slug == slug)

    def by_address(self, address: str) -> Provider | None:
        row = self._connection.execute(_BY_ADDRESS, {"wanted": address}).first()
        return to_provider(row) if row else None

    def by_slugs(self, slugs: Iterable[str]) -> dict[str, Provider]:
        rows = self._connection.execute(_BY_SLUGS, {"slugs": sorted(set(slugs))})
        return {row.slug: to_provider(row) for row in rows}

    def all(self) -> list[Provider]:
        return [
            to_provider(row)
            for row in self._connection.execute(sa.select(*COLUMNS).order_by(providers.c.name))
        ]

    def addresses(self) -> list[str]:
        """Of those that are called over the broker."""
        return list(
            self._connection.scalars(sa.select(providers.c.address).where(providers.c.delivery == Means.RPC))
        )

    def _one(self, condition: sa.ColumnElement[bool]) -> Provider | None:
        row = self._connection.execute(sa.select(*COLUMNS).where(condition)).first()
        return to_provider(row) if row else None
