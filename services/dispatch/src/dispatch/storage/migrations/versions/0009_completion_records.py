"""What comes with completion (points, hours, material), the agreed price, and what orders are held to."""

from alembic import op

revision = "0009"
down_revision = "0008"
COLUMNS = {"checklist": "JSONB", "agreed_cents": "BIGINT", "record": "JSONB", "cost_standing": "JSONB"}


def upgrade() -> None:
    op.execute(
        "ALTER TABLE work_orders " + ", ".join(f"ADD COLUMN {name} {kind}" for name, kind in COLUMNS.items())
    )
    op.execute("""
        CREATE TABLE order_terms (
            name TEXT PRIMARY KEY,
            values JSONB NOT NULL,
            version INTEGER NOT NULL,
            updated_at TIMESTAMPTZ NOT NULL,
            updated_by TEXT NOT NULL
        )
    """)


def downgrade() -> None:
    op.execute("DROP TABLE order_terms")
    op.execute("ALTER TABLE work_orders " + ", ".join(f"DROP COLUMN {name}" for name in COLUMNS))
