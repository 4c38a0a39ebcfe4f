"""Confidential requests: their words apart, who reads them, and who has opened them."""

from alembic import op

revision = "0032"
down_revision = "0031"

UP = """
ALTER TABLE requests ADD COLUMN sealed JSONB, ADD COLUMN readers JSONB;
CREATE INDEX requests_sealed ON requests (request_id) WHERE sealed IS NOT NULL;
CREATE TABLE confidants (
    person_id UUID PRIMARY KEY REFERENCES people (person_id),
    position INTEGER NOT NULL
);
CREATE TABLE openings (
    request_id UUID NOT NULL REFERENCES requests (request_id),
    actor_id TEXT NOT NULL,
    hour TIMESTAMPTZ NOT NULL,
    name TEXT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (request_id, actor_id, hour)
);
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute("DROP TABLE openings; DROP TABLE confidants")
    op.execute("ALTER TABLE requests DROP COLUMN sealed, DROP COLUMN readers")
