"""A failed mail stands in the repair list under its request's reference, and can be sent again."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.execute(
        "ALTER TABLE messages ADD COLUMN reference TEXT, ADD COLUMN replays INTEGER DEFAULT 0 NOT NULL"
    )
