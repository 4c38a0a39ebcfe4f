"""A product is found by its examples as well.

A generated column cannot be changed, so it is made anew under the same name: older replicas go on with it.
"""

from alembic import op

revision = "0006"
down_revision = "0005"

LANGUAGES = (("dutch", "nl"), ("english", "en"))


def _text(path: str, weight: str) -> str:
    return " || ".join(
        f"setweight(to_tsvector('{words}', coalesce(content #>> '{{{path},{language}}}', '')), '{weight}')"
        for words, language in LANGUAGES
    )


def _texts(path: str, weight: str) -> str:
    return " || ".join(
        f"setweight(jsonb_to_tsvector('{words}', jsonb_path_query_array(content, '$.{path}[*].{language}'),"
        f" '[\"string\"]'), '{weight}')"
        for words, language in LANGUAGES
    )


BEFORE = (_text("name", "A"), _text("category", "B"), _text("description", "C"))
AFTER = (*BEFORE, _texts("examples.yes", "C"))


def _make(parts: tuple[str, ...]) -> None:
    op.execute("ALTER TABLE products DROP COLUMN words")
    words = f"TSVECTOR GENERATED ALWAYS AS ({' || '.join(parts)}) STORED NOT NULL"
    op.execute(f"ALTER TABLE products ADD COLUMN words {words}")
    op.create_index("products_words", "products", ["words"], postgresql_using="gin")


def upgrade() -> None:
    _make(AFTER)


def downgrade() -> None:
    _make(BEFORE)
