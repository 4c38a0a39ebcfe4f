"""Tables that servicekit keeps in every service's database."""

from __future__ import annotations

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
    sa.Column("data", sa.Text, nullable=False),  # JSON as it goes on the wire, so that nobody parses it twice
)

inbox = sa.Table(
    "inbox",
    METADATA,
    sa.Column("message_id", sa.Uuid, primary_key=True),
    sa.Column("received_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.text("now()")),
    sa.Index("inbox_received_at", "received_at"),
)

suspects = sa.Table(
    "suspects",
    METADATA,
    sa.Column("message_id", sa.Uuid, primary_key=True),
    sa.Column("strikes", sa.Integer, nullable=False),  # deaths of a process while it handled this
    sa.Column("struck_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.text("now()")),
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
    sa.Column("failure_id", sa.Uuid, primary_key=True),  # of a message: its own id
    sa.Column("kind", sa.Text, nullable=False, server_default="message"),
    sa.Column("type", sa.Text, nullable=False),  # which message, provider, template ...
    sa.Column("reason_type", sa.Text, nullable=False),  # a code
    sa.Column("cause", sa.Text, sa.Computed("kind || ':' || type || ':' || reason_type", persisted=True)),
    sa.Column("reason", sa.Text, nullable=False),  # a sentence without personal values
    sa.Column("subject", JSONB, nullable=False, server_default="{}"),  # label, and ids to link to
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("replayable", sa.Boolean, nullable=False, server_default=sa.true()),
    sa.Column("occurrence", sa.BigInteger, sa.Identity(), nullable=False),  # grows with each failing
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("times", sa.Integer, nullable=False, server_default="1"),  # how often it ended here
    sa.Column("failed_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("origin", sa.Text, nullable=False, server_default=""),  # where a message goes again
    sa.Column("correlation_id", sa.Text),
    sa.Column("headers", JSONB, nullable=False, server_default="{}"),
    sa.Column("body", sa.LargeBinary),  # of a message that is not too large to be kept
    sa.Column("decided_at", sa.DateTime(timezone=True)),
    sa.Column("decided_by", sa.Text),
    sa.Column("note", sa.Text),
    sa.Column("history", JSONB, nullable=False, server_default="[]"),  # all decisions, oldest first
    sa.CheckConstraint("state IN ('open', 'replayed', 'resolved', 'set_aside')", name="failures_state"),
    sa.Index("failures_by_state", "state", sa.text("occurrence DESC")),
    sa.Index("failures_by_cause", "cause", "state", "occurrence"),
)
