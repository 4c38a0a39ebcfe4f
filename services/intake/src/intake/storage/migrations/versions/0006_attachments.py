"""Files in a conversation."""

from alembic import op

revision = "0006"
down_revision = "0005"

UP = """
CREATE TABLE attachments (
    attachment_id UUID NOT NULL,
    request_id UUID NOT NULL,
    at timestamptz NOT NULL,
    digest TEXT NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    scanned BOOLEAN NOT NULL,
    public BOOLEAN NOT NULL,
    PRIMARY KEY (attachment_id),
    FOREIGN KEY(request_id) REFERENCES requests (request_id)
);
CREATE INDEX attachments_request ON attachments (request_id);
CREATE INDEX attachments_digest ON attachments (digest);
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute("DROP TABLE attachments")
