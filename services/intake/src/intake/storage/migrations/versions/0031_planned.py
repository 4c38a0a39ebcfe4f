"""Which requests a plan made, so that figures about what people ask for can leave them out."""

from alembic import op

revision = "0031"
down_revision = "0030"

UP = """
ALTER TABLE requests ADD COLUMN planned boolean
    GENERATED ALWAYS AS (coalesce((created_by ->> 'id'::text) ~~ 'plan:%'::text, false)) STORED;
DROP INDEX requests_received;
CREATE INDEX requests_received ON requests (received_at, request_id)
    INCLUDE (kind, standard, product_id, external_source, planned);
"""

DOWN = """
DROP INDEX requests_received;
CREATE INDEX requests_received ON requests (received_at, request_id)
    INCLUDE (kind, standard, product_id, external_source);
ALTER TABLE requests DROP COLUMN planned;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
