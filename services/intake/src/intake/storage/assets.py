"""The register of objects, each under the code on its sticker."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from intake.domain.assets import Asset, AssetRef
from intake.domain.locations import SEPARATOR
from intake.domain.values import Place
from intake.storage import pages
from intake.storage.mirror_tables import product_versions, products
from intake.storage.pages import Rows
from intake.storage.published import LIVE
from intake.storage.relation_tables import locations
from intake.storage.tables import AT, JSON, METADATA

table = sa.Table(
    "assets",
    METADATA,
    sa.Column("asset_id", sa.Uuid, primary_key=True),
    sa.Column("code", sa.Text(collation="C"), nullable=False, unique=True),
    sa.Column("name", JSON, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("location_id", sa.Uuid, sa.ForeignKey("locations.location_id"), nullable=False),
    # The last day of it.
    sa.Column("warranty_until", sa.Date),
    # A provider of dispatch, and the product by which it is usually reported: their slugs.
    sa.Column("supplier", sa.Text),
    sa.Column("product", sa.Text),
    sa.Column("withdrawn", sa.Boolean, nullable=False),
    sa.Column("changed_at", AT, nullable=False),
)
sa.Index("assets_location", table.c.location_id)

KEPT = ("code", "name", "kind", "location_id", "warranty_until", "supplier", "product", "withdrawn")
LINE = sa.select(
    table,
    locations.c.key.label("location_key"),
    locations.c.name.label("location_name"),
    locations.c.path,
).join(locations, locations.c.location_id == table.c.location_id)
_SLUG = product_versions.c.content["slug"].astext
_CURRENT = (
    sa.select(products.c.product_id, _SLUG.label("slug"))
    .join(
        product_versions,
        sa.and_(
            product_versions.c.product_id == products.c.product_id,
            product_versions.c.version == products.c.version,
        ),
    )
    .where(LIVE)
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which objects. `location_id`: there, and in all that lies in it."""

    q: str | None = None
    location_id: UUID | None = None
    kind: str | None = None
    withdrawn: bool | None = None


class Assets:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def by_code(self, codes: Iterable[str]) -> dict[str, Any]:
        found = self._connection.execute(LINE.where(table.c.code.in_(sorted(set(codes)))))
        return {row.code: row for row in found}

    def one(self, asset_id: UUID) -> Any:
        return self._connection.execute(LINE.where(table.c.asset_id == asset_id)).first()

    def some(self, asset_ids: Sequence[UUID]) -> Rows:
        return self._connection.execute(LINE.where(table.c.asset_id.in_(asset_ids))).all()

    def page(self, wanted: Wanted, cursor: str | None, limit: int) -> tuple[Rows, str | None]:
        """By code. `q`: every word occurs in the code, a name, the kind or the place."""
        query = LINE.where(*_conditions(wanted))
        return pages.page(self._connection, query, [table.c.code], cursor, limit)

    def kinds(self) -> list[str]:
        """Those in use."""
        return list(self._connection.scalars(sa.select(table.c.kind).distinct().order_by(table.c.kind)))

    def save(self, rows: Sequence[dict[str, Any]]) -> None:
        """New and changed ones, in one statement."""
        if not rows:
            return
        new = insert(table).values(list(rows))
        changed = {name: new.excluded[name] for name in (*KEPT, "changed_at") if name != "code"}
        self._connection.execute(new.on_conflict_do_update(index_elements=[table.c.code], set_=changed))

    def places(self, keys: Iterable[str]) -> dict[str, UUID]:
        """The ids of places by the organisation's own keys; those that are not there are missing."""
        query = sa.select(locations.c.key, locations.c.location_id)
        found = self._connection.execute(query.where(locations.c.key.in_(sorted(set(keys)))))
        return {row.key: row.location_id for row in found}

    def offered(self, slugs: Iterable[str]) -> dict[str, UUID]:
        """Products that are published now, by slug."""
        wanted = sorted(set(slugs))
        found = self._connection.execute(_CURRENT.where(_SLUG.in_(wanted))) if wanted else ()
        return {row.slug: row.product_id for row in found}

    def usual_product(self, asset_id: UUID) -> UUID | None:
        """The product by which it is usually reported, while that is published."""
        slug = sa.select(table.c.product).where(table.c.asset_id == asset_id).scalar_subquery()
        found: UUID | None = self._connection.scalar(_CURRENT.where(slug == _SLUG))
        return found


def asset_of(row: Any) -> Asset:
    """What a request keeps of a row, and where it is."""
    ref = AssetRef.of(row.asset_id, row.code, row.name, row.kind, row.warranty_until, row.supplier)
    return Asset(ref, Place(str(row.location_id), row.location_name, row.path), row.withdrawn)


def _conditions(wanted: Wanted) -> Iterable[sa.ColumnElement[bool]]:
    names = (table.c.name[language].astext for language in ("nl", "en"))
    words = sa.func.concat_ws(" ", table.c.code, *names, table.c.kind, locations.c.path)
    yield from (words.icontains(word, autoescape=True) for word in (wanted.q or "").split())
    if wanted.kind is not None:
        yield table.c.kind == wanted.kind
    if wanted.withdrawn is not None:
        yield table.c.withdrawn == wanted.withdrawn
    if wanted.location_id is not None:
        here = sa.select(locations.c.path).where(locations.c.location_id == wanted.location_id)
        path = here.scalar_subquery()
        yield sa.or_(locations.c.path == path, sa.func.starts_with(locations.c.path, path + SEPARATOR))
