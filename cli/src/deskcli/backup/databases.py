"""One database into a file and back, with PostgreSQL's own programs."""

from __future__ import annotations

import subprocess
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg2
from psycopg2 import sql
from servicekit.embedded.postgres import installed_program
from servicekit.embedded.programs import EmbeddedError

# Numbers of requests that are given out after a backup are never given again after a restore: a supplier
# may know them, and takes an order with a number that it knows for one that it has.
NUMBERS_LEFT_OUT = 1_000


def dump(url: str, file: Path) -> None:
    _run("pg_dump", url, "--format=custom", "--compress=1", "--no-owner", "--no-privileges", f"--file={file}")


def load(url: str, file: Path) -> None:
    """Into an empty database: everything or nothing."""
    _run(
        "pg_restore", url, "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges",
        f"--dbname={urlsplit(url).path[1:]}", str(file),
    )  # fmt: skip


def counts(url: str) -> dict[str, int]:
    """How many rows each table has."""
    with _connected(url) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
        tables = [name for (name,) in cursor.fetchall()]
        return {table: _count(cursor, table) for table in tables}


def leave_numbers_out(intake_url: str) -> None:
    """See NUMBERS_LEFT_OUT."""
    with _connected(intake_url) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval('request_numbers', nextval('request_numbers') + %s)", (NUMBERS_LEFT_OUT,)
        )


def end_sessions(gateway_url: str) -> None:
    """Whoever signed out, or was made to, after the backup must not be in again."""
    with _connected(gateway_url) as connection, connection.cursor() as cursor:
        cursor.execute("DELETE FROM tokens WHERE purpose = 'session'")


def _count(cursor: psycopg2.extensions.cursor, table: str) -> int:
    cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
    return int(cursor.fetchone()[0])


def _connected(url: str) -> psycopg2.extensions.connection:
    return psycopg2.connect(url, connect_timeout=10)


def _run(name: str, url: str, *arguments: str) -> None:
    """The password goes through the environment: every user can read arguments."""
    parts = urlsplit(url)
    environment = {
        "PGHOST": parts.hostname or "",
        "PGPORT": str(parts.port or 5432),
        "PGUSER": unquote(parts.username or ""),
        "PGPASSWORD": unquote(parts.password or ""),
        "PGDATABASE": parts.path[1:],
    }
    done = subprocess.run(
        [str(installed_program(name)), *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise EmbeddedError(f"{name} of {parts.path[1:]} failed: {done.stderr.strip()[-500:]}")
