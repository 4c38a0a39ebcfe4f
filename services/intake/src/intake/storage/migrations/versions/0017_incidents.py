"""Major incidents, and which requests are gathered under them."""

from alembic import op

revision = "0017"
down_revision = "0016"

UP = """
CREATE TABLE incidents (
    incident_id UUID PRIMARY KEY,
    title TEXT NOT NULL,
    state TEXT NOT NULL,
    version INTEGER NOT NULL,
    opened_at TIMESTAMPTZ NOT NULL,
    opened_by JSONB NOT NULL,
    closed_at TIMESTAMPTZ,
    log JSONB NOT NULL
);
CREATE INDEX incidents_opened ON incidents (opened_at);
ALTER TABLE requests ADD COLUMN incident_id UUID;
CREATE INDEX requests_incident ON requests (incident_id) WHERE incident_id IS NOT NULL;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute("ALTER TABLE requests DROP COLUMN incident_id")
    op.execute("DROP TABLE incidents")
