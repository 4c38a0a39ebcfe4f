"""What a fact is about, as topics that pages follow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

# What the desk's own lists follow.
REQUESTS = "requests"
CATALOGUE = "catalogue"
COUNTER = "counter"
# Facts and signals about what pages show. Others pass by unheard.
PATTERNS = (
    "intake.#",
    "dispatch.#",
    "monitoring.deadline_warning.#",
    "monitoring.deadline_breached.#",
    "monitoring.clocks_touched.#",
    "catalog.#",
)


def request(request_id: Any) -> str:
    return f"request:{request_id}"


def is_request(topic: str) -> bool:
    return topic.startswith("request:")


def person(person_id: Any) -> str:
    return f"person:{person_id}"


def provider(provider_id: Any) -> str:
    return f"provider:{provider_id}"


def topics_of(kind: str, data: dict[str, Any]) -> frozenset[str]:
    """Never raises: of a fact that looks otherwise, what can be found."""
    return frozenset(_topics(kind, data))


def _topics(kind: str, data: dict[str, Any]) -> Iterator[str]:
    if kind.startswith("catalog."):
        yield CATALOGUE
    if kind.startswith("intake.counter_touched"):
        yield COUNTER
    # A signal tells of all that one transaction touched.
    for each in [data, *_dictionaries(data.get("touched"))]:
        if each.get("request_id"):
            yield REQUESTS
            yield request(each["request_id"])
        if found := _inner(each.get("requester"), "person_id"):
            yield person(found)
    for order in [data, *_dictionaries(data.get("orders"))]:
        if found := _inner(order.get("provider"), "provider_id"):
            yield provider(found)


def _inner(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, dict) else None


def _dictionaries(values: Any) -> list[dict[str, Any]]:
    return [each for each in values if isinstance(each, dict)] if isinstance(values, list) else []
