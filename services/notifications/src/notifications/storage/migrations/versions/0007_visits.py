"""What tells of a visit tells of several requests: it stands with each, and with each it can be veiled."""

from alembic import op

revision = "0007"
down_revision = "0006"

UP = """
ALTER TABLE messages ADD COLUMN mentions UUID[];
COMMENT ON COLUMN messages.mentions IS 'the requests of a visit, which is about several';
CREATE INDEX messages_mentions ON messages USING gin (mentions) WHERE mentions IS NOT NULL;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute("ALTER TABLE messages DROP COLUMN mentions")
