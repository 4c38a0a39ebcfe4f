"""The counter's ledger: items, entries and their lines."""

from alembic import op

revision = "0037"
down_revision = "0036"

UP = """
CREATE SEQUENCE ledger_numbers;
CREATE TABLE ledger_items (
    item_id UUID NOT NULL,
    version INTEGER NOT NULL,
    kind TEXT NOT NULL,
    number TEXT COLLATE "C" NOT NULL,
    name TEXT NOT NULL,
    place TEXT,
    withdrawn BOOLEAN NOT NULL,
    changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    changed_by JSONB NOT NULL,
    PRIMARY KEY (item_id),
    UNIQUE (number)
);
CREATE TABLE ledger_entries (
    entry_id UUID NOT NULL,
    number BIGINT NOT NULL,
    version INTEGER NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    item_id UUID,
    what TEXT NOT NULL,
    person_id UUID,
    name TEXT,
    company TEXT,
    host_id UUID,
    plate TEXT,
    place TEXT,
    expected_at TIMESTAMP WITH TIME ZONE,
    due_on DATE,
    told_on DATE,
    reminders INTEGER NOT NULL,
    request_id UUID,
    opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    closed_at TIMESTAMP WITH TIME ZONE,
    forget_on DATE,
    PRIMARY KEY (entry_id),
    UNIQUE (number),
    FOREIGN KEY(item_id) REFERENCES ledger_items (item_id),
    FOREIGN KEY(person_id) REFERENCES people (person_id),
    FOREIGN KEY(host_id) REFERENCES people (person_id),
    FOREIGN KEY(request_id) REFERENCES requests (request_id)
);
CREATE INDEX ledger_entries_forget ON ledger_entries (forget_on) WHERE forget_on IS NOT NULL;
CREATE INDEX ledger_entries_host ON ledger_entries (host_id, number);
CREATE UNIQUE INDEX ledger_entries_item ON ledger_entries (item_id)
    WHERE closed_at IS NULL AND item_id IS NOT NULL;
CREATE INDEX ledger_entries_of_item ON ledger_entries (item_id, number);
CREATE INDEX ledger_entries_open ON ledger_entries (kind, number) WHERE closed_at IS NULL;
CREATE INDEX ledger_entries_person ON ledger_entries (person_id, number);
CREATE INDEX ledger_entries_told ON ledger_entries (told_on) WHERE told_on IS NOT NULL;
CREATE TABLE ledger_lines (
    entry_id UUID NOT NULL,
    sequence INTEGER NOT NULL,
    action TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    by JSONB NOT NULL,
    data JSONB NOT NULL,
    signature JSONB,
    digest TEXT,
    PRIMARY KEY (entry_id, sequence),
    FOREIGN KEY(entry_id) REFERENCES ledger_entries (entry_id)
);
CREATE INDEX ledger_lines_digest ON ledger_lines (digest) WHERE digest IS NOT NULL;
"""
DOWN = """
DROP TABLE ledger_lines;
DROP TABLE ledger_entries;
DROP TABLE ledger_items;
DROP SEQUENCE ledger_numbers;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
