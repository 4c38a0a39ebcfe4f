"""Drafts of products."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0005"
down_revision = "0004"

AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "product_drafts",
        sa.Column("product_id", sa.Uuid, primary_key=True),
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
    op.create_index("product_drafts_due", "product_drafts", ["publish_at"], postgresql_where=due)


def downgrade() -> None:
    op.drop_table("product_drafts")
