"""Links between requests, and the completion that a child holds up."""

from alembic import op

revision = "0013"
down_revision = "0012"

UP = """
ALTER TABLE requests ADD COLUMN linked INTEGER NOT NULL DEFAULT 0, ADD COLUMN held JSONB;
CREATE TABLE request_links (
    from_id UUID NOT NULL REFERENCES requests (request_id),
    to_id UUID NOT NULL REFERENCES requests (request_id),
    kind TEXT NOT NULL,
    rule TEXT,
    at TIMESTAMPTZ NOT NULL,
    by JSONB NOT NULL,
    PRIMARY KEY (from_id, to_id, kind)
);
CREATE INDEX request_links_to ON request_links (to_id);
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute("DROP TABLE request_links")
    op.execute("ALTER TABLE requests DROP COLUMN held, DROP COLUMN linked")
