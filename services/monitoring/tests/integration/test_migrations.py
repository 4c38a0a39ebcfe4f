from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from monitoring.storage.tables import METADATA
from servicekit.storage import METADATA as KIT

from servicekit import database


def test_the_migrations_make_the_tables_that_the_code_uses(fresh_database: Callable[[str], str]) -> None:
    engine = sa.create_engine(database.driver_url(fresh_database("monitoring")), poolclass=sa.pool.NullPool)
    both = sa.MetaData()
    for metadata in (METADATA, KIT):
        for table in metadata.sorted_tables:
            table.to_metadata(both)
    with engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": False}
        differences = compare_metadata(MigrationContext.configure(connection, opts=options), both)
    assert differences == []
