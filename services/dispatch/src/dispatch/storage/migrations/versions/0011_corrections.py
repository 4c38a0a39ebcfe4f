"""Corrections: what they told of a request, and the orders that they issued and took away."""

from alembic import op

revision = "0011"
down_revision = "0010"

UP = """
ALTER TABLE processes
    ADD COLUMN corrected_sequence INTEGER DEFAULT 0 NOT NULL,
    ADD COLUMN corrected_round INTEGER DEFAULT 0 NOT NULL,
    ADD COLUMN fresh_round INTEGER DEFAULT 1 NOT NULL,
    ADD COLUMN correction_id UUID;
ALTER TABLE work_orders
    ADD COLUMN rework_of UUID, ADD COLUMN correction_id UUID, ADD COLUMN corrected_by UUID;
"""
DOWN = """
ALTER TABLE work_orders DROP COLUMN corrected_by, DROP COLUMN correction_id, DROP COLUMN rework_of;
ALTER TABLE processes
    DROP COLUMN correction_id, DROP COLUMN fresh_round, DROP COLUMN corrected_round,
    DROP COLUMN corrected_sequence;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
