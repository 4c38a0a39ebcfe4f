"""The repair list holds more than messages."""

from alembic import op
from servicekit.storage import keep_failures_of_every_kind

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    keep_failures_of_every_kind(op)
