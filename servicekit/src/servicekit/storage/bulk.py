"""Many rows in one statement that never changes: the rows travel as one JSON parameter.

SQLAlchemy compiles an insert of several rows anew each time; for a hot path that is most of its cost.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa

from servicekit import json


def upsert(
    connection: sa.Connection, table: sa.Table, rows: Sequence[dict[str, Any]], key: tuple[str, ...]
) -> None:
    """Insert the rows, or change those whose `key` exists. All rows have the columns of the first."""
    if rows:
        statement = _upsert(table, tuple(rows[0]), key)
        connection.execute(statement, {"rows": json.dumps(list(rows)).decode()})


@cache
def _upsert(table: sa.Table, columns: tuple[str, ...], key: tuple[str, ...]) -> sa.TextClause:
    known = set(table.c.keys())
    if not known.issuperset(columns):
        raise KeyError(f"{table.name} has no column {sorted(set(columns) - known)}")
    names = ", ".join(columns)
    changes = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in key)
    return sa.text(
        f"INSERT INTO {table.name} ({names}) SELECT {names}"
        f" FROM jsonb_populate_recordset(NULL::{table.name}, CAST(:rows AS jsonb))"
        f" ON CONFLICT ({', '.join(key)}) DO UPDATE SET {changes}"
    )
