"""Corrections of many at once, and of corrections whether they were taken back."""

from alembic import op

revision = "0025"
down_revision = "0024"

UP = """
ALTER TABLE corrections ADD COLUMN batch_id UUID, ADD COLUMN undoes UUID, ADD COLUMN undone_by UUID;
CREATE TABLE correction_batches (
    batch_id UUID NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    actor JSONB NOT NULL,
    wish JSONB NOT NULL,
    key TEXT,
    PRIMARY KEY (batch_id),
    UNIQUE (key)
);
CREATE INDEX correction_batches_at ON correction_batches (at, batch_id);
CREATE TABLE correction_batch_items (
    batch_id UUID NOT NULL,
    position INTEGER NOT NULL,
    request_id UUID NOT NULL,
    version INTEGER NOT NULL,
    work_order_id UUID,
    reference TEXT,
    number TEXT,
    summary TEXT,
    state TEXT NOT NULL,
    correction_id UUID,
    undone_by UUID,
    problem JSONB,
    PRIMARY KEY (batch_id, position),
    FOREIGN KEY(batch_id) REFERENCES correction_batches (batch_id)
);
CREATE INDEX correction_batch_items_waiting ON correction_batch_items (batch_id) WHERE state = 'waiting';
"""
DOWN = """
DROP TABLE correction_batch_items;
DROP TABLE correction_batches;
ALTER TABLE corrections DROP COLUMN batch_id, DROP COLUMN undoes, DROP COLUMN undone_by;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
