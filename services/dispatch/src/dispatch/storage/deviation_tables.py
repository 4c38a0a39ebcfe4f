"""Where requests left the regular process of their product."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from dispatch.storage.tables import METADATA, MOMENT

# `product` is as the request had it then; null when that was not heard yet.
deviations = sa.Table(
    "deviations",
    METADATA,
    sa.Column("deviation_id", sa.Uuid, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("request_id", sa.Uuid, nullable=False),
    sa.Column("reference", sa.Text, nullable=False),
    sa.Column("product_id", sa.Uuid),
    sa.Column("product", JSONB(none_as_null=True)),
    sa.Column("step", sa.Text),
    sa.Column("title", JSONB(none_as_null=True)),
    sa.Column("work_order_id", sa.Uuid),
    sa.Column("cause", sa.Text),
    sa.Column("details", JSONB, nullable=False),
    sa.Column("by_kind", sa.Text, nullable=False),
    sa.Column("by_name", sa.Text),
    sa.Column("at", MOMENT, nullable=False),
)
sa.Index("deviations_request", deviations.c.request_id)
sa.Index("deviations_product", deviations.c.product_id, deviations.c.at)
sa.Index("deviations_at", deviations.c.at)
