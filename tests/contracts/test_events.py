"""Both sides of every event keep to its contract: the producer's schema, and each listener's reader."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import deskcontracts
import pytest
from jsonschema import Draft202012Validator

SERVICES = ("intake", "catalog", "dispatch", "monitoring", "notifications")
EVENTS = list(deskcontracts.events())
FOLDER = Path(deskcontracts.folder())


def subscriptions() -> list[tuple[str, str, int]]:
    """(service, event, version) of every `@on_event` in the house."""
    found = [
        (service, entrypoint.event, entrypoint.version)
        for service in SERVICES
        for candidate in vars(import_module(f"{service}.service")).values()
        if isinstance(candidate, type) and getattr(candidate, "name", None) == service
        for method in vars(candidate).values()
        for entrypoint in getattr(method, "nameko_entrypoints", ())
        if hasattr(entrypoint, "event")
    ]
    return sorted(found)


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
    assert {(event, version) for _, event, version in listened} <= set(EVENTS)


def test_every_event_has_a_listener() -> None:
    heard = {(event, version) for _, event, version in subscriptions()}
    assert set(EVENTS) - heard == set()


@pytest.mark.parametrize(("service", "event", "version"), subscriptions())
def test_each_listener_reads_the_example(service: str, event: str, version: int) -> None:
    """By convention the reader of `intake.request_accepted` is `RequestAccepted` in the listener's
    messages.py.
    """
    reader = reader_of(service, event)
    loaded = reader().load(dict(deskcontracts.example(event, version)))
    assert loaded


@pytest.mark.parametrize(("service", "event", "version"), subscriptions())
def test_each_listener_takes_no_offence_at_an_added_field(service: str, event: str, version: int) -> None:
    reader_of(service, event)().load({**deskcontracts.example(event, version), "added_next_year": 1})


def reader_of(service: str, event: str) -> Any:
    """It stands in the listener's messages.py, or in heard.py where there are too many for one file."""
    name = "".join(part.capitalize() for part in event.partition(".")[2].split("_"))
    rooms = [f"{service}.{room}" for room in ("messages", "heard") if find_spec(f"{service}.{room}")]
    return next(reader for room in rooms if (reader := getattr(import_module(room), name, None)))


def test_every_file_has_its_partner() -> None:
    schemas = {path.name.removesuffix(".schema.json") for path in FOLDER.glob("*/*.schema.json")}
    examples = {path.name.removesuffix(".example.json") for path in FOLDER.glob("*/*.example.json")}
    assert schemas == examples
