"""Where requests left the regular process of their product."""

from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.execute(
        "CREATE TABLE deviations (deviation_id UUID PRIMARY KEY, kind TEXT NOT NULL,"
        " request_id UUID NOT NULL, reference TEXT NOT NULL, product_id UUID, product JSONB,"
        " step TEXT, title JSONB, work_order_id UUID, cause TEXT, details JSONB NOT NULL,"
        " by_kind TEXT NOT NULL, by_name TEXT, at TIMESTAMPTZ NOT NULL)"
    )
    op.execute("CREATE INDEX deviations_request ON deviations (request_id)")
    op.execute("CREATE INDEX deviations_product ON deviations (product_id, at)")
    op.execute("CREATE INDEX deviations_at ON deviations (at)")


def downgrade() -> None:
    op.execute("DROP TABLE deviations")
