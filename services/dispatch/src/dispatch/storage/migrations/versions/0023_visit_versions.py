"""Who acts on a visit says what they saw in it."""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE visits ADD COLUMN version INTEGER DEFAULT 1 NOT NULL")


def downgrade() -> None:
    op.execute("ALTER TABLE visits DROP COLUMN version")
