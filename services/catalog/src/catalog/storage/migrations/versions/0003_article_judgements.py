"""How often an article helped, per day."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "article_judgements",
        sa.Column("article_id", sa.Uuid, sa.ForeignKey("articles.article_id"), primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("helped", sa.Integer, nullable=False),
        sa.Column("did_not_help", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("article_judgements")
