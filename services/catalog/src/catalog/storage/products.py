"""Products as rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, insert

from catalog.domain.product import Product, ProductContent
from catalog.storage import search
from catalog.storage.tables import product_versions, products

# Publishing is rare; one at a time spares us every race about slugs and version numbers.
PUBLISHING = 4_120_100_201


class Products:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def lock_for_publishing(self) -> None:
        """Waits (at most lock_timeout) until nobody else publishes; held until the end of the transaction."""
        self._connection.execute(sa.select(sa.func.pg_advisory_xact_lock(PUBLISHING)))

    def get(self, product_id: UUID) -> Product | None:
        query = sa.select(products).where(products.c.product_id == product_id)
        row = self._connection.execute(query).mappings().first()
        return _product(row) if row else None

    def by_slug(self, slugs: Iterable[str]) -> dict[str, Product]:
        query = sa.select(products).where(products.c.slug.in_(list(slugs)))
        return {row["slug"]: _product(row) for row in self._connection.execute(query).mappings()}

    def all(self) -> list[Product]:
        """Those that were ever published, by slug."""
        rows = self._connection.execute(sa.select(products).order_by(products.c.slug)).mappings()
        return [_product(row) for row in rows]

    def by_id(self, product_ids: Iterable[UUID]) -> dict[UUID, Product]:
        query = sa.select(products).where(products.c.product_id.in_(list(product_ids)))
        return {row["product_id"]: _product(row) for row in self._connection.execute(query).mappings()}

    def existing(self, product_ids: Iterable[UUID]) -> frozenset[str]:
        query = sa.select(products.c.product_id).where(products.c.product_id.in_(list(product_ids)))
        return frozenset(str(found) for found in self._connection.scalars(query))

    def version(self, product_id: UUID, version: int) -> sa.RowMapping | None:
        query = sa.select(product_versions.c.content, product_versions.c.published_at).where(
            product_versions.c.product_id == product_id, product_versions.c.version == version
        )
        return self._connection.execute(query).mappings().first()

    def page(
        self,
        *,
        category: str | None,
        kind: str | None,
        slug: str | None,
        withdrawn: bool,
        offered_to: dict[str, Any] | None,
        **page: Any,
    ) -> search.Page:
        """`page` is what search.page takes: q, match, cursor, limit. `offered_to`: only what is for somebody
        of this `department` or `customer`, at the place with these keys (`places`).
        """
        query = sa.select(products).where(products.c.withdrawn_at.is_(None) != withdrawn)
        if slug:
            query = query.where(products.c.slug == slug)
        if kind:
            query = query.where(products.c.content["kind"].astext == kind)
        if category:
            names = (products.c.content[("category", language)].astext for language in ("nl", "en"))
            query = query.where(sa.or_(*(sa.func.lower(name) == category.lower() for name in names)))
        if offered_to is not None:
            query = query.where(_is_for_group(offered_to), _is_for("locations", offered_to["places"]))
        return search.page(self._connection, query, products, **page)

    def save_new_versions(self, changed: Iterable[Product], by: dict[str, Any]) -> None:
        """Write products whose `publish` made a new version. Two statements, however many there are."""
        pairs = [(_row(product), _version_row(product, by)) for product in changed]
        if not pairs:
            return
        self._upsert([row for row, _ in pairs])
        self._connection.execute(sa.insert(product_versions), [version for _, version in pairs])

    def save_withdrawal(self, product: Product) -> None:
        change = sa.update(products).where(products.c.product_id == product.product_id)
        self._connection.execute(
            change.values(withdrawn_at=product.withdrawn_at, withdraw_at=product.withdraw_at)
        )

    def leaving(self, now: datetime, limit: int) -> list[Product]:
        """Those whose moment to be withdrawn has come, the earliest first."""
        query = sa.select(products).where(products.c.withdraw_at <= now)
        query = query.order_by(products.c.withdraw_at, products.c.product_id).limit(limit)
        return [_product(row) for row in self._connection.execute(query).mappings()]

    def _upsert(self, rows: list[dict[str, Any]]) -> None:
        statement = insert(products).values(rows)
        names = ("version", "content", "published_at", "withdrawn_at", "withdraw_at", "imported_hash")
        changes = {name: statement.excluded[name] for name in names}
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=[products.c.product_id], set_=changes)
        )


def _is_for_group(asker: dict[str, Any]) -> sa.ColumnElement[bool]:
    """The product names no groups, or one that the asker is of."""
    own = {each: [name] if (name := asker[each[:-1]]) else [] for each in ("departments", "customers")}
    return sa.or_(
        sa.and_(*(_names_none(what) for what in own)),
        *(products.c.content["audience"][what].has_any(_texts(names)) for what, names in own.items()),
    )


def _is_for(what: str, own: list[str]) -> sa.ColumnElement[bool]:
    """The product names none of `what`, or one that is the asker's own."""
    return sa.or_(_names_none(what), products.c.content["audience"][what].has_any(_texts(own)))


def _names_none(what: str) -> sa.ColumnElement[bool]:
    return sa.func.coalesce(sa.func.jsonb_array_length(products.c.content["audience"][what]), 0) == 0


def _texts(names: list[str]) -> sa.ColumnElement[Any]:
    return sa.cast(names, ARRAY(sa.Text))


def _product(row: sa.RowMapping) -> Product:
    return Product(
        product_id=row["product_id"],
        content=ProductContent.of(row["content"]),
        version=row["version"],
        published_at=row["published_at"],
        withdrawn_at=row["withdrawn_at"],
        withdraw_at=row["withdraw_at"],
        imported_hash=row["imported_hash"],
    )


def _row(product: Product) -> dict[str, Any]:
    return {
        "product_id": product.product_id,
        "slug": product.content.slug,
        "version": product.version,
        "content": product.content.to_dict(),
        "published_at": product.published_at,
        "withdrawn_at": product.withdrawn_at,
        "withdraw_at": product.withdraw_at,
        "imported_hash": product.imported_hash,
    }


def _version_row(product: Product, by: dict[str, Any]) -> dict[str, Any]:
    return {
        "product_id": product.product_id,
        "version": product.version,
        "content": product.content.to_dict(),
        "content_hash": product.content.hash,
        "published_at": product.published_at,
        "published_by": by,
    }
