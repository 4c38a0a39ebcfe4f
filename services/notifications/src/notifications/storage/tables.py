"""The tables of notifications."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

METADATA = sa.MetaData()

messages = sa.Table(
    "messages",
    METADATA,
    sa.Column("message_id", sa.Uuid, primary_key=True),
    sa.Column("request_id", sa.Uuid, nullable=False),
    sa.Column("person_id", sa.Uuid, nullable=False),
    sa.Column("reference", sa.Text),
    sa.Column("template", sa.Text, nullable=False),
    sa.Column("occasion", sa.Text, nullable=False, comment="the round or sequence"),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("address", sa.Text),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, comment="why it is not sent"),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    sa.Column("replays", sa.Integer, nullable=False, server_default="0"),
    sa.Column("error", sa.Text, comment="of the last attempt"),
    sa.Column(
        "due_at",
        sa.DateTime(timezone=True),
        server_default=sa.text("clock_timestamp()"),
        nullable=False,
        comment="when to try, or when the claim lapses; real time, not the demo clock's",
    ),
    sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("sequence", sa.Integer, comment="the request's own; none of what tells of an order"),
    sa.Column("mentions", ARRAY(sa.Uuid), comment="the requests of a visit, which is about several"),
    sa.Column("sent_at", sa.DateTime(timezone=True)),
    sa.UniqueConstraint("request_id", "template", "occasion", name="messages_once"),
    sa.CheckConstraint("state IN ('pending', 'sent', 'failed', 'suppressed')", name="messages_state"),
    sa.Index("messages_due", "due_at", postgresql_where=sa.text("state = 'pending'")),
    sa.Index(
        "messages_mentions",
        "mentions",
        postgresql_using="gin",
        postgresql_where=sa.text("mentions IS NOT NULL"),
    ),
)

# Requests that were made confidential, and when that was in the order of what they tell.
confided = sa.Table(
    "confided",
    METADATA,
    sa.Column("request_id", sa.Uuid, primary_key=True),
    sa.Column("sequence", sa.Integer, nullable=False),
)

# Who counts for people who turned out to be the same, as intake tells it; who is not here is only themselves.
people_merged = sa.Table(
    "people_merged",
    METADATA,
    sa.Column("person_id", sa.Uuid, primary_key=True),
    sa.Column("surviving_id", sa.Uuid, nullable=False),
    sa.Column("sequence", sa.Integer, nullable=False),
)
sa.Index("people_merged_surviving", people_merged.c.surviving_id)
