"""Planned work."""

from alembic import op

revision = "0020"
down_revision = "0019"

UP = """
CREATE TABLE plans (
    plan_id UUID PRIMARY KEY,
    version INTEGER NOT NULL,
    state TEXT NOT NULL,
    name TEXT NOT NULL,
    text TEXT NOT NULL,
    product_id UUID NOT NULL,
    location_id UUID,
    answers JSONB NOT NULL,
    rule TEXT NOT NULL,
    starts_on DATE NOT NULL,
    until DATE,
    closed TEXT NOT NULL,
    lead_days INTEGER NOT NULL,
    keeper JSONB NOT NULL,
    dealt_until DATE,
    look_on DATE,
    replaces UUID REFERENCES plans,
    changed_at TIMESTAMPTZ NOT NULL,
    changed_by JSONB NOT NULL,
    reason TEXT
);
CREATE INDEX plans_look ON plans (look_on) WHERE state = 'active' AND look_on IS NOT NULL;
CREATE TABLE plan_days (
    plan_id UUID NOT NULL REFERENCES plans,
    rule_date DATE NOT NULL,
    work_on DATE,
    fate TEXT NOT NULL,
    request_id UUID,
    at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (plan_id, rule_date)
);
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute("DROP TABLE plan_days")
    op.execute("DROP TABLE plans")
