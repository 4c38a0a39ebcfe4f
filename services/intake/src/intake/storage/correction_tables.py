"""Tables of corrections and of the causes that they may have."""

from __future__ import annotations

import sqlalchemy as sa

from intake.storage.tables import AT, JSON, METADATA

# What went wrong, of a list that the organisation keeps; empty: that of domain.corrections, to begin with.
correction_causes = sa.Table(
    "correction_causes",
    METADATA,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("name", JSON, nullable=False),
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
)

corrections = sa.Table(
    "corrections",
    METADATA,
    sa.Column("correction_id", sa.Uuid, primary_key=True),
    sa.Column("request_id", sa.Uuid, sa.ForeignKey("requests.request_id"), nullable=False),
    sa.Column("reference", sa.Text, nullable=False),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("effect", sa.Text, nullable=False),
    sa.Column("cause", sa.Text, nullable=False),
    sa.Column("note", sa.Text),
    sa.Column("by", JSON, nullable=False),
    sa.Column("at", AT, nullable=False),
    sa.Column("before", JSON, nullable=False),
    sa.Column("after", JSON, nullable=False),
    sa.Column("round", sa.Integer, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("work_order_id", sa.Uuid),
    # What it went wrong with, for counting.
    sa.Column("product_id", sa.Uuid),
    sa.Column("provider", JSON),
    # What dispatch said of it.
    sa.Column("answer", JSON),
    sa.Column("batch_id", sa.Uuid),
    sa.Column("undoes", sa.Uuid),
    sa.Column("undone_by", sa.Uuid),
    sa.Column("updated_at", AT, nullable=False),
)

_c = corrections.c

sa.Index("corrections_request", _c.request_id)
sa.Index("corrections_at", _c.at, _c.correction_id)
sa.Index("corrections_open", _c.at, postgresql_where=sa.text("state IN ('begun', 'cancelling', 'failed')"))
