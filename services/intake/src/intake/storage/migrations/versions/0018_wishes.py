"""Themes of wishes. What is closed is counted by kind too: a granted wish is no first contact."""

from alembic import op

revision = "0018"
down_revision = "0017"

UP = """
CREATE TABLE themes (
    theme_id UUID PRIMARY KEY,
    name JSONB NOT NULL,
    made_at TIMESTAMPTZ NOT NULL,
    state TEXT NOT NULL,
    version INTEGER NOT NULL,
    reason JSONB,
    decided_at TIMESTAMPTZ,
    decided_by JSONB
);
ALTER TABLE requests ADD COLUMN theme_id UUID;
CREATE INDEX requests_theme ON requests (theme_id, received_at) WHERE theme_id IS NOT NULL;
DROP INDEX requests_closed;
CREATE INDEX requests_closed ON requests (closed_at)
    INCLUDE (kind, resolution, reopen_count, reassignment_count, external_source) WHERE closed_at IS NOT NULL;
"""
DOWN = """
DROP INDEX requests_closed;
CREATE INDEX requests_closed ON requests (closed_at)
    INCLUDE (resolution, reopen_count, reassignment_count, external_source) WHERE closed_at IS NOT NULL;
ALTER TABLE requests DROP COLUMN theme_id;
DROP TABLE themes;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(DOWN)
