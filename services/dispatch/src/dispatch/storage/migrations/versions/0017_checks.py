"""Whose check a work order asks for, and whether the next steps wait for it."""

from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.execute("ALTER TABLE work_orders ADD COLUMN check_by TEXT")
    op.execute("ALTER TABLE work_orders ADD COLUMN check_holds BOOLEAN DEFAULT false NOT NULL")
    op.execute(
        "CREATE INDEX work_orders_to_check ON work_orders (work_order_id)"
        " WHERE state = 'technically_complete' AND check_required"
        " AND replaced_by IS NULL AND corrected_by IS NULL"
    )


def downgrade() -> None:
    op.execute("DROP INDEX work_orders_to_check")
    op.execute("ALTER TABLE work_orders DROP COLUMN check_holds, DROP COLUMN check_by")
