"""Budgets with their holders, and requests that wait for their word."""

from alembic import op

revision = "0009"
down_revision = "0008"

UP = """
CREATE TABLE budgets (
    budget_id UUID NOT NULL,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    threshold_cents BIGINT NOT NULL,
    rule TEXT NOT NULL,
    holders JSONB NOT NULL,
    PRIMARY KEY (budget_id),
    UNIQUE (key)
);
ALTER TABLE departments ADD COLUMN budget_id UUID REFERENCES budgets (budget_id);
CREATE INDEX departments_budget ON departments (budget_id);
ALTER TABLE requests ADD COLUMN approval JSONB;
ALTER TABLE requests ADD COLUMN approver_ids UUID[] NOT NULL DEFAULT '{}';
ALTER TABLE requests ALTER COLUMN approver_ids DROP DEFAULT;
ALTER TABLE requests ADD COLUMN remind_at timestamptz;
CREATE INDEX requests_approvers ON requests USING gin (approver_ids) WHERE state = 'awaiting_approval';
CREATE INDEX requests_remind ON requests (remind_at) WHERE remind_at IS NOT NULL;
"""

DOWN = """
DROP INDEX requests_remind, requests_approvers;
ALTER TABLE requests DROP COLUMN remind_at, DROP COLUMN approver_ids, DROP COLUMN approval;
ALTER TABLE departments DROP COLUMN budget_id;
DROP TABLE budgets;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
