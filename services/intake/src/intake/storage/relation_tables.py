"""Tables of relations: customers, departments, budgets, people, places, and what is kept about them."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSVECTOR

from intake.storage.tables import AT, JSON, METADATA

PERSON_WORDS = "to_tsvector('simple'::regconfig, name || ' ' || translate(coalesce(email, ''), '@.', '  '))"

SPELLING = "lower(regexp_replace(name, '[^[:alnum:]]+', '', 'g'))"

SPELLING_OF_REST = "lower(regexp_replace(substring(name from '^\\S+\\s+(.+)$'), '[^[:alnum:]]+', '', 'g'))"

customers = sa.Table(
    "customers",
    METADATA,
    sa.Column("customer_id", sa.Uuid, primary_key=True),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    sa.Column("version", sa.Integer, nullable=False, server_default="1"),
    # No customer any more; its requests and people keep its name.
    sa.Column("ended_at", AT),
)

budgets = sa.Table(
    "budgets",
    METADATA,
    sa.Column("budget_id", sa.Uuid, primary_key=True),
    # The organisation's own, a cost centre say.
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("threshold_cents", sa.BigInteger, nullable=False),
    sa.Column("rule", sa.Text, nullable=False),
    # [{"person_id": ..., "stand_in_id": ... | null}], in the order in which they are shown.
    sa.Column("holders", JSON, nullable=False),
    # Whose it is, and from when until when it may be charged; empty: always.
    sa.Column("customer_id", sa.Uuid, sa.ForeignKey("customers.customer_id")),
    sa.Column("valid_from", sa.Date),
    sa.Column("valid_until", sa.Date),
    sa.Column("version", sa.Integer, nullable=False, server_default="1"),
)

departments = sa.Table(
    "departments",
    METADATA,
    sa.Column("department_id", sa.Uuid, primary_key=True),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    # Who pays for what its people order; none: nobody is asked.
    sa.Column("budget_id", sa.Uuid, sa.ForeignKey("budgets.budget_id")),
    sa.Column("customer_id", sa.Uuid, sa.ForeignKey("customers.customer_id")),
    # The department that it is a part of.
    sa.Column("parent_id", sa.Uuid, sa.ForeignKey("departments.department_id")),
    sa.Column("version", sa.Integer, nullable=False, server_default="1"),
    sa.Column("ended_at", AT),
)
sa.Index("departments_budget", departments.c.budget_id)
sa.Index("departments_customer", departments.c.customer_id)

people = sa.Table(
    "people",
    METADATA,
    sa.Column("person_id", sa.Uuid, primary_key=True),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("email", sa.Text),
    # As written, the preferred one first.
    sa.Column("phones", JSON, nullable=False),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("department_id", sa.Uuid, sa.ForeignKey("departments.department_id")),
    sa.Column("customer_id", sa.Uuid, sa.ForeignKey("customers.customer_id")),
    # Where this person usually sits.
    sa.Column("location_key", sa.Text),
    # The organisation's own number of who works there.
    sa.Column("personnel_number", sa.Text),
    # What the desk keeps besides: further numbers, mail addresses and places. An import leaves it alone.
    sa.Column("contacts", JSON, nullable=False, server_default="{}"),
    sa.Column("contacts_version", sa.Integer, nullable=False, server_default="0"),
    # Who turned out to be the same; and, through however many, the one that counts for all of them.
    sa.Column("merged_into", sa.Uuid, sa.ForeignKey("people.person_id")),
    sa.Column("merged_root", sa.Uuid),
    sa.Column(
        "root_id", sa.Uuid, sa.Computed("coalesce(merged_root, person_id)", persisted=True), nullable=False
    ),
    # Counts how often that changed: of two words about it the later counts.
    sa.Column("merge_version", sa.Integer, nullable=False, server_default="0"),
    # Kept, because a page by name may have to look at many people's words.
    sa.Column("words", TSVECTOR, sa.Computed(PERSON_WORDS, persisted=True), nullable=False),
)
sa.Index("people_name", people.c.name, people.c.person_id)
sa.Index("people_customer", people.c.customer_id, people.c.name, people.c.person_id)
sa.Index("people_department", people.c.department_id)
sa.Index("people_words", people.c.words, postgresql_using="gin")
sa.Index("people_root", people.c.root_id)
sa.Index("people_merged", people.c.merged_into, postgresql_where=sa.text("merged_into IS NOT NULL"))
sa.Index("people_personnel_number", sa.func.lower(people.c.personnel_number))

person_phones = sa.Table(
    "person_phones",
    METADATA,
    # Collation C: the order of bytes, so that a prefix is a range of the index.
    sa.Column("digits_reversed", sa.Text(collation="C"), primary_key=True),
    sa.Column("person_id", sa.Uuid, sa.ForeignKey("people.person_id", ondelete="CASCADE"), primary_key=True),
)
sa.Index("person_phones_person", person_phones.c.person_id)

locations = sa.Table(
    "locations",
    METADATA,
    sa.Column("location_id", sa.Uuid, primary_key=True),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("parent_key", sa.Text, sa.ForeignKey("locations.key")),
    sa.Column("kind", sa.Text),
    # Collation C: what lies in a place follows it, spaces and slashes counted.
    sa.Column("path", sa.Text(collation="C"), nullable=False),
    # As texts may name it: small letters and digits alone, whole and without the first word.
    sa.Column("spelling", sa.Text, sa.Computed(SPELLING, persisted=True), nullable=False),
    sa.Column("spelling_of_rest", sa.Text, sa.Computed(SPELLING_OF_REST, persisted=True)),
)
sa.Index("locations_spelling", locations.c.spelling)
sa.Index("locations_spelling_of_rest", locations.c.spelling_of_rest)
sa.Index("locations_parent", locations.c.parent_key)
sa.Index("locations_path", locations.c.path, locations.c.location_id)

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
