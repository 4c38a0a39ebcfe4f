"""Whose check a work order asks for, and whether the next steps wait for it."""

from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.execute("ALTER TABLE work_orders ADD COLUMN check_by TEXT")
    op.execute("ALTER TABLE work_orders ADD COLUMN check_holds BOOLEAN DEFAULT false NOT NULL")


def downgrade() -> None:
    op.execute("ALTER TABLE work_orders DROP COLUMN check_holds, DROP COLUMN check_by")
