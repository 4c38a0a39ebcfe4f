"""`HR-2024` and `3.12` are found by what is asked of them: words and figures, whatever stands between them.

PostgreSQL takes `-2024` for a number below nothing, `3.12` for a fraction: neither is found by `2024:*`.
"""

from alembic import op

revision = "0010"
down_revision = "0009"

LANGUAGES = (("dutch", "nl"), ("english", "en"))
JOINING = "-+./@&=?#~"
PARTS = {
    "products": (("name", "A"), ("category", "B"), ("description", "C")),
    "articles": (("title", "A"), ("body", "C")),
}
EXAMPLES = "jsonb_path_query_array(content, '$.examples.yes[*].{}')"


def _apart(text: str) -> str:
    return f"translate({text}, '{JOINING}', '{' ' * len(JOINING)}')"


def _vector(words: str, text: str, weight: str) -> str:
    return f"setweight(to_tsvector('{words}', {text}), '{weight}')"


def _make(table: str, parts: list[str]) -> None:
    op.execute(f"ALTER TABLE {table} DROP COLUMN words")
    words = f"TSVECTOR GENERATED ALWAYS AS ({' || '.join(parts)}) STORED NOT NULL"
    op.execute(f"ALTER TABLE {table} ADD COLUMN words {words}")
    op.create_index(f"{table}_words", table, ["words"], postgresql_using="gin")


def _said(path: str, language: str) -> str:
    return f"coalesce(content #>> '{{{path},{language}}}', '')"


def upgrade() -> None:
    for table, paths in PARTS.items():
        parts = [
            _vector(words, _apart(_said(path, language)), weight)
            for path, weight in paths
            for words, language in LANGUAGES
        ]
        if table == "products":
            parts += [
                _vector(words, _apart(f"{EXAMPLES.format(language)}::text"), "C")
                for words, language in LANGUAGES
            ]
        _make(table, parts)


def downgrade() -> None:
    for table, paths in PARTS.items():
        parts = [
            _vector(words, _said(path, language), weight)
            for path, weight in paths
            for words, language in LANGUAGES
        ]
        if table == "products":
            parts += [
                f"setweight(jsonb_to_tsvector('{words}', {EXAMPLES.format(language)}, '[\"string\"]'), 'C')"
                for words, language in LANGUAGES
            ]
        _make(table, parts)
