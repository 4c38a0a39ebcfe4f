"""Who a team has, and their hours; see domain/rosters.py."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from dispatch.storage.tables import METADATA, MOMENT

team_people = sa.Table(
    "team_people",
    METADATA,
    sa.Column("account_id", sa.Uuid, primary_key=True),
    sa.Column("provider_id", sa.Uuid, sa.ForeignKey("providers.provider_id"), nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("hours", JSONB, nullable=False),  # of their own; an empty list: those of the team
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("updated_at", MOMENT, nullable=False),
    sa.Column("updated_by", sa.Text, nullable=False),
)
sa.Index("team_people_provider", team_people.c.provider_id)
