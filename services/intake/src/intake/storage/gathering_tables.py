"""Tables beside requests: what comes back, themes of wishes, major incidents, the matrix of priorities."""

from __future__ import annotations

import sqlalchemy as sa

from intake.storage.tables import AT, JSON, METADATA

repeats = sa.Table(
    "repeats",
    METADATA,
    sa.Column("repeat_id", sa.Uuid, primary_key=True),
    # Of what was decided, not of what was sorted in.
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("count", sa.Integer, nullable=False),
    # In how many of its texts each feature occurs, and how the word was written.
    sa.Column("spread", JSON, nullable=False),
    sa.Column("said", JSON, nullable=False),
    sa.Column("first_at", AT, nullable=False),
    sa.Column("last_at", AT, nullable=False),
    sa.Column("decided_at", AT),
    sa.Column("decided_by", JSON),
    sa.Column("reason", sa.Text),
    # The draft that was made of it.
    sa.Column("product_id", sa.Uuid),
)
sa.Index("repeats_last", repeats.c.last_at)
sa.Index("repeats_count", repeats.c.state, repeats.c.count)

priority_matrix = sa.Table(
    "priority_matrix",
    METADATA,
    # One row for each time that it was set; the newest counts.
    sa.Column("version", sa.Integer, primary_key=True),
    # {"person": {"low": "P4", ...}, ...}
    sa.Column("cells", JSON, nullable=False),
    sa.Column("at", AT, nullable=False),
    sa.Column("by", JSON, nullable=False),
)

danger_routes = sa.Table(
    "danger_routes",
    METADATA,
    # One row for each time that it was set; the newest counts.
    sa.Column("version", sa.Integer, primary_key=True),
    # Nobody is sent without one.
    sa.Column("product_id", sa.Uuid),
    sa.Column("at", AT, nullable=False),
    sa.Column("by", JSON, nullable=False),
)

themes = sa.Table(
    "themes",
    METADATA,
    sa.Column("theme_id", sa.Uuid, primary_key=True),
    sa.Column("name", JSON, nullable=False),
    sa.Column("made_at", AT, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    # Why so, per language.
    sa.Column("reason", JSON),
    sa.Column("decided_at", AT),
    sa.Column("decided_by", JSON),
)

incidents = sa.Table(
    "incidents",
    METADATA,
    sa.Column("incident_id", sa.Uuid, primary_key=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("opened_at", AT, nullable=False),
    sa.Column("opened_by", JSON, nullable=False),
    sa.Column("closed_at", AT),
    # What was done with it, the oldest first.
    sa.Column("log", JSON, nullable=False),
)
sa.Index("incidents_opened", incidents.c.opened_at)
