"""Up to when deadlines ask for nothing: they may be heard of after the desk acted, or after a reopening.

What an older replica writes beside a newer one lacks the columns of the last migrations: they have defaults.
"""

from alembic import op

revision = "0011"
down_revision = "0010"

UP = """
ALTER TABLE requests ADD COLUMN settled JSONB NOT NULL DEFAULT '{}';
ALTER TABLE requests ALTER COLUMN followers SET DEFAULT 0, ALTER COLUMN approver_ids SET DEFAULT '{}';
"""


def upgrade() -> None:
    op.execute(UP)


def downgrade() -> None:
    op.execute(
        "ALTER TABLE requests ALTER COLUMN followers DROP DEFAULT, ALTER COLUMN approver_ids DROP DEFAULT"
    )
    op.execute("ALTER TABLE requests DROP COLUMN settled")
