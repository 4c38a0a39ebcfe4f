"""From a figure to the list that it counts, by the filters that the API knows too."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from gateway.http.naming import camel


def requests(**filters: Any) -> str:
    return _to("/manage/requests", filters)


def clocks(**filters: Any) -> str:
    return _to("/manage/clocks", filters)


def promises(**filters: Any) -> str:
    return _to("/manage/promises", filters)


def orders(**filters: Any) -> str:
    return _to("/manage/orders", filters)


def corrections(**filters: Any) -> str:
    return _to("/manage/corrections", filters)


def _to(path: str, filters: dict[str, Any]) -> str:
    query = {camel(name): _text(value) for name, value in filters.items() if value is not None}
    return f"{path}?{urlencode(query)}"


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return str(value)
