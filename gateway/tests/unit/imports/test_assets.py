"""Rows of a list of objects become records of the register."""

from __future__ import annotations

from typing import Any

import pytest
from gateway.imports import interpret, load

ROW = {
    "object_code": "LIFT-1", "object_name": "Personenlift", "object_kind": "lift", "location_key": "sluis",
    "warranty_until": "2028-01-31", "supplier": "vonk-val",
}  # fmt: skip


def read(mapping: Any = "objects", **changes: str) -> tuple[list[Any], list[Any]]:
    return interpret(load(mapping), [{"line": 2, "values": {**ROW, **changes}}])


def test_a_row_becomes_an_object_with_a_name_in_both_languages() -> None:
    assert read() == (
        [{
            "line": 2, "code": "LIFT-1", "name": {"nl": "Personenlift", "en": "Personenlift"},
            "kind": "lift", "location_key": "sluis", "warranty_until": "2028-01-31",
            "supplier": "vonk-val", "product": None, "withdrawn": False,
        }],
        [],
    )  # fmt: skip


def test_a_day_stays_the_day_that_is_written() -> None:
    mapping = {
        "target": "assets", "dates": "%d-%m-%Y",
        "fields": {
            "code": {"column": "object_code"}, "name.en": {"column": "object_name"},
            "kind": {"value": "lift"}, "location_key": {"column": "location_key"},
            "warranty_until": {"column": "warranty_until"},
        },
    }  # fmt: skip
    [record], _ = read(mapping, warranty_until="01-02-2028")
    assert record["warranty_until"] == "2028-02-01"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"object_name": ""}, "it has no name"),
        ({"object_code": ""}, "column 'object_code' has no value, and code needs one"),
        ({"warranty_until": "ooit"}, "column 'warranty_until': 'ooit' is not a day written like 2026-11-23"),
    ],
)
def test_a_row_that_is_no_object_is_refused_with_its_reason(change: dict[str, str], reason: str) -> None:
    records, [refused] = read(**change)
    assert records == []
    assert (refused["line"], refused["reason"]) == (2, reason)
