"""What keeps coming back outside the catalogue."""

from alembic import op

revision = "0014"
down_revision = "0013"

UP = """
CREATE TABLE repeats (
    repeat_id UUID PRIMARY KEY,
    version INTEGER NOT NULL,
    state TEXT NOT NULL,
    count INTEGER NOT NULL,
    spread JSONB NOT NULL,
    said JSONB NOT NULL,
    first_at TIMESTAMPTZ NOT NULL,
    last_at TIMESTAMPTZ NOT NULL,
    decided_at TIMESTAMPTZ,
    decided_by JSONB,
    reason TEXT,
    product_id UUID
);
CREATE INDEX repeats_last ON repeats (last_at);
CREATE INDEX repeats_count ON repeats (state, count);
ALTER TABLE requests ADD COLUMN repeat_id UUID;
CREATE INDEX requests_repeat ON requests (repeat_id, received_at, request_id) WHERE repeat_id IS NOT NULL;
CREATE INDEX requests_unsorted ON requests (number)
    WHERE repeat_id IS NULL AND NOT standard AND external_source IS NULL
    AND kind IN ('order', 'fault', 'information') AND state NOT IN ('received', 'triage')
    AND resolution IS DISTINCT FROM 'withdrawn';
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute("ALTER TABLE requests DROP COLUMN repeat_id")
    op.execute("DROP TABLE repeats")
