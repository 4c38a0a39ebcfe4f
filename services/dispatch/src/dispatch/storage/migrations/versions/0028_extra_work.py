"""What an executor asked above the limit of its order, and what was said of it."""

from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    op.execute("ALTER TABLE work_orders ADD COLUMN extra_work JSONB")


def downgrade() -> None:
    op.execute("ALTER TABLE work_orders DROP COLUMN extra_work")
