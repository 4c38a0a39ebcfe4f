"""Orders that are done in one visit."""

from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.execute("""
        CREATE TABLE visits (
            visit_id UUID PRIMARY KEY,
            provider_id UUID NOT NULL REFERENCES providers (provider_id),
            made_at TIMESTAMPTZ NOT NULL,
            made_by TEXT,
            note TEXT
        )
    """)
    op.execute("""
        CREATE TABLE visit_orders (
            work_order_id UUID PRIMARY KEY REFERENCES work_orders (work_order_id),
            visit_id UUID NOT NULL REFERENCES visits (visit_id)
        )
    """)
    op.execute("CREATE INDEX visit_orders_visit ON visit_orders (visit_id)")


def downgrade() -> None:
    op.execute("DROP TABLE visit_orders")
    op.execute("DROP TABLE visits")
