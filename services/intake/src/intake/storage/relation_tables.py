"""Tables of what the desk keeps about its relations: further addresses, notes, contact moments."""

from __future__ import annotations

import sqlalchemy as sa

from intake.storage.tables import AT, JSON, METADATA

person_emails = sa.Table(
    "person_emails",
    METADATA,
    # In small letters. Collation C: the order of bytes, so that a prefix is a range of the index.
    sa.Column("address", sa.Text(collation="C"), primary_key=True),
    sa.Column("person_id", sa.Uuid, sa.ForeignKey("people.person_id", ondelete="CASCADE"), primary_key=True),
)
sa.Index("person_emails_person", person_emails.c.person_id)

notes = sa.Table(
    "notes",
    METADATA,
    sa.Column("note_id", sa.Uuid, primary_key=True),
    # One of both: whom it is about.
    sa.Column("person_id", sa.Uuid, sa.ForeignKey("people.person_id")),
    sa.Column("customer_id", sa.Uuid, sa.ForeignKey("customers.customer_id")),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("at", AT, nullable=False),
    sa.Column("by", JSON, nullable=False),
    sa.CheckConstraint("(person_id IS NULL) <> (customer_id IS NULL)", name="notes_about_one"),
)
_n = notes.c
sa.Index("notes_person", _n.person_id, _n.at, postgresql_where=sa.text("person_id IS NOT NULL"))
sa.Index("notes_customer", _n.customer_id, _n.at, postgresql_where=sa.text("customer_id IS NOT NULL"))

contact_moments = sa.Table(
    "contact_moments",
    METADATA,
    # What was said outside any dossier, or beside it. What is on a timeline is not kept twice.
    sa.Column("moment_id", sa.Uuid, primary_key=True),
    sa.Column("person_id", sa.Uuid, sa.ForeignKey("people.person_id"), nullable=False),
    sa.Column("request_id", sa.Uuid, sa.ForeignKey("requests.request_id")),
    sa.Column("at", AT, nullable=False),
    sa.Column("channel", sa.Text, nullable=False),
    # in: they came to us; out: we went to them.
    sa.Column("direction", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("by", JSON, nullable=False),
)
sa.Index("contact_moments_person", contact_moments.c.person_id, contact_moments.c.at)

merges = sa.Table(
    "merges",
    METADATA,
    sa.Column("merge_id", sa.Uuid, primary_key=True),
    # Who was merged into whom; no row of anybody is changed by it, so that it can be undone whole.
    sa.Column("person_id", sa.Uuid, sa.ForeignKey("people.person_id"), nullable=False),
    sa.Column("into_id", sa.Uuid, sa.ForeignKey("people.person_id"), nullable=False),
    sa.Column("reason", sa.Text),
    sa.Column("at", AT, nullable=False),
    sa.Column("by", JSON, nullable=False),
    sa.Column("undone_at", AT),
    sa.Column("undone_by", JSON),
)
sa.Index("merges_person", merges.c.person_id)
sa.Index("merges_at", merges.c.at, merges.c.merge_id)

not_doubles = sa.Table(
    "not_doubles",
    METADATA,
    # Two who look alike and are not one, the smaller id first; each pair once while it stands.
    sa.Column("pair_id", sa.Uuid, primary_key=True),
    sa.Column("one_id", sa.Uuid, sa.ForeignKey("people.person_id"), nullable=False),
    sa.Column("other_id", sa.Uuid, sa.ForeignKey("people.person_id"), nullable=False),
    sa.Column("at", AT, nullable=False),
    sa.Column("by", JSON, nullable=False),
    sa.UniqueConstraint("one_id", "other_id"),
)
