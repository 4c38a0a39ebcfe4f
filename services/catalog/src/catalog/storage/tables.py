"""Tables. The current version stands whole in its own row, so that a list is one indexed read."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR

METADATA = sa.MetaData()


# What PostgreSQL reads figures by: `-2024` as a number below nothing, `3.12` as a fraction, and neither is
# found by its figures then. A code is its words and figures, whatever stands between them.
JOINING = "-+./@&=?#~"
LANGUAGES = (("dutch", "nl"), ("english", "en"))


def _vector(words: str, text: str, weight: str) -> str:
    apart = f"translate({text}, '{JOINING}', '{' ' * len(JOINING)}')"
    return f"setweight(to_tsvector('{words}', {apart}), '{weight}')"


def _weighted(path: str, weight: str) -> str:
    """Both languages, each with its own word forms; as literals, which a generated column needs."""
    return " || ".join(
        _vector(words, f"coalesce(content #>> '{{{path},{language}}}', '')", weight)
        for words, language in LANGUAGES
    )


def _weighted_texts(path: str, weight: str) -> str:
    """The same, of a list of texts."""
    return " || ".join(
        _vector(words, f"jsonb_path_query_array(content, '$.{path}[*].{language}')::text", weight)
        for words, language in LANGUAGES
    )


PRODUCT_WORDS = " || ".join(
    (
        _weighted("name", "A"),
        _weighted("category", "B"),
        _weighted("description", "C"),
        _weighted_texts("examples.yes", "C"),  # what people say who need it, in words that we would not use
    )
)
ARTICLE_WORDS = " || ".join((_weighted("title", "A"), _weighted("body", "C")))

products = sa.Table(
    "products",
    METADATA,
    sa.Column("product_id", sa.Uuid, primary_key=True),
    sa.Column("slug", sa.Text, nullable=False, unique=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("content", JSONB, nullable=False),
    sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("withdrawn_at", sa.DateTime(timezone=True)),
    sa.Column("withdraw_at", sa.DateTime(timezone=True)),  # by itself
    sa.Column("imported_hash", sa.Text),  # of the content of the file it last came from
    sa.Column("words", TSVECTOR, sa.Computed(PRODUCT_WORDS, persisted=True), nullable=False),
    sa.Index("products_words", "words", postgresql_using="gin"),
    sa.Index("products_leaving", "withdraw_at", postgresql_where=sa.text("withdraw_at IS NOT NULL")),
)

product_versions = sa.Table(
    "product_versions",
    METADATA,
    sa.Column("product_id", sa.Uuid, sa.ForeignKey("products.product_id"), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("content", JSONB, nullable=False),
    sa.Column("content_hash", sa.Text, nullable=False),
    sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("published_by", JSONB, nullable=False),
)


def _drafts(of: str) -> sa.Table:
    """One for each product, or article, at most; a new one has no row in `products` or `articles` yet."""
    name = f"{of}_drafts"
    return sa.Table(
        name,
        METADATA,
        sa.Column(f"{of}_id", sa.Uuid, primary_key=True),
        sa.Column("slug", sa.Text, nullable=False),  # empty while nobody has thought of one
        sa.Column("content", JSONB, nullable=False),
        sa.Column("base_version", sa.Integer),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("publish_at", sa.DateTime(timezone=True)),
        sa.Column("refused", sa.Text),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", JSONB, nullable=False),
        sa.Index(f"{name}_due", "publish_at", postgresql_where=sa.text("state = 'scheduled'")),
    )


product_drafts = _drafts("product")
article_drafts = _drafts("article")

articles = sa.Table(
    "articles",
    METADATA,
    sa.Column("article_id", sa.Uuid, primary_key=True),
    sa.Column("slug", sa.Text, nullable=False, unique=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("content", JSONB, nullable=False),
    sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("withdrawn_at", sa.DateTime(timezone=True)),
    sa.Column("withdraw_at", sa.DateTime(timezone=True)),
    sa.Column("words", TSVECTOR, sa.Computed(ARTICLE_WORDS, persisted=True), nullable=False),
    sa.Index("articles_words", "words", postgresql_using="gin"),
    sa.Index("articles_leaving", "withdraw_at", postgresql_where=sa.text("withdraw_at IS NOT NULL")),
)

article_versions = sa.Table(
    "article_versions",
    METADATA,
    sa.Column("article_id", sa.Uuid, sa.ForeignKey("articles.article_id"), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("content", JSONB, nullable=False),
    sa.Column("content_hash", sa.Text, nullable=False),
    sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("published_by", JSONB, nullable=False),
)

# Counts and nothing else: who found an answer is nobody's business.
article_judgements = sa.Table(
    "article_judgements",
    METADATA,
    sa.Column("article_id", sa.Uuid, sa.ForeignKey("articles.article_id"), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("helped", sa.Integer, nullable=False),
    sa.Column("did_not_help", sa.Integer, nullable=False),
)

brought_files = sa.Table(
    "brought_files",
    METADATA,
    sa.Column("file_id", sa.Uuid, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("by", JSONB, nullable=False),
    sa.Column("content", JSONB, nullable=False),
    # Once it was carried out: as what, when, and line by line what it did.
    sa.Column("way", sa.Text),
    sa.Column("done_at", sa.DateTime(timezone=True)),
    sa.Column("outcome", JSONB),
    sa.Index("brought_files_at", "at"),
)
