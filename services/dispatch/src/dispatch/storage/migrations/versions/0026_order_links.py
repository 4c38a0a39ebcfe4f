"""Links to orders can be ended one order at a time, and mailed anew."""

from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.execute("""
        CREATE TABLE order_links (
            work_order_id UUID PRIMARY KEY REFERENCES work_orders (work_order_id),
            serial INTEGER NOT NULL DEFAULT 0,
            sent INTEGER NOT NULL DEFAULT 0,
            sent_at TIMESTAMPTZ,
            used_at TIMESTAMPTZ,
            ended_at TIMESTAMPTZ,
            ended_by TEXT,
            ended_why TEXT
        )
    """)


def downgrade() -> None:
    op.execute("DROP TABLE order_links")
