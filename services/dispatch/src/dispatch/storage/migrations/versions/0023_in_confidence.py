"""What is said in confidence with corrections and reopenings, and who has opened a confidential order."""

from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.execute("ALTER TABLE processes ADD COLUMN said JSONB DEFAULT '{}' NOT NULL")
    op.execute("""
        CREATE TABLE openings (
            work_order_id UUID NOT NULL REFERENCES work_orders,
            actor_id TEXT NOT NULL,
            hour TIMESTAMPTZ NOT NULL,
            PRIMARY KEY (work_order_id, actor_id, hour)
        )
    """)


def downgrade() -> None:
    op.execute("DROP TABLE openings")
    op.execute("ALTER TABLE processes DROP COLUMN said")
