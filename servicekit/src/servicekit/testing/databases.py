"""Databases for tests: copied from a migrated template, emptied between tests. Emptying costs a tenth of
copying, and deleting a few rows a tenth of truncating, which makes every file of a table and its indexes
anew.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Sequence

import sqlalchemy as sa

from servicekit import database

_TABLES = sa.text("""
    SELECT quote_ident(tablename) FROM pg_tables
    WHERE schemaname = 'public' AND tablename <> 'alembic_version'
""")
_SEQUENCES = sa.text("SELECT quote_ident(sequencename) FROM pg_sequences WHERE schemaname = 'public'")
# Tables that keep what was deleted (nothing vacuums here), until they are so large that it would slow a test.
_LARGE = sa.text("""
    SELECT quote_ident(relname) FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > 256 * 1024
""")
_OTHERS = sa.text("""
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
""")


class DatabasePool:
    """`template(package)` names a migrated database without rows of tests."""

    def __init__(self, url: str, template: Callable[[str], str]) -> None:
        self.url = url
        self._template = template
        self._free: dict[str, list[str]] = defaultdict(list)
        self._made: list[str] = []
        self._emptied: dict[str, list[str]] = {}

    def take(self, package: str) -> str:
        if self._free[package]:
            name = self._free[package].pop()
            self._empty(package, name)
            return name
        name = f"test_{package}_{uuid.uuid4().hex[:8]}"
        template = self._template(package)
        administer(self.url, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        if package not in self._emptied:
            self._emptied[package] = self._empty_tables(name)
        self._made.append(name)
        return name

    def give_back(self, package: str, name: str) -> None:
        self._free[package].append(name)

    def close(self) -> None:
        for name in self._made:
            administer(self.url, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _empty_tables(self, name: str) -> list[str]:
        """Tables that a migration filled keep their rows; all others are emptied between tests."""
        with _engine(named(self.url, name)).connect() as connection:
            tables = list(connection.scalars(_TABLES))
            return [
                table for table in tables if not connection.scalar(sa.text(f"SELECT count(*) FROM {table}"))
            ]

    def _empty(self, package: str, name: str) -> None:
        with _engine(named(self.url, name)).connect() as connection:
            connection.execute(_OTHERS)  # what an earlier test left open would hold locks
            delete_rows(connection, self._emptied[package])


def delete_rows(connection: sa.Connection, tables: Sequence[str]) -> None:
    """Leave these tables without rows, and every sequence at its beginning. As a superuser."""
    if large := sorted(set(tables).intersection(connection.scalars(_LARGE))):
        connection.execute(sa.text(f"TRUNCATE {', '.join(large)} CASCADE"))
    deletions = "; ".join(f"DELETE FROM {table}" for table in tables)
    # What refers to another table goes as well, so nobody need look for the order.
    unguarded = f"SET session_replication_role = replica; {deletions}; RESET session_replication_role"
    connection.execute(sa.text(unguarded))
    for sequence in connection.scalars(_SEQUENCES).all():
        connection.execute(sa.text(f"ALTER SEQUENCE {sequence} RESTART"))


def named(url: str, name: str) -> str:
    """The address of another database on the same server."""
    return sa.make_url(url).set(database=name).render_as_string(hide_password=False)


def administer(url: str, statement: str) -> None:
    with _engine(url).connect() as connection:
        connection.execute(sa.text(statement))


def _engine(url: str) -> sa.Engine:
    return sa.create_engine(
        database.driver_url(url), isolation_level="AUTOCOMMIT", poolclass=sa.pool.NullPool
    )
