"""The document says what the house does."""

from __future__ import annotations

from typing import Any

import pytest
from gateway.api import openapi
from gateway.api.operation import Operation
from gateway.api.schemas import base
from gateway.api.v1 import OPERATIONS
from gateway.http.naming import OPAQUE
from marshmallow import Schema, fields
from werkzeug.test import Client

DOCUMENT = openapi.document(OPERATIONS)


def test_it_is_valid_openapi_3_1() -> None:
    import schemathesis

    schemathesis.openapi.from_dict(DOCUMENT).validate()
    assert DOCUMENT["openapi"] == "3.1.0"


def test_it_is_served_and_needs_no_sign_in(client: Client) -> None:
    answer = client.get("/v1/openapi.json")
    assert answer.json == DOCUMENT


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.name)
def test_every_route_is_in_it(operation: Operation) -> None:
    described = DOCUMENT["paths"][openapi.public_path(operation)][operation.method.lower()]
    assert described["summary"]
    assert str(operation.status) in described["responses"]


def test_names_of_operations_are_unique() -> None:
    names = [operation.name for operation in OPERATIONS]
    assert len(names) == len(set(names))


def test_different_shapes_have_different_names() -> None:
    shapes = {kind for operation in OPERATIONS for schema in _schemas(operation) for kind in _all_of(schema)}
    names = [openapi._name(kind) for kind in shapes]
    assert len(names) == len(set(names))


def test_fields_with_keys_that_are_not_ours_are_left_alone() -> None:
    shapes = {kind for operation in OPERATIONS for schema in _schemas(operation) for kind in _all_of(schema)}
    foreign = {
        name
        for kind in shapes
        for name, field in kind().fields.items()
        if isinstance(field, base.Localised | base.Answers)
    }
    assert foreign <= OPAQUE


def test_demo_routes_do_not_exist_outside_demo_mode() -> None:
    demo = {"/v1/demo/clock", "/v1/demo/mailbox", "/v1/demo/suppliers", "/v1/demo/suppliers/<name>"}
    assert {each.path for each in OPERATIONS if each.demo_only} == demo


def _schemas(operation: Operation) -> list[Schema]:
    return [schema for schema in (operation.body, operation.query, operation.answer) if schema is not None]


def _all_of(schema: Schema) -> set[type[Schema]]:
    found: set[type[Schema]] = {type(schema)}
    for field in schema.fields.values():
        found |= _inside(field)
    return found


def _inside(field: Any) -> set[type[Schema]]:
    if isinstance(field, fields.Nested):
        return _all_of(field.schema)
    if isinstance(field, fields.List):
        return _inside(field.inner)
    if isinstance(field, fields.Dict) and field.value_field is not None:
        return _inside(field.value_field)
    return set()


def test_a_file_that_is_always_of_one_type_is_documented_as_such() -> None:
    calendar = DOCUMENT["paths"]["/v1/calendars/{secret}.ics"]["get"]["responses"]["200"]
    assert list(calendar["content"]) == ["text/calendar"]


@pytest.mark.parametrize("path", ["/v1/counter/tags/{number}", "/v1/stickers/{code}"])
def test_a_path_that_takes_any_text_says_that_it_may_be_refused(path: str) -> None:
    assert "422" in DOCUMENT["paths"][path]["get"]["responses"]
    assert "422" not in DOCUMENT["paths"]["/v1/requests/{requestId}"]["get"]["responses"]
