"""Plans that name who does their work."""

from alembic import op

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    op.execute("ALTER TABLE plans ADD COLUMN provider TEXT")
    op.execute("ALTER TABLE requests ADD COLUMN named_provider TEXT")


def downgrade() -> None:
    op.execute("ALTER TABLE requests DROP COLUMN named_provider")
    op.execute("ALTER TABLE plans DROP COLUMN provider")
