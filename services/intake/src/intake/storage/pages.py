"""Pages by keyset: the next one begins after the last row of this one, whatever came in meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from servicekit.errors import Invalid

from servicekit import paging

Rows = Sequence[Any]
"""Rows whose columns are read by name."""


def page(
    connection: sa.Connection,
    query: sa.Select[Any],
    keys: Sequence[sa.Column[Any]],
    cursor: str | None,
    limit: int,
    descending: bool = False,
) -> tuple[Rows, str | None]:
    """The rows and the cursor of the next page. `keys`: what to sort on; the last of them tells
    rows apart.
    """
    if cursor:
        here, there = sa.tuple_(*keys), sa.tuple_(*_position(cursor, keys))
        query = query.where(here < there if descending else here > there)
    query = query.order_by(*(key.desc() if descending else key for key in keys)).limit(limit + 1)
    found = connection.execute(query).all()
    if len(found) <= limit:
        return found, None
    last = found[limit - 1]
    return found[:limit], paging.encode([getattr(last, key.name) for key in keys])


def _position(cursor: str, keys: Sequence[sa.Column[Any]]) -> list[Any]:
    try:
        return [_read(key, value) for key, value in zip(keys, paging.decode(cursor), strict=True)]
    except (ValueError, TypeError, AttributeError) as error:
        raise Invalid(
            "invalid_cursor",
            "Use the cursor of an earlier answer.",
            {"cursor": ["Not a cursor of this list."]},
        ) from error


def _read(key: sa.Column[Any], value: str) -> Any:
    read: Callable[[str], Any] = READERS[key.type.python_type]
    return read(value)


def _text(value: str) -> str:
    if not isinstance(value, str) or "\x00" in value:
        raise ValueError("not a text")
    return value


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= 2**31:
        raise ValueError("not a whole number")
    return value


READERS: dict[type, Callable[[Any], Any]] = {
    datetime: datetime.fromisoformat,
    UUID: UUID,
    str: _text,
    int: _whole,
}
