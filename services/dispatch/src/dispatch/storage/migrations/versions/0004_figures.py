"""When an order was accepted and refused, with the order itself, and indexes that hold what figures count."""

from alembic import op

revision = "0004"
down_revision = "0003"

UP = """
ALTER TABLE work_orders ADD COLUMN accepted_at TIMESTAMP WITH TIME ZONE,
    ADD COLUMN refused_at TIMESTAMP WITH TIME ZONE;
UPDATE work_orders AS o SET accepted_at = h.accepted_at, refused_at = h.refused_at
FROM (
    SELECT work_order_id,
           max(at) FILTER (WHERE action = 'accept') AS accepted_at,
           max(at) FILTER (WHERE action = 'refuse') AS refused_at
    FROM work_order_history WHERE action IN ('accept', 'refuse') GROUP BY work_order_id
) AS h
WHERE h.work_order_id = o.work_order_id;
UPDATE work_orders SET accepted_at = NULL WHERE accepted_at < issued_at;
DROP INDEX work_orders_open;
CREATE INDEX work_orders_open ON work_orders (provider_id, work_order_id) INCLUDE (planned_until) WHERE open;
CREATE INDEX work_orders_issued ON work_orders (issued_at)
    INCLUDE (provider_id, state, round, accepted_at, refused_at) WHERE issued_at IS NOT NULL;
"""

DOWN = """
DROP INDEX work_orders_issued, work_orders_open;
CREATE INDEX work_orders_open ON work_orders (provider_id, work_order_id) WHERE open;
ALTER TABLE work_orders DROP COLUMN refused_at, DROP COLUMN accepted_at;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
