"""The moments that were proposed to the customer, and the one that was chosen."""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.execute("ALTER TABLE work_orders ADD COLUMN appointment JSONB")


def downgrade() -> None:
    op.execute("ALTER TABLE work_orders DROP COLUMN appointment")
