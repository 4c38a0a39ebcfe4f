"""Tables. A request keeps its facts in its own row, so that a new fact is one read and one write under one
lock; `clocks` is what the facts came to when they were last computed, for lists.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

METADATA = sa.MetaData()
AT = sa.DateTime(timezone=True)
# Written as PostgreSQL gives them back.
JUDGED_AT = (
    "CASE state WHEN 'met'::text THEN stopped_at WHEN 'breached'::text THEN breached_at "
    "ELSE NULL::timestamp with time zone END"
)


def minutes_of(party: str) -> str:
    return f"((attribution ->> '{party}'::text))::integer"


agreements = sa.Table(
    "agreements",
    METADATA,
    sa.Column("single", sa.Boolean, sa.CheckConstraint("single"), primary_key=True),
    sa.Column(
        "generation",
        sa.BigInteger,
        nullable=False,
        comment="grows with every contract or calendar saved; what was computed before is outdated",
    ),
)

calendars = sa.Table(
    "calendars",
    METADATA,
    sa.Column("calendar_id", sa.Uuid, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("definition", JSONB, nullable=False),
    sa.Column("published_at", AT, nullable=False),
    sa.Column("published_by", JSONB, nullable=False),
    sa.UniqueConstraint("name", "version"),
)

contracts = sa.Table(
    "contracts",
    METADATA,
    sa.Column("contract_id", sa.Uuid, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("content", JSONB, nullable=False),
    sa.Column("saved_at", AT, nullable=False),
    sa.Column("saved_by", JSONB, nullable=False),
    sa.UniqueConstraint("name", "version"),
)

requests = sa.Table(
    "requests",
    METADATA,
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
    sa.Index("requests_next_look", "next_look_at", postgresql_where=sa.text("next_look_at IS NOT NULL")),
    sa.Index("requests_outdated", "generation", postgresql_where=sa.text("open")),
)

clocks = sa.Table(
    "clocks",
    METADATA,
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
    # These follow from the others and are kept for lists and figures.
    sa.Column("priority", sa.Text, sa.Computed("(level ->> 'priority'::text)", persisted=True)),
    sa.Column("judged_at", AT, sa.Computed(JUDGED_AT, persisted=True)),
    sa.Column("desk_minutes", sa.Integer, sa.Computed(minutes_of("desk"), persisted=True)),
    sa.Column("supplier_minutes", sa.Integer, sa.Computed(minutes_of("supplier"), persisted=True)),
    sa.Column(
        "requester_minutes",
        sa.Integer,
        sa.Computed(f"({minutes_of('requester')} + paused_minutes)", persisted=True),
    ),
    sa.Index("clocks_by_due", "sort_at", "request_id", "clock"),
    sa.Index("clocks_by_state", "state", "sort_at", "request_id", "clock", postgresql_include=["warned_at"]),
    sa.Index(
        "clocks_late",
        "sort_at",
        "request_id",
        "clock",
        postgresql_where=sa.text("state = 'breached' AND stopped_at IS NULL"),
    ),
    sa.Index(
        "clocks_judged",
        "judged_at",
        postgresql_include=["clock", "priority", "state"],
        postgresql_where=sa.text("judged_at IS NOT NULL"),
    ),
    sa.Index(
        "clocks_resolved",
        "stopped_at",
        postgresql_include=["desk_minutes", "supplier_minutes", "requester_minutes"],
        postgresql_where=sa.text("clock = 'resolve' AND stopped_at IS NOT NULL"),
    ),
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
