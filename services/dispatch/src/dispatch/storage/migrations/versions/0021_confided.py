"""Requests that were made confidential after they were accepted."""

from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.execute("ALTER TABLE processes ADD COLUMN confided BOOLEAN DEFAULT false NOT NULL")


def downgrade() -> None:
    op.execute("ALTER TABLE processes DROP COLUMN confided")
