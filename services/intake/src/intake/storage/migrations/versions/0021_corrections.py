"""Corrections, and the causes that they may have: a list that the organisation keeps."""

from alembic import op

revision = "0021"
down_revision = "0020"

UP = """
ALTER TABLE requests ADD COLUMN corrections INTEGER DEFAULT 0 NOT NULL;
CREATE TABLE correction_causes (
    key TEXT NOT NULL,
    name JSONB NOT NULL,
    active BOOLEAN NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (key)
);
CREATE TABLE corrections (
    correction_id UUID NOT NULL,
    request_id UUID NOT NULL,
    reference TEXT NOT NULL,
    what TEXT NOT NULL,
    effect TEXT NOT NULL,
    cause TEXT NOT NULL,
    note TEXT,
    by JSONB NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    before JSONB NOT NULL,
    after JSONB NOT NULL,
    round INTEGER NOT NULL,
    state TEXT NOT NULL,
    work_order_id UUID,
    product_id UUID,
    provider JSONB,
    answer JSONB,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (correction_id),
    FOREIGN KEY(request_id) REFERENCES requests (request_id)
);
CREATE INDEX corrections_request ON corrections (request_id);
CREATE INDEX corrections_at ON corrections (at, correction_id);
CREATE INDEX corrections_open ON corrections (at) WHERE state IN ('begun', 'cancelling', 'failed');
"""
DOWN = """
DROP TABLE corrections;
DROP TABLE correction_causes;
ALTER TABLE requests DROP COLUMN corrections;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
