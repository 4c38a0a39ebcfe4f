"""Where a supplier without a program hears of its orders by mail."""

from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.execute("ALTER TABLE provider_profiles ADD COLUMN emails JSONB NOT NULL DEFAULT '[]'")


def downgrade() -> None:
    op.execute("ALTER TABLE provider_profiles DROP COLUMN emails")
