"""JSON as it leaves a process: datetimes as ISO UTC with a Z, UUIDs and enums as text."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import orjson

_OPTIONS = orjson.OPT_UTC_Z | orjson.OPT_NAIVE_UTC | orjson.OPT_NON_STR_KEYS


def _default(value: Any) -> Any:
    if isinstance(value, frozenset | set):
        return sorted(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} does not go into JSON")


def dumps(value: Any) -> bytes:
    return orjson.dumps(value, default=_default, option=_OPTIONS)


def dumps_sorted(value: Any) -> bytes:
    """The same value always gives the same bytes: for fingerprints."""
    return orjson.dumps(value, default=_default, option=_OPTIONS | orjson.OPT_SORT_KEYS)


def loads(body: bytes | str | memoryview) -> Any:
    """Raises ValueError for anything that is not JSON."""
    return orjson.loads(body)


def plain(value: Any) -> Any:
    """`value` as a reader of its JSON would see it."""
    return orjson.loads(dumps(value))
