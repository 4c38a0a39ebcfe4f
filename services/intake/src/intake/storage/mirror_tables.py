"""Tables of what intake has heard from others: products, articles, calendars."""

from __future__ import annotations

import sqlalchemy as sa

from intake.storage.tables import AT, JSON, METADATA

products = sa.Table(
    "products",
    METADATA,
    sa.Column("product_id", sa.Uuid, primary_key=True),
    # The newest; empty while only a withdrawal has come.
    sa.Column("version", sa.Integer),
    sa.Column("published_at", AT),
    sa.Column("withdrawn_at", AT),
)

product_versions = sa.Table(
    "product_versions",
    METADATA,
    sa.Column("product_id", sa.Uuid, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("content", JSON, nullable=False),
)

articles = sa.Table(
    "articles",
    METADATA,
    sa.Column("article_id", sa.Uuid, primary_key=True),
    # All empty while only a withdrawal has come.
    sa.Column("version", sa.Integer),
    sa.Column("slug", sa.Text),
    sa.Column("title", JSON),
    sa.Column("body", JSON),
    sa.Column("product_ids", JSON),
    # It answers nothing unless a later version was published.
    sa.Column("withdrawn_version", sa.Integer),
)

calendars = sa.Table(
    "calendars",
    METADATA,
    sa.Column("calendar_id", sa.Uuid, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("content", JSON, nullable=False),
    sa.Column("published_at", AT, nullable=False),
)
