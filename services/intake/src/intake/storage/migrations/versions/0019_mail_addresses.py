"""Finding people by their mail address, in small letters or large."""

from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.execute("CREATE INDEX people_email ON people (lower(email))")


def downgrade() -> None:
    op.execute("DROP INDEX people_email")
