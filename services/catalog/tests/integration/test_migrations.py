from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
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


def _expressions(connection: sa.Connection) -> dict[str, str]:
    query = (
        "select table_name, generation_expression from information_schema.columns where column_name = 'words'"
    )
    return {row.table_name: row.generation_expression for row in connection.execute(sa.text(query))}
