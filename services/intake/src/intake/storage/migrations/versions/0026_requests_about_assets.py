"""Requests about an object of the register, as it was known then."""

from alembic import op

revision = "0026"
down_revision = "0025"

UP = """
ALTER TABLE requests ADD COLUMN asset_id UUID, ADD COLUMN asset JSONB;
CREATE INDEX requests_asset ON requests (asset_id, received_at) WHERE asset_id IS NOT NULL;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute("ALTER TABLE requests DROP COLUMN asset_id, DROP COLUMN asset")
