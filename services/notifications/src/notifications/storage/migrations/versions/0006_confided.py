"""What is told late of a request that has become confidential since has no word of it either."""

from alembic import op

revision = "0006"
down_revision = "0005"

UP = """
CREATE TABLE confided (
    request_id UUID NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (request_id)
);
ALTER TABLE messages ADD COLUMN sequence INTEGER;
COMMENT ON COLUMN messages.sequence IS 'the request''s own; none of what tells of an order';
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute("DROP TABLE confided; ALTER TABLE messages DROP COLUMN sequence")
