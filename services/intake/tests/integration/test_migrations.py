"""The migrations make what the tables say."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from intake.storage.tables import METADATA
from servicekit.storage import METADATA as PLUMBING

from servicekit import database


def test_the_migrated_database_is_what_the_tables_say(fresh_database: Callable[[str], str]) -> None:
    known = set(METADATA.tables) | {
        index.name for table in METADATA.tables.values() for index in table.indexes
    }
    engine = database.create_engine(fresh_database("intake"))
    with engine.connect() as connection:
        options = {"include_object": _compared, "compare_type": True}
        context = MigrationContext.configure(connection, opts=options)
        differences = compare_metadata(context, METADATA)
        found = set(sa.inspect(connection).get_table_names()) | {
            index["name"]
            for table in METADATA.tables
            for index in sa.inspect(connection).get_indexes(table)
            if not index.get("duplicates_constraint")
        }
    engine.dispose()

    assert differences == []
    assert known <= found
    assert found - known == set(PLUMBING.tables) | {"alembic_version"}


def _compared(_thing: object, name: str, kind: str, _reflected: bool, _other: object) -> bool:
    """Not servicekit's own tables; nor the text of expressions, which PostgreSQL writes in its own way."""
    if kind == "table":
        return name in METADATA.tables
    return not (kind == "index" and name.endswith("_words"))
