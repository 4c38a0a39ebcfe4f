"""Requests that go along with another: the same, reported by more than one."""

from alembic import op

revision = "0010"
down_revision = "0009"

UP = """
ALTER TABLE requests ADD COLUMN follows UUID, ADD COLUMN followers INTEGER NOT NULL DEFAULT 0;
ALTER TABLE requests ALTER COLUMN followers DROP DEFAULT;
CREATE INDEX requests_follows ON requests (follows) WHERE follows IS NOT NULL;
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute("ALTER TABLE requests DROP COLUMN followers, DROP COLUMN follows")
