"""Contracts, calendars, the facts of requests and their clocks, and servicekit's own tables."""

import sqlalchemy as sa
from alembic import op
from servicekit.storage import create_tables
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None

AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    create_tables(op)
    _create_agreements()
    _create_requests()
    _create_clocks()


def _create_agreements() -> None:
    op.create_table(
        "agreements",
        sa.Column("single", sa.Boolean, sa.CheckConstraint("single"), primary_key=True),
        sa.Column(
            "generation",
            sa.BigInteger,
            nullable=False,
            comment="grows with every contract or calendar saved; what was computed before is outdated",
        ),
    )
    op.execute("INSERT INTO agreements VALUES (true, 0)")
    op.create_table(
        "calendars",
        sa.Column("calendar_id", sa.Uuid, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("definition", JSONB, nullable=False),
        sa.Column("published_at", AT, nullable=False),
        sa.Column("published_by", JSONB, nullable=False),
        sa.UniqueConstraint("name", "version"),
    )
    op.create_table(
        "contracts",
        sa.Column("contract_id", sa.Uuid, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("content", JSONB, nullable=False),
        sa.Column("saved_at", AT, nullable=False),
        sa.Column("saved_by", JSONB, nullable=False),
        sa.UniqueConstraint("name", "version"),
    )


def _create_requests() -> None:
    op.create_table(
        "requests",
        sa.Column("request_id", sa.Uuid, primary_key=True),
        sa.Column("reference", sa.Text, comment="null while only facts of its work orders have come"),
        sa.Column("requester_id", sa.Uuid),
        sa.Column("customer_id", sa.Text),
        sa.Column("open", sa.Boolean, nullable=False),
        sa.Column("facts", JSONB, nullable=False, comment="only ever added to"),
        sa.Column("told", JSONB, nullable=False, comment="per clock, which notices were given and when"),
        sa.Column("next_look_at", AT, comment="when a warning or a breach is due"),
        sa.Column("generation", sa.BigInteger, nullable=False),
        sa.Column("problem", sa.Text, comment="why it could not be computed the last time"),
    )
    due = sa.text("next_look_at IS NOT NULL")
    op.create_index("requests_next_look", "requests", ["next_look_at"], postgresql_where=due)
    op.create_index("requests_outdated", "requests", ["generation"], postgresql_where=sa.text("open"))


def _create_clocks() -> None:
    op.create_table(
        "clocks",
        sa.Column("request_id", sa.Uuid, sa.ForeignKey("requests.request_id"), primary_key=True),
        sa.Column("clock", sa.Text, primary_key=True),
        sa.Column("reference", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("started_at", AT, nullable=False),
        sa.Column("due_at", AT),
        sa.Column("sort_at", AT, nullable=False, comment="due_at, or the end of time for what is paused"),
        sa.Column("stopped_at", AT),
        sa.Column("warned_at", AT),
        sa.Column("breached_at", AT),
        sa.Column("term_minutes", sa.Integer, nullable=False),
        sa.Column("elapsed_minutes", sa.Integer, nullable=False),
        sa.Column("paused_minutes", sa.Integer, nullable=False),
        sa.Column("counterparty", sa.Text, nullable=False),
        sa.Column("contract", JSONB, nullable=False),
        sa.Column("level", JSONB, nullable=False),
        sa.Column("attribution", JSONB, nullable=False),
    )
    op.create_index("clocks_by_due", "clocks", ["sort_at", "request_id", "clock"])
    op.create_index("clocks_by_state", "clocks", ["state", "sort_at", "request_id", "clock"])


def downgrade() -> None:
    for table in ("clocks", "requests", "contracts", "calendars", "agreements"):
        op.drop_table(table)
