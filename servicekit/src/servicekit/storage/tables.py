"""Tables that servicekit keeps in every service's database."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

METADATA = sa.MetaData()

outbox = sa.Table(
    "outbox",
    METADATA,
    sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
    sa.Column("message_id", sa.Uuid, nullable=False),
    sa.Column("type", sa.Text, nullable=False),
    sa.Column("version", sa.SmallInteger, nullable=False),
    sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("headers", JSONB, nullable=False),
    sa.Column(
        "data",
        sa.Text,
        nullable=False,
        comment="JSON as it goes on the wire; text, so that nobody parses it twice",
    ),
)

inbox = sa.Table(
    "inbox",
    METADATA,
    sa.Column("message_id", sa.Uuid, primary_key=True),
    sa.Column("received_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.text("now()")),
    sa.Index("inbox_received_at", "received_at"),
)

idempotency = sa.Table(
    "idempotency",
    METADATA,
    sa.Column("actor_id", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("fingerprint", sa.LargeBinary, nullable=False),
    sa.Column("answer", JSONB, nullable=False),
    sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.text("now()")),
    sa.Index("idempotency_created_at", "created_at"),
)

failures = sa.Table(
    "failures",
    METADATA,
    sa.Column("message_id", sa.Uuid, primary_key=True),
    sa.Column("type", sa.Text, nullable=False),
    sa.Column("origin", sa.Text, nullable=False, comment="the queue that a replay puts it back into"),
    sa.Column("reason_type", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("times", sa.Integer, nullable=False, server_default="1", comment="how often it ended here"),
    sa.Column("failed_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("headers", JSONB, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("decided_at", sa.DateTime(timezone=True)),
    sa.Column("decided_by", sa.Text),
    sa.Column("note", sa.Text),
    sa.CheckConstraint("state IN ('open', 'replayed', 'set_aside')", name="failures_state"),
    sa.Index("failures_by_state", "state", sa.text("failed_at DESC"), sa.text("message_id DESC")),
)


def create_tables(op: Any) -> None:
    """Call this in a service's first migration. `op` is alembic.op."""
    METADATA.create_all(op.get_bind())
