"""Tables of the counter's ledger: items, entries, and the lines of entries, which are only ever added to."""

from __future__ import annotations

import sqlalchemy as sa

from intake.storage.tables import AT, JSON, METADATA

LEDGER_NUMBERS = sa.Sequence("ledger_numbers", metadata=METADATA)

ledger_items = sa.Table(
    "ledger_items",
    METADATA,
    sa.Column("item_id", sa.Uuid, primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    # On its tag.
    sa.Column("number", sa.Text(collation="C"), nullable=False, unique=True),
    sa.Column("name", sa.Text, nullable=False),
    # Where it hangs or stands when it is in.
    sa.Column("place", sa.Text),
    sa.Column("withdrawn", sa.Boolean, nullable=False),
    sa.Column("changed_at", AT, nullable=False),
    sa.Column("changed_by", JSON, nullable=False),
)

ledger_entries = sa.Table(
    "ledger_entries",
    METADATA,
    sa.Column("entry_id", sa.Uuid, primary_key=True),
    sa.Column("number", sa.BigInteger, nullable=False, unique=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("item_id", sa.Uuid, sa.ForeignKey("ledger_items.item_id")),
    sa.Column("what", sa.Text, nullable=False),
    # Whom it names: a person of relations, or somebody from outside. Their name and company go after a term.
    sa.Column("person_id", sa.Uuid, sa.ForeignKey("people.person_id")),
    sa.Column("name", sa.Text),
    sa.Column("company", sa.Text),
    sa.Column("host_id", sa.Uuid, sa.ForeignKey("people.person_id")),
    sa.Column("plate", sa.Text),
    sa.Column("place", sa.Text),
    sa.Column("expected_at", AT),
    sa.Column("due_on", sa.Date),
    sa.Column("told_on", sa.Date),
    sa.Column("reminders", sa.Integer, nullable=False),
    sa.Column("request_id", sa.Uuid, sa.ForeignKey("requests.request_id")),
    sa.Column("opened_at", AT, nullable=False),
    sa.Column("closed_at", AT),
    # From when on names of outsiders and signatures go; None once they have.
    sa.Column("forget_on", sa.Date),
)
_e = ledger_entries.c
# One thing is with one person: whoever comes second is refused by the database too.
sa.Index(
    "ledger_entries_item", _e.item_id, unique=True,
    postgresql_where=sa.text("closed_at IS NULL AND item_id IS NOT NULL"),
)  # fmt: skip
sa.Index("ledger_entries_open", _e.kind, _e.number, postgresql_where=sa.text("closed_at IS NULL"))
sa.Index("ledger_entries_of_item", _e.item_id, _e.number)
sa.Index("ledger_entries_person", _e.person_id, _e.number)
sa.Index("ledger_entries_host", _e.host_id, _e.number)
sa.Index("ledger_entries_told", _e.told_on, postgresql_where=sa.text("told_on IS NOT NULL"))
sa.Index("ledger_entries_forget", _e.forget_on, postgresql_where=sa.text("forget_on IS NOT NULL"))

ledger_lines = sa.Table(
    "ledger_lines",
    METADATA,
    sa.Column("entry_id", sa.Uuid, sa.ForeignKey("ledger_entries.entry_id"), primary_key=True),
    sa.Column("sequence", sa.Integer, primary_key=True),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("at", AT, nullable=False),
    sa.Column("by", JSON, nullable=False),
    sa.Column("data", JSON, nullable=False),
    # {"name", "file": {"digest", "name", "media_type", "size", "scanned"} | null}
    sa.Column("signature", JSON),
    # That of its file, by which the gateway asks what is still needed.
    sa.Column("digest", sa.Text),
)
sa.Index("ledger_lines_digest", ledger_lines.c.digest, postgresql_where=sa.text("digest IS NOT NULL"))
