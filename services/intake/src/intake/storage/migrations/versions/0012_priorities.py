"""Impact and urgency, the matrix that makes a priority of them, the object of a report, and danger."""

from alembic import op

revision = "0012"
down_revision = "0011"

UP = """
ALTER TABLE requests
    ADD COLUMN object TEXT, ADD COLUMN impact TEXT, ADD COLUMN urgency TEXT, ADD COLUMN danger TEXT;
CREATE INDEX requests_danger ON requests (received_at, request_id)
    WHERE danger IS NOT NULL AND state <> 'closed';
CREATE TABLE priority_matrix (
    version INTEGER PRIMARY KEY,
    cells JSONB NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    by JSONB NOT NULL
);
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute("DROP TABLE priority_matrix")
    op.execute("DROP INDEX requests_danger")
    op.execute(
        "ALTER TABLE requests DROP COLUMN danger, DROP COLUMN urgency, DROP COLUMN impact, DROP COLUMN object"
    )
