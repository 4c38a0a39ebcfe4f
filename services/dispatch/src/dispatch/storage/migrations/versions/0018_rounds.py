"""Orders with stops: what is known of each."""

from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.execute("ALTER TABLE work_orders ADD COLUMN stops JSONB")


def downgrade() -> None:
    op.execute("ALTER TABLE work_orders DROP COLUMN stops")
