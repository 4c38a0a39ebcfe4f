"""Indexes that hold what figures count, so that counting a period reads no rows."""

from alembic import op

revision = "0004"
down_revision = "0003"

UP = """
ALTER TABLE requests ADD COLUMN in_time boolean
    GENERATED ALWAYS AS (((imported ->> 'made_sla'::text))::boolean) STORED;
DROP INDEX requests_received;
CREATE INDEX requests_received ON requests (received_at, request_id)
    INCLUDE (kind, standard, product_id, external_source);
DROP INDEX requests_board;
CREATE INDEX requests_board ON requests (received_at, request_id) INCLUDE (state) WHERE state <> 'closed';
CREATE INDEX requests_closed ON requests (closed_at)
    INCLUDE (resolution, reopen_count, reassignment_count, external_source) WHERE closed_at IS NOT NULL;
CREATE INDEX requests_handed_over ON requests (reassignment_count, in_time) WHERE external_key IS NOT NULL;
"""

DOWN = """
DROP INDEX requests_handed_over, requests_closed, requests_board, requests_received;
CREATE INDEX requests_board ON requests (received_at, request_id) WHERE state <> 'closed';
CREATE INDEX requests_received ON requests (received_at, request_id);
ALTER TABLE requests DROP COLUMN in_time;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
