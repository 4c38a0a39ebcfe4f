"""Mappings: the shipped ones are right, a wrong one is explained place by place."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from gateway.imports import MappingInvalid, load, recognise, shipped

OWN: dict[str, Any] = {
    "target": "requests",
    "columns": ["nr", "datum", "tekst", "prio"],
    "dates": "%d/%m/%Y",
    "key": "nr",
    "fields": {
        "received_at": {"column": "datum"},
        "text": {"column": "tekst"},
        "priority": {"column": "prio", "values": {"hoog": "P1"}, "otherwise": "P3"},
    },
}
PRODUCTS: dict[str, Any] = {"target": "products", "fields": {"name.nl": {"column": "naam"}}}


def own(**changes: Any) -> dict[str, Any]:
    return {**copy.deepcopy(OWN), **changes}


def with_field(name: str, rule: Any) -> dict[str, Any]:
    made = own()
    made["fields"][name] = rule
    return made


def test_the_shipped_mappings_are_for_two_files_and_a_list_of_objects() -> None:
    assert {name: mapping.target for name, mapping in shipped().items()} == {
        "incident-event-log": "requests",
        "municipal-categories": "products",
        "objects": "assets",
    }


@pytest.mark.parametrize("name", ["incident-event-log", "municipal-categories"])
def test_a_file_is_recognised_by_its_header_in_any_order_with_more_columns(name: str) -> None:
    columns = load(name).columns
    for header in (columns, tuple(reversed(columns)), ("more", *columns)):
        found = recognise(header)
        assert found is not None
        assert found.name == name
    assert recognise(columns[1:]) is None


def test_a_mapping_of_ones_own_is_taken() -> None:
    mapping = load(own())
    assert (mapping.name, mapping.key, mapping.columns) == (
        "own-mapping",
        "nr",
        ("nr", "datum", "tekst", "prio"),
    )
    assert load(PRODUCTS).columns == ("naam",)


def test_without_columns_those_of_the_rules_count() -> None:
    given = own(order=["datum"])
    del given["columns"]
    assert set(load(given).columns) == {"nr", "datum", "tekst", "prio"}


WRONG: list[tuple[Any, str, str]] = [
    ([], "mapping", "Give the name of a mapping, or a JSON object with one."),
    ("nope", "mapping", "There is no mapping 'nope'. Use one of: incident-event-log, municipal-categories"),
    (own(target="people"), "mapping.target", "Say what the file holds: requests or products or assets."),
    (own(target=["people"]), "mapping.target", "Say what the file holds: requests or products or assets."),
    (own(colums=[]), "mapping.colums", "This is not a part of a mapping."),
    (own(key=None), "mapping.key", "Name the column that tells one request from another."),
    (own(key="id"), "mapping.key", "The header has no column 'id'. It has: nr, datum, tekst, prio."),
    (own(columns="nr;datum"), "mapping.columns", "Give a list of texts."),
    (own(unknown="?"), "mapping.unknown", "Give a list of texts."),
    (own(order=["tijd"]), "mapping.order", "The header has no column 'tijd'."),
    (own(dates="dd-mm-yyyy"), "mapping.dates", "Write how moments look, such as %d-%m-%Y %H:%M"),
    (own(fields={}), "mapping.fields", "Say where fields come from."),
    (own(fields={"text": {"column": "tekst"}}), "mapping.fields.received_at", "Say where this comes from"),
    (own(states={"at": {"column": "datum"}}), "mapping.states.state", "Say where this comes from"),
    (
        with_field("prio", {"column": "prio"}),
        "mapping.fields.prio",
        "There is no such field. Choose from: received_at",
    ),
    (with_field("kind", "fault"), "mapping.fields.kind", "Write a rule"),
    (with_field("kind", {}), "mapping.fields.kind", "Give exactly one of value, column and columns."),
    (with_field("kind", {"value": "fault", "column": "nr"}), "mapping.fields.kind", "Give exactly one of"),
    (with_field("kind", {"value": "storing"}), "mapping.fields.kind.value", "'storing' is not one of order"),
    (with_field("text", {"value": 3}), "mapping.fields.text.value", "Write a text in quotes."),
    (
        with_field("closed_at", {"value": "nu"}),
        "mapping.fields.closed_at.value",
        "A moment must come from a column.",
    ),
    (with_field("reopen_count", {"value": "1"}), "mapping.fields.reopen_count.value", "Write a whole number"),
    (with_field("made_sla", {"value": 1}), "mapping.fields.made_sla.value", "Write true or false"),
    (with_field("text", {"column": 3}), "mapping.fields.text", "Name columns by their text in the header."),
    (with_field("text", {"column": "tekst", "row": "2"}), "mapping.fields.text", "row is 'first' or 'last'."),
    (
        with_field("text", {"column": "tekst", "map": {}}),
        "mapping.fields.text",
        "'map' is not a part of a rule.",
    ),
    (
        with_field("priority", {"column": "prio", "values": {"hoog": "High"}}),
        "mapping.fields.priority.values.hoog",
        "'High' is not one of P1, P2, P3, P4.",
    ),
    (
        with_field("priority", {"column": "prio", "values": []}),
        "mapping.fields.priority.values",
        "Write what each text",
    ),
    ({**PRODUCTS, "key": "naam"}, "mapping.key", "Leave this out: every row is one record."),
    (
        {**PRODUCTS, "fields": {"slug": {"column": "x"}}},
        "mapping.fields.name.nl",
        "Say where the name comes from",
    ),
]


@pytest.mark.parametrize(("given", "place", "sentence"), WRONG)
def test_a_wrong_mapping_is_explained_where_it_is_wrong(given: Any, place: str, sentence: str) -> None:
    with pytest.raises(MappingInvalid) as refused:
        load(given)
    assert any(text.startswith(sentence) for text in refused.value.errors[place])
    assert str(refused.value) == "The mapping can't be used as it is."


def test_everything_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(MappingInvalid) as refused:
        load({"target": "requests", "dates": "x", "fields": {"kind": 1}, "more": 1})
    assert set(refused.value.errors) == {
        "mapping.more",
        "mapping.dates",
        "mapping.key",
        "mapping.fields.kind",
        "mapping.fields.received_at",
        "mapping.fields.text",
    }


@pytest.mark.parametrize(
    "dates",
    ["%Y %Y", "%Y" * 50_000, "%Y" + "-" * 50, "(%Q", "%"],
    ids=[
        "the year twice",
        "a hundred thousand characters",
        "too long",
        "no such part",
        "nothing of a moment",
    ],
)
def test_a_form_of_moments_that_cannot_be_read_back_is_refused_before_any_row(dates: str) -> None:
    with pytest.raises(MappingInvalid) as refused:
        load(own(dates=dates))
    assert "mapping.dates" in refused.value.errors


def test_a_field_is_not_put_together_from_more_than_anybody_writes() -> None:
    """Five thousand rows of four thousand columns each stood still for everybody."""
    for rule in ({"columns": ["tekst"] * 21}, {"columns": ["tekst"], "join": "-" * 51}):
        with pytest.raises(MappingInvalid) as refused:
            load(with_field("text", rule))
        assert "mapping.fields.text" in refused.value.errors
