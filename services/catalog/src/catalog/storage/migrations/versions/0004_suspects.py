"""Facts that are handled alone, since a process may have died of them."""

from alembic import op
from servicekit.storage import mark_suspects

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    mark_suspects(op)


def downgrade() -> None:
    op.execute("DROP TABLE suspects")
