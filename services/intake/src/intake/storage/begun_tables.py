"""Tables of reports that were begun on the site."""

from __future__ import annotations

import sqlalchemy as sa

from intake.storage.tables import AT, JSON, METADATA

begun_reports = sa.Table(
    "begun_reports",
    METADATA,
    sa.Column("begun_id", sa.Uuid, primary_key=True),
    sa.Column("code", sa.Text, nullable=False, unique=True),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("at", AT, nullable=False),
    sa.Column("ends_at", AT, nullable=False),
    # What is typed, by field, the files, who it is and whence they came: all gone once it has ended.
    sa.Column("filled", JSON),
    sa.Column("files", JSON),
    sa.Column("person_id", sa.Uuid),
    sa.Column("by", JSON),
    sa.Column("origin", sa.Text),
    sa.Column("ended_at", AT),
    # What it became, and over which channel.
    sa.Column("request_id", sa.Uuid, sa.ForeignKey("requests.request_id")),
    sa.Column("over", sa.Text),
)
_b = begun_reports.c
sa.Index("begun_reports_at", _b.at)
sa.Index("begun_reports_ends", _b.ends_at, postgresql_where=sa.text("state = 'open'"))

wrong_codes = sa.Table(
    "wrong_codes",
    METADATA,
    sa.Column("wrong_id", sa.BigInteger, sa.Identity(), primary_key=True),
    sa.Column("actor_id", sa.Text, nullable=False),
    sa.Column("at", AT, nullable=False),
)
sa.Index("wrong_codes_actor", wrong_codes.c.actor_id, wrong_codes.c.at)
