"""How much of a product is taken at which moment: counted from the requests themselves, so that whatever ends
one gives its place back.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from intake.storage.mirror_tables import products
from intake.storage.tables import requests

_r = requests.c
# What is to be delivered, or was.
TAKES_PLACE = sa.or_(
    _r.state == sa.literal_column("'awaiting_approval'"),
    sa.and_(
        _r.round > 0,
        sa.or_(
            _r.state.in_([sa.literal_column("'in_progress'"), sa.literal_column("'ready'")]),
            _r.resolution == sa.literal_column("'solved'"),
        ),
    ),
)


class Bookings:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def lock(self, product_id: UUID) -> None:
        """One at a time counts and takes a place of this product, until the end of the transaction."""
        row = sa.select(products.c.product_id).where(products.c.product_id == product_id)
        self._connection.execute(row.with_for_update())

    def between(
        self, product_id: UUID, start: datetime, end: datetime, besides: UUID | None = None
    ) -> list[tuple[datetime, int]]:
        """When, and how many; `besides` is left out."""
        wanted = sa.select(_r.wanted_from, _r.units).where(
            _r.product_id == product_id, _r.wanted_from >= start, _r.wanted_from < end, TAKES_PLACE
        )
        if besides:
            wanted = wanted.where(_r.request_id != besides)
        return [(row.wanted_from, row.units) for row in self._connection.execute(wanted)]
