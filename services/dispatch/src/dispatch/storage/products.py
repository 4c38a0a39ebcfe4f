"""Dispatch's own copies of published products."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from dispatch.domain.products import Product, Step
from dispatch.domain.routing_rules import Rule
from dispatch.storage.routing import ACTIVE_RULES, rules_of
from dispatch.storage.tables import products

_COLUMNS = (products.c.version, products.c.check_required, products.c.steps, products.c.about)
_FIND = sa.select(*_COLUMNS).where(
    products.c.product_id == sa.bindparam("product"),
    products.c.version == sa.bindparam("of_version"),
    products.c.steps.is_not(None),
)
# With the rules beside it: planning reads both, and a request costs no statement more.
_FIND_WITH_RULES = _FIND.add_columns(ACTIVE_RULES.label("rules"))
_NEWEST = (
    sa.select(*_COLUMNS)
    .where(products.c.product_id == sa.bindparam("product"), products.c.steps.is_not(None))
    .order_by(products.c.withdrawn_at.is_not(None), products.c.version.desc())
    .limit(1)
)
_SLUGS = sa.select(products.c.about["slug"].astext).where(products.c.about.is_not(None)).distinct()
_CATEGORIES = sa.select(products.c.about["category"]).where(products.c.about.is_not(None)).distinct()


class Products:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def save(self, product: Product) -> None:
        values = {
            "check_required": product.check_required,
            "steps": [asdict(step) for step in product.steps],
            "about": product.about,
        }
        statement = insert(products).values(product_id=product.product_id, version=product.version, **values)
        key = [products.c.product_id, products.c.version]
        self._connection.execute(statement.on_conflict_do_update(index_elements=key, set_=values))

    def withdraw(self, product_id: UUID, version: int, at: datetime) -> None:
        """Also when the publication has not been heard of yet."""
        statement = insert(products).values(product_id=product_id, version=version, withdrawn_at=at)
        key = [products.c.product_id, products.c.version]
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=key, set_={"withdrawn_at": at})
        )

    def find(self, product_id: UUID, version: int) -> Product | None:
        """A withdrawn one too: running requests keep theirs."""
        row = self._connection.execute(_FIND, {"product": product_id, "of_version": version}).first()
        return _to_product(product_id, row) if row else None

    def find_with_rules(self, product_id: UUID, version: int) -> tuple[Product, list[Rule]] | None:
        """With the rules that are on, from top to bottom."""
        row = self._connection.execute(
            _FIND_WITH_RULES, {"product": product_id, "of_version": version}
        ).first()
        return (_to_product(product_id, row), rules_of(row.rules)) if row else None

    def words(self) -> tuple[frozenset[str], frozenset[str]]:
        """The slugs of all products, and the names of their categories in all languages."""
        slugs = self._connection.scalars(_SLUGS)
        categories = self._connection.scalars(_CATEGORIES)
        return frozenset(slugs), frozenset(name for one in categories for name in one.values())

    def newest(self, product_id: UUID) -> Product | None:
        """The last version; one that is not withdrawn before one that is."""
        row = self._connection.execute(_NEWEST, {"product": product_id}).first()
        return _to_product(product_id, row) if row else None


def _to_product(product_id: UUID, row: Any) -> Product:
    steps = tuple(Step.from_dict(step) for step in row.steps)
    return Product(product_id, row.version, row.check_required, steps, row.about)
