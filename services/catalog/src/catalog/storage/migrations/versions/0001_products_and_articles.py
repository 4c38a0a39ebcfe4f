"""Products and articles with their versions, and servicekit's own tables."""

import sqlalchemy as sa
from alembic import op
from servicekit.storage import create_tables
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR

revision = "0001"
down_revision = None

AT = sa.DateTime(timezone=True)


def searched(*weighted: tuple[str, str]) -> str:
    return " || ".join(
        f"setweight(to_tsvector('{words}', coalesce(content #>> '{{{path},{language}}}', '')), '{weight}')"
        for path, weight in weighted
        for words, language in (("dutch", "nl"), ("english", "en"))
    )


def upgrade() -> None:
    create_tables(op)
    product: list[sa.Column] = [sa.Column("withdrawn_at", AT), sa.Column("imported_hash", sa.Text)]
    _create("product", searched(("name", "A"), ("category", "B"), ("description", "C")), product)
    _create("article", searched(("title", "A"), ("body", "C")), [])


def _create(what: str, expression: str, more: list[sa.Column]) -> None:
    op.create_table(
        f"{what}s",
        sa.Column(f"{what}_id", sa.Uuid, primary_key=True),
        sa.Column("slug", sa.Text, nullable=False, unique=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("content", JSONB, nullable=False),
        sa.Column("published_at", AT, nullable=False),
        *more,
        sa.Column("words", TSVECTOR, sa.Computed(expression, persisted=True), nullable=False),
    )
    op.create_index(f"{what}s_words", f"{what}s", ["words"], postgresql_using="gin")
    op.create_table(
        f"{what}_versions",
        sa.Column(f"{what}_id", sa.Uuid, sa.ForeignKey(f"{what}s.{what}_id"), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True),
        sa.Column("content", JSONB, nullable=False),
        sa.Column("content_hash", sa.Text, nullable=False),
        sa.Column("published_at", AT, nullable=False),
        sa.Column("published_by", JSONB, nullable=False),
    )


def downgrade() -> None:
    for table in ("article_versions", "articles", "product_versions", "products"):
        op.drop_table(table)
