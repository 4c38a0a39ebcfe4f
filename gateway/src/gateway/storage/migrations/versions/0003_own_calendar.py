"""Beside the address of the team's work one of one's own."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.execute("ALTER TABLE calendar_addresses ADD COLUMN whose TEXT NOT NULL DEFAULT 'team'")
    op.execute("ALTER TABLE calendar_addresses DROP CONSTRAINT calendar_addresses_pkey")
    op.execute("ALTER TABLE calendar_addresses ADD PRIMARY KEY (account_id, whose)")


def downgrade() -> None:
    op.execute("DELETE FROM calendar_addresses WHERE whose <> 'team'")
    op.execute("ALTER TABLE calendar_addresses DROP CONSTRAINT calendar_addresses_pkey")
    op.execute("ALTER TABLE calendar_addresses ADD PRIMARY KEY (account_id)")
    op.execute("ALTER TABLE calendar_addresses DROP COLUMN whose")
