"""What an order takes of what there is at once, and whether it was cancelled late."""

from alembic import op

revision = "0034"
down_revision = "0033"

UP = """
ALTER TABLE requests ADD COLUMN units INTEGER DEFAULT 1 NOT NULL;
ALTER TABLE requests ADD COLUMN cancelled_late JSONB;
CREATE INDEX requests_ordered ON requests (product_id, wanted_from) WHERE wanted_from IS NOT NULL;
CREATE INDEX requests_cancelled_late ON requests (closed_at) WHERE cancelled_late IS NOT NULL;
"""
DOWN = """
ALTER TABLE requests DROP COLUMN units, DROP COLUMN cancelled_late;
DROP INDEX requests_ordered;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
