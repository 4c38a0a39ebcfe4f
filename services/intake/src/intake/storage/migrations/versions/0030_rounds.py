"""Rounds: the stops of a plan, and of a request that one made."""

from alembic import op

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    op.execute("ALTER TABLE plans ADD COLUMN stops JSONB NOT NULL DEFAULT '[]'")
    op.execute("ALTER TABLE requests ADD COLUMN stops JSONB")


def downgrade() -> None:
    op.execute("ALTER TABLE requests DROP COLUMN stops")
    op.execute("ALTER TABLE plans DROP COLUMN stops")
