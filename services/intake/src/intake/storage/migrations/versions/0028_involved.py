"""Whom a request is for, whom the executor meets there, and who pays."""

from alembic import op

revision = "0028"
down_revision = "0027"

UP = """
ALTER TABLE requests ADD COLUMN requested_for JSONB;
ALTER TABLE requests ADD COLUMN requested_for_id UUID;
ALTER TABLE requests ADD COLUMN on_site JSONB;
ALTER TABLE requests ADD COLUMN cost_centre JSONB;
CREATE INDEX requests_requested_for ON requests (requested_for_id, received_at)
    WHERE requested_for_id IS NOT NULL;
"""
DOWN = """
ALTER TABLE requests DROP COLUMN requested_for, DROP COLUMN requested_for_id, DROP COLUMN on_site,
    DROP COLUMN cost_centre;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
