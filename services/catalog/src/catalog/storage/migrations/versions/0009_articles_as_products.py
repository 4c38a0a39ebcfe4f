"""Articles have drafts and are withdrawn as products are; both may be withdrawn on a date."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0009"
down_revision = "0008"

AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "article_drafts",
        sa.Column("article_id", sa.Uuid, primary_key=True),
        sa.Column("slug", sa.Text, nullable=False),
        sa.Column("content", JSONB, nullable=False),
        sa.Column("base_version", sa.Integer),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("publish_at", AT),
        sa.Column("refused", sa.Text),
        sa.Column("changed_at", AT, nullable=False),
        sa.Column("changed_by", JSONB, nullable=False),
    )
    due = sa.text("state = 'scheduled'")
    op.create_index("article_drafts_due", "article_drafts", ["publish_at"], postgresql_where=due)
    op.add_column("articles", sa.Column("withdrawn_at", AT))
    leaving = sa.text("withdraw_at IS NOT NULL")
    for table in ("products", "articles"):
        op.add_column(table, sa.Column("withdraw_at", AT))
        op.create_index(f"{table}_leaving", table, ["withdraw_at"], postgresql_where=leaving)


def downgrade() -> None:
    """What was withdrawn of the articles is on offer again: there was no other way before."""
    for table in ("products", "articles"):
        op.drop_column(table, "withdraw_at")
    op.drop_column("articles", "withdrawn_at")
    op.drop_table("article_drafts")
