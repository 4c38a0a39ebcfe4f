"""What an order may cost without asking; of those that are there, what was agreed."""

from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.execute("ALTER TABLE work_orders ADD COLUMN limit_cents BIGINT")
    op.execute("UPDATE work_orders SET limit_cents = agreed_cents WHERE agreed_cents IS NOT NULL")


def downgrade() -> None:
    op.execute("ALTER TABLE work_orders DROP COLUMN limit_cents")
