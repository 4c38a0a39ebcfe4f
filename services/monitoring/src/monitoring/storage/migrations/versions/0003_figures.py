"""What figures count of clocks, as columns that follow from the others, and indexes that hold them."""

from alembic import op

revision = "0003"
down_revision = "0002"

UP = """
ALTER TABLE clocks
    ADD COLUMN priority text GENERATED ALWAYS AS ((level ->> 'priority'::text)) STORED,
    ADD COLUMN judged_at timestamptz GENERATED ALWAYS AS
        (CASE state WHEN 'met'::text THEN stopped_at WHEN 'breached'::text THEN breached_at
         ELSE NULL::timestamp with time zone END) STORED,
    ADD COLUMN desk_minutes integer GENERATED ALWAYS AS
        (((attribution ->> 'desk'::text))::integer) STORED,
    ADD COLUMN supplier_minutes integer GENERATED ALWAYS AS
        (((attribution ->> 'supplier'::text))::integer) STORED,
    ADD COLUMN requester_minutes integer GENERATED ALWAYS AS
        ((((attribution ->> 'requester'::text))::integer + paused_minutes)) STORED;
CREATE INDEX clocks_judged ON clocks (judged_at) INCLUDE (clock, priority, state) WHERE judged_at IS NOT NULL;
CREATE INDEX clocks_resolved ON clocks (stopped_at)
    INCLUDE (desk_minutes, supplier_minutes, requester_minutes)
    WHERE clock = 'resolve' AND stopped_at IS NOT NULL;
CREATE INDEX clocks_late ON clocks (sort_at, request_id, clock)
    WHERE state = 'breached' AND stopped_at IS NULL;
DROP INDEX clocks_by_state;
CREATE INDEX clocks_by_state ON clocks (state, sort_at, request_id, clock) INCLUDE (warned_at);
"""

DOWN = """
DROP INDEX clocks_by_state, clocks_late, clocks_resolved, clocks_judged;
CREATE INDEX clocks_by_state ON clocks (state, sort_at, request_id, clock);
ALTER TABLE clocks DROP COLUMN requester_minutes, DROP COLUMN supplier_minutes, DROP COLUMN desk_minutes,
    DROP COLUMN judged_at, DROP COLUMN priority;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
