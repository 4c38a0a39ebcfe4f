"""Tables of people: who turned out to be the same, and who is not there."""

from __future__ import annotations

import sqlalchemy as sa

from dispatch.storage.tables import METADATA, MOMENT

# Who counts for people who turned out to be the same, as intake tells it; who is not here is only themselves.
people_merged = sa.Table(
    "people_merged",
    METADATA,
    sa.Column("person_id", sa.Uuid, primary_key=True),
    sa.Column("surviving_id", sa.Uuid, nullable=False),
    sa.Column("sequence", sa.Integer, nullable=False),
)
sa.Index("people_merged_surviving", people_merged.c.surviving_id)

# When the people of teams are not there; see domain/absences.py.
person_absences = sa.Table(
    "person_absences",
    METADATA,
    sa.Column("absence_id", sa.Uuid, primary_key=True),
    sa.Column("provider_id", sa.Uuid, sa.ForeignKey("providers.provider_id"), nullable=False),
    sa.Column("account_id", sa.Uuid, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("start", MOMENT, nullable=False),
    sa.Column("end", MOMENT, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("note", sa.Text),
    sa.Column("made_at", MOMENT, nullable=False),
    sa.Column("made_by", sa.Text, nullable=False),
    sa.Column("returned_at", MOMENT),  # when their orders became the team's again
)
sa.Index("person_absences_team", person_absences.c.provider_id, person_absences.c.end)
sa.Index("person_absences_person", person_absences.c.account_id, person_absences.c.end)
sa.Index(
    "person_absences_begin",
    person_absences.c.start,
    postgresql_where=person_absences.c.returned_at.is_(None),
)
