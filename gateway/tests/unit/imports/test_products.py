"""Rows of a list of categories become products."""

from __future__ import annotations

from typing import Any

import pytest
from gateway.imports import interpret, load

ROW = {
    "slug": "wespen",
    "name": "Wespen",
    "group": "Dieren",
    "days": "5",
    "day_kind": "working",
    "active": "True",
}


def read(mapping: Any = "municipal-categories", **changes: str) -> tuple[list[Any], list[Any]]:
    return interpret(load(mapping), [{"line": 2, "values": {**ROW, **changes}}])


def test_a_category_becomes_a_product_with_one_step() -> None:
    (record,), refused = read()
    assert refused == []
    assert record == {
        "line": 2,
        "slug": "wespen",
        "name": {"nl": "Wespen"},
        "category": {"nl": "Dieren"},
        "description": None,
        "kind": "fault",
        "priority": "P4",
        "lead_time": {"amount": 5, "unit": "working_days"},
        "price": {"kind": "none", "amount_cents": None, "per": None},
        "package": None,
        "check_required": False,
        "questions": [],
        "process": {"steps": [{"key": "work", "title": {"nl": "Wespen"}, "provider": "technische-dienst"}]},
    }


@pytest.mark.parametrize(
    ("changes", "lead_time"),
    [
        ({"day_kind": "calendar", "days": "21"}, {"amount": 21, "unit": "calendar_days"}),
        ({"days": "", "day_kind": ""}, None),
        ({"day_kind": ""}, {"amount": 5, "unit": "working_days"}),
    ],
)
def test_days_become_a_lead_time(changes: dict[str, str], lead_time: Any) -> None:
    assert read(**changes)[0][0]["lead_time"] == lead_time


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"active": "False"}, "it is not active in the file, so it was left out"),
        ({"name": " "}, "it has no name"),
        ({"days": "vijf"}, "column 'days': 'vijf' is not a whole number"),
        (
            {"day_kind": "moon"},
            "column 'day_kind': the mapping does not say what 'moon' means; add it to the field's values",
        ),
    ],
)
def test_what_can_not_become_a_product_is_refused(changes: dict[str, str], reason: str) -> None:
    assert read(**changes) == ([], [{"line": 2, "key": None, "reason": reason}])


def test_without_a_slug_the_name_makes_one_and_information_has_no_work() -> None:
    mapping = {
        "target": "products",
        "fields": {
            "name.en": {"column": "name"},
            "kind": {"value": "information"},
            "priority": {"value": "P3"},
        },
    }
    (record,), _ = read(mapping, name=" Café & bar: opening hours? ")
    assert (record["slug"], record["priority"]) == ("cafe-bar-opening-hours", "P3")
    assert record["process"] == {"steps": []}
    assert record["category"] == {"nl": "Overig", "en": "Other"}
