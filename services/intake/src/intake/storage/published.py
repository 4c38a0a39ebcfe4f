"""Copies of what others publish: products per version, articles, calendars. Facts may come late, twice, in
any order.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from servicekit.worktime import Calendar
from sqlalchemy.dialects.postgresql import insert

from intake.domain.products import Product
from intake.storage.mirror_tables import articles, calendars, product_versions, products

LIVE = sa.and_(
    products.c.published_at.is_not(None),
    sa.or_(products.c.withdrawn_at.is_(None), products.c.withdrawn_at < products.c.published_at),
)
ANSWERS = articles.c.version > sa.func.coalesce(articles.c.withdrawn_version, 0)
MOST_REMEMBERED = 2_000


class Memory:
    """What a process remembers of one database. A version never changes, so what is remembered is never
    wrong.

    Which version is the current one is asked of the database every time.
    """

    def __init__(self) -> None:
        self.products: dict[tuple[UUID, int], Product] = {}
        self.calendars: dict[tuple[UUID, int], Calendar] = {}


_memories: WeakKeyDictionary[sa.Engine, Memory] = WeakKeyDictionary()


class Published:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._memory = _memories.setdefault(connection.engine, Memory())

    def product(self, product_id: UUID, version: int) -> Product:
        """This version; read once per process."""
        known = self._memory.products.get((product_id, version))
        if known is None:
            content = self._connection.scalar(
                sa.select(product_versions.c.content).where(
                    product_versions.c.product_id == product_id, product_versions.c.version == version
                )
            )
            assert content is not None  # a product row and its version are written together
            known = Product.from_fact(content)
            _remember(self._memory.products, (product_id, version), known)
        return known

    def calendar(self, calendar_id: UUID, version: int) -> Calendar:
        """The calendar as it was last published; read once per process. It remembers the years it
        worked out.
        """
        known = self._memory.calendars.get((calendar_id, version))
        if known is None:
            row = self._connection.execute(
                sa.select(calendars.c.content, calendars.c.version).where(
                    calendars.c.calendar_id == calendar_id
                )
            ).one()
            known = Calendar.from_dict(row.content)
            _remember(self._memory.calendars, (calendar_id, row.version), known)
        return known

    def keep_product(self, product_id: UUID, content: Mapping[str, Any], published_at: datetime) -> None:
        self._connection.execute(
            insert(product_versions)
            .values(product_id=product_id, version=content["version"], content=dict(content))
            .on_conflict_do_nothing()
        )
        new = insert(products).values(
            product_id=product_id, version=content["version"], published_at=published_at
        )
        self._connection.execute(
            new.on_conflict_do_update(
                index_elements=[products.c.product_id],
                set_={"version": new.excluded.version, "published_at": new.excluded.published_at},
                where=sa.func.coalesce(products.c.version, 0) < new.excluded.version,
            )
        )

    def withdraw_product(self, product_id: UUID, withdrawn_at: datetime) -> None:
        new = insert(products).values(product_id=product_id, withdrawn_at=withdrawn_at)
        latest = sa.func.greatest(products.c.withdrawn_at, new.excluded.withdrawn_at)
        self._connection.execute(
            new.on_conflict_do_update(index_elements=[products.c.product_id], set_={"withdrawn_at": latest})
        )

    def keep_article(self, article: Mapping[str, Any]) -> None:
        self._keep_newest(articles, "article_id", dict(article))

    def withdraw_article(self, article_id: UUID, version: int) -> None:
        """Only a later version offers it again, whichever of the two is heard first."""
        new = insert(articles).values(article_id=article_id, withdrawn_version=version)
        latest = sa.func.greatest(articles.c.withdrawn_version, new.excluded.withdrawn_version)
        self._connection.execute(
            new.on_conflict_do_update(
                index_elements=[articles.c.article_id], set_={"withdrawn_version": latest}
            )
        )

    def keep_calendar(self, calendar: Mapping[str, Any]) -> None:
        self._keep_newest(calendars, "calendar_id", dict(calendar))

    def _keep_newest(self, table: sa.Table, key: str, row: dict[str, Any]) -> None:
        new = insert(table).values(row)
        self._connection.execute(
            new.on_conflict_do_update(
                index_elements=[table.c[key]],
                set_={name: new.excluded[name] for name in row if name != key},
                where=sa.func.coalesce(table.c.version, 0) < new.excluded.version,
            )
        )


def _remember(memory: dict[tuple[UUID, int], Any], key: tuple[UUID, int], value: Any) -> None:
    if len(memory) >= MOST_REMEMBERED:
        memory.clear()
    memory[key] = value
