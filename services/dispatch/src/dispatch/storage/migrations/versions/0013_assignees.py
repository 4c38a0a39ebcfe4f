"""Who of a team has an order, why it came back, and how often it went on to somebody else."""

from alembic import op

revision = "0013"
down_revision = "0012"

UP = """
ALTER TABLE work_orders
    ADD COLUMN assignee JSONB, ADD COLUMN came_back JSONB, ADD COLUMN hand_overs INTEGER DEFAULT 0 NOT NULL;
DROP INDEX work_orders_issued;
CREATE INDEX work_orders_issued ON work_orders (issued_at)
    INCLUDE (provider_id, state, round, accepted_at, refused_at, hand_overs) WHERE issued_at IS NOT NULL;
CREATE INDEX work_orders_assignee ON work_orders ((assignee->>'account_id'))
    WHERE open AND assignee IS NOT NULL;
"""
DOWN = """
DROP INDEX work_orders_assignee;
DROP INDEX work_orders_issued;
CREATE INDEX work_orders_issued ON work_orders (issued_at)
    INCLUDE (provider_id, state, round, accepted_at, refused_at) WHERE issued_at IS NOT NULL;
ALTER TABLE work_orders DROP COLUMN hand_overs, DROP COLUMN came_back, DROP COLUMN assignee;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
