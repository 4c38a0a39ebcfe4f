"""Both sides of every event keep to its contract: the producer's schema, and each listener's reader."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import deskcontracts
import pytest
from jsonschema import Draft202012Validator

SERVICES = ("intake", "catalog", "dispatch", "monitoring", "notifications")
EVENTS = list(deskcontracts.events())
FOLDER = Path(deskcontracts.folder())


Subscription = tuple[str, str, int, Any]


def methods() -> Iterator[tuple[str, Any]]:
    """(service, method) of every method of every service, also of the parts that it is made of."""
    for service in SERVICES:
        found = inspect.getmembers(service_class(service), inspect.isfunction)
        yield from ((service, method) for _name, method in found)


def service_class(service: str) -> Any:
    candidates = vars(import_module(f"{service}.service")).values()
    return next(one for one in candidates if isinstance(one, type) and getattr(one, "name", None) == service)


def subscriptions() -> list[Subscription]:
    """(service, event, version, reader) of every `@on_event` in the house."""
    found = [
        (service, entrypoint.event, entrypoint.version, reader_of(service, method))
        for service, method in methods()
        for entrypoint in getattr(method, "nameko_entrypoints", ())
        if hasattr(entrypoint, "event")
    ]
    return sorted(found, key=lambda row: row[:3])


def reader_of(service: str, method: Any) -> Any:
    """The schema that the entry point reads the event with: `messages.RequestAccepted()` in its source."""
    named = re.search(r"\b(\w*messages|heard)\.(\w+)\(\)", inspect.getsource(method))
    assert named, f"{service}.{method.__name__} reads its event with no schema"
    return getattr(vars(import_module(method.__module__))[named[1]], named[2])


@pytest.mark.parametrize(("event", "version"), EVENTS)
def test_the_example_keeps_to_the_schema(event: str, version: int) -> None:
    Draft202012Validator.check_schema(deskcontracts.schema(event, version))
    assert deskcontracts.violations(event, version, deskcontracts.example(event, version)) == []


@pytest.mark.parametrize(("event", "version"), EVENTS)
def test_the_schema_is_closed_and_says_what_is_required(event: str, version: int) -> None:
    schema = deskcontracts.schema(event, version)
    assert schema["additionalProperties"] is False
    assert set(schema["required"]) <= set(schema["properties"])
    assert schema.get("description"), "say in a sentence what has happened"


def test_every_subscription_is_to_an_event_under_contract() -> None:
    listened = subscriptions()
    assert len(listened) > 20
    assert {(event, version) for _, event, version, _ in listened} <= set(EVENTS)


def test_every_event_has_a_listener() -> None:
    heard = {(event, version) for _, event, version, _ in subscriptions()}
    assert set(EVENTS) - heard == set()


def test_exactly_one_service_keeps_the_facts_that_nobody_listens_to() -> None:
    """Two would each have some of them; none would let the queue fill until no relay can send."""
    keepers = [service for service in SERVICES if service_class(service).recovery._unrouted]
    assert keepers == ["intake"]


@pytest.mark.parametrize(("service", "event", "version", "reader"), subscriptions())
def test_each_listener_reads_the_example(service: str, event: str, version: int, reader: Any) -> None:
    assert reader().load(dict(deskcontracts.example(event, version)))


@pytest.mark.parametrize(("service", "event", "version", "reader"), subscriptions())
def test_each_listener_takes_no_offence_at_an_added_field(
    service: str, event: str, version: int, reader: Any
) -> None:
    reader().load({**deskcontracts.example(event, version), "added_next_year": 1})


def test_every_file_has_its_partner() -> None:
    schemas = {path.name.removesuffix(".schema.json") for path in FOLDER.glob("*/*.schema.json")}
    examples = {path.name.removesuffix(".example.json") for path in FOLDER.glob("*/*.example.json")}
    assert schemas == examples
