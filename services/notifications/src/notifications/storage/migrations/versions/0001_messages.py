"""Messages, and servicekit's own tables."""

import sqlalchemy as sa
from alembic import op
from servicekit.storage import create_tables

revision = "0001"
down_revision = None

AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    create_tables(op)
    op.create_table(
        "messages",
        sa.Column("message_id", sa.Uuid, primary_key=True),
        sa.Column("request_id", sa.Uuid, nullable=False),
        sa.Column("person_id", sa.Uuid, nullable=False),
        sa.Column("template", sa.Text, nullable=False),
        sa.Column("occasion", sa.Text, nullable=False, comment="the round or sequence"),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("language", "name")),
        sa.Column("address", sa.Text),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, comment="why it is not sent"),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("error", sa.Text, comment="of the last attempt"),
        sa.Column(
            "due_at",
            AT,
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
            comment="when to try, or when the claim lapses; real time, not the demo clock's",
        ),
        sa.Column("created_at", AT, nullable=False),
        sa.Column("sent_at", AT),
        sa.UniqueConstraint("request_id", "template", "occasion", name="messages_once"),
        sa.CheckConstraint("state IN ('pending', 'sent', 'failed', 'suppressed')", name="messages_state"),
    )
    op.create_index("messages_due", "messages", ["due_at"], postgresql_where=sa.text("state = 'pending'"))
