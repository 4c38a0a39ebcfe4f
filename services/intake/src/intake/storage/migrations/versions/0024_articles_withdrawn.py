"""Articles may be withdrawn, which may be heard before what they said."""

from alembic import op

revision = "0024"
down_revision = "0023"

COLUMNS = ("version", "slug", "title", "body", "product_ids")


def upgrade() -> None:
    op.execute("ALTER TABLE articles ADD COLUMN withdrawn_version INTEGER")
    for name in COLUMNS:
        op.execute(f"ALTER TABLE articles ALTER COLUMN {name} DROP NOT NULL")


def downgrade() -> None:
    op.execute("DELETE FROM articles WHERE version IS NULL")
    for name in COLUMNS:
        op.execute(f"ALTER TABLE articles ALTER COLUMN {name} SET NOT NULL")
    op.execute("ALTER TABLE articles DROP COLUMN withdrawn_version")
