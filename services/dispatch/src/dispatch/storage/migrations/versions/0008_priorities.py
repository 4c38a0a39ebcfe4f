"""The priority of a request as the desk changed it after it was accepted."""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.execute("ALTER TABLE processes ADD COLUMN weighed JSONB")


def downgrade() -> None:
    op.execute("ALTER TABLE processes DROP COLUMN weighed")
