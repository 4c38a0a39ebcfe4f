"""Dispatch's own copies of published products."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from dispatch.domain.products import Product, Step
from dispatch.storage.tables import products

_FIND = sa.select(products.c.check_required, products.c.steps).where(
    products.c.product_id == sa.bindparam("product"),
    products.c.version == sa.bindparam("of_version"),
    products.c.steps.is_not(None),
)


class Products:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def save(self, product: Product) -> None:
        values = {"check_required": product.check_required, "steps": [asdict(step) for step in product.steps]}
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
        if row is None:
            return None
        return Product(
            product_id, version, row.check_required, tuple(Step.from_dict(step) for step in row.steps)
        )
