"""In which language a supplier is mailed."""

from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.execute("ALTER TABLE provider_profiles ADD COLUMN language TEXT NOT NULL DEFAULT 'nl'")


def downgrade() -> None:
    op.execute("ALTER TABLE provider_profiles DROP COLUMN language")
