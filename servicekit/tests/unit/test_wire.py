"""What crosses a boundary keeps its meaning."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from marshmallow import fields
from servicekit.errors import BY_NAME, Conflict, Internal, Invalid, ServiceError, from_wire, to_wire
from servicekit.ids import new_id
from servicekit.schemas import Command, Fact

from servicekit import json, paging


class Line(Command):
    product = fields.String(required=True)


class Order(Command):
    lines = fields.List(fields.Nested(Line), required=True)


class Heard(Fact):
    text = fields.String(required=True)


def test_a_command_names_each_wrong_field() -> None:
    with pytest.raises(Invalid) as wrong:
        Order().load({"lines": [{"product": "a"}, {"prodct": "b"}], "extra": 1})
    assert wrong.value.errors == {
        "lines.1.product": ["Missing data for required field."],
        "lines.1.prodct": ["Unknown field."],
        "extra": ["Unknown field."],
    }


def test_a_fact_may_hold_more_than_we_know() -> None:
    assert Heard().load({"text": "a", "later_addition": 1}) == {"text": "a"}


@pytest.mark.parametrize("kind", BY_NAME.values())
def test_every_error_crosses_the_broker(kind: type[ServiceError]) -> None:
    error = from_wire(json.loads(json.dumps(to_wire(kind("code", "Do this.", {"field": ["wrong"]})))))
    assert type(error) is kind
    assert (error.code, error.detail, error.errors) == ("code", "Do this.", {"field": ["wrong"]})


@pytest.mark.parametrize(
    "error", [{"exc_type": "Weird", "value": "?"}, "text", 7, [], {"exc_type": "Conflict", "errors": "many"}]
)
def test_whatever_a_stranger_answers_is_an_error_of_ours(error: Any) -> None:
    assert isinstance(from_wire(error), Internal | Conflict)


def test_a_detail_is_never_empty() -> None:
    assert Conflict("busy").detail == "busy"


def test_json_speaks_utc_with_z() -> None:
    at = datetime(2026, 11, 23, 9, tzinfo=UTC)
    id_ = UUID(int=1)
    assert json.plain({"at": at, "id": id_, "set": frozenset("ba")}) == {
        "at": "2026-11-23T09:00:00Z",
        "id": str(id_),
        "set": ["a", "b"],
    }


def test_a_cursor_comes_back() -> None:
    assert paging.decode(paging.encode(["2026-11-23T09:00:00Z", 7])) == ["2026-11-23T09:00:00Z", 7]


@pytest.mark.parametrize("cursor", ["", "!", "e30", "bm90IGpzb24"])
def test_a_forged_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(Invalid):
        paging.decode(cursor)


def test_ids_sort_by_time() -> None:
    ids = [new_id() for _ in range(200)]
    assert ids == sorted(ids)
    assert {one.version for one in ids} == {7}
