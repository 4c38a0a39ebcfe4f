from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from catalog.storage.tables import METADATA
from servicekit.storage import METADATA as KIT

from servicekit import database


def test_the_migrations_make_the_tables_that_the_code_uses(fresh_database: Callable[[str], str]) -> None:
    engine = sa.create_engine(database.driver_url(fresh_database("catalog")), poolclass=sa.pool.NullPool)
    both = sa.MetaData()
    for metadata in (METADATA, KIT):
        for table in metadata.sorted_tables:
            table.to_metadata(both)
    with engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": False}
        differences = compare_metadata(MigrationContext.configure(connection, opts=options), both)
    assert differences == []


def test_words_are_computed_by_the_migration_as_the_tables_say(fresh_database: Callable[[str], str]) -> None:
    """Alembic does not compare expressions, so search would silently lose words."""
    engine = sa.create_engine(database.driver_url(fresh_database("catalog")), poolclass=sa.pool.NullPool)
    with engine.begin() as connection:
        migrated = _expressions(connection)
        for table in reversed(METADATA.sorted_tables):
            table.drop(connection)
        METADATA.create_all(connection)
        assert _expressions(connection) == migrated
        assert len(migrated) == 2


def test_what_was_counted_before_goes_to_the_version_of_that_day(
    fresh_database: Callable[[str], str],
) -> None:
    per_version = import_module("catalog.storage.migrations.versions.0008_judgements_per_version")
    engine = sa.create_engine(database.driver_url(fresh_database("catalog")), poolclass=sa.pool.NullPool)
    with engine.begin() as connection, Operations.context(MigrationContext.configure(connection)):
        connection.execute(sa.text(TWO_VERSIONS))
        per_version.downgrade()
        counted = "select extract(day from day), helped, did_not_help from article_judgements order by day"
        assert [tuple(row) for row in connection.execute(sa.text(counted))] == [(9, 3, 1), (11, 5, 0)]
        per_version.upgrade()
        counted = "select version, helped, did_not_help from article_judgements order by version"
        assert [tuple(row) for row in connection.execute(sa.text(counted))] == [(1, 3, 1), (2, 5, 0)]


# The second comes late on the 10th; on the 9th and the 11th readers judged, those of the 9th in two rows.
TWO_VERSIONS = """
    INSERT INTO articles (article_id, slug, version, content, published_at)
    VALUES ('00000000-0000-0000-0000-000000000001', 'a', 2, '{}', '2026-11-10T22:00Z');
    INSERT INTO article_versions (article_id, version, content, content_hash, published_at, published_by)
    SELECT article_id, v, '{}', '', at::timestamptz, '{}' FROM articles,
        (VALUES (1, '2026-11-01T10:00Z'), (2, '2026-11-10T22:00Z')) AS versions (v, at);
    INSERT INTO article_judgements (article_id, version, day, helped, did_not_help)
    SELECT article_id, v, day::date, yes, no FROM articles,
        (VALUES (1, '2026-11-09', 1, 1), (2, '2026-11-09', 2, 0), (2, '2026-11-11', 5, 0))
        AS said (v, day, yes, no)
"""


def _expressions(connection: sa.Connection) -> dict[str, str]:
    query = (
        "select table_name, generation_expression from information_schema.columns where column_name = 'words'"
    )
    return {row.table_name: row.generation_expression for row in connection.execute(sa.text(query))}
