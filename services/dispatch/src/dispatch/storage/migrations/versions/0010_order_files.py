"""Which files came with the completion of an order; their bytes are with the gateway."""

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.execute("""
        CREATE TABLE order_files (
            file_id UUID PRIMARY KEY,
            work_order_id UUID NOT NULL REFERENCES work_orders (work_order_id),
            digest TEXT NOT NULL,
            name TEXT NOT NULL,
            media_type TEXT NOT NULL,
            size BIGINT NOT NULL,
            scanned BOOLEAN NOT NULL,
            at TIMESTAMPTZ NOT NULL
        )
    """)
    op.execute("CREATE INDEX order_files_order ON order_files (work_order_id)")
    op.execute("CREATE INDEX order_files_digest ON order_files (digest)")


def downgrade() -> None:
    op.execute("DROP TABLE order_files")
