"""References as people say them, telephone numbers as people write them, places as a tree."""

from __future__ import annotations

from datetime import datetime

import pytest
from intake.domain.errors import Wrong
from intake.domain.locations import Node, paths
from intake.domain.phones import digits, looks_like_phone, search_key
from intake.domain.references import reference, spoken_number


@pytest.mark.parametrize(
    ("number", "expected"), [(123, "SD-26-000123"), (1_234_567, "SD-26-1234567"), (0, "SD-26-000000")]
)
def test_a_reference_has_the_year_and_at_least_six_digits(number: int, expected: str) -> None:
    assert reference(number, datetime(2026, 3, 2)) == expected  # noqa: DTZ001


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("SD-26-000123", 123),
        (" sd 26 123 ", 123),
        ("sd26-000123", 123),
        ("26-123", 123),
        ("123", None),
        ("radiator", None),
        ("SD-26-", None),
        ("020-555 01 23", None),
    ],
)
def test_a_reference_is_known_in_any_spelling(text: str, number: int | None) -> None:
    assert spoken_number(text) == number


@pytest.mark.parametrize(
    "spelling",
    [
        "+31 20 555 01 23",
        "+31 (0)20-5550123",
        "0031 20 5550123",
        "020-555 01 23",
        "020.555.0123",
        "tel:+31-20-555-0123",
        "TEL: 020 5550123",
        "+31 20 555 01 23 ext 5",
        "020-5550123 (toestel 4123)",
        "tel:+31205550123;ext=5",
        "020 555 0123 tst. 12",
    ],
)
def test_one_number_has_one_form(spelling: str) -> None:
    assert digits(spelling) == "31205550123"


@pytest.mark.parametrize(
    ("spelling", "expected"),
    [("+32 2 555 01 23", "3225550123"), ("4123", "4123"), ("5550123", "5550123"), ("geen", "")],
)
def test_other_countries_and_extensions_stay_as_they_are(spelling: str, expected: str) -> None:
    assert digits(spelling) == expected


def test_the_end_of_a_number_is_the_beginning_of_its_key() -> None:
    assert search_key("020-5550123").startswith(search_key("0123"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("020 555", True),
        ("+31-20", True),
        ("012", False),
        ("Jan 2", False),
        ("", False),
        ("tel:+31-20-000-1000", True),
        ("020 5550123 ext 5", True),
        ("ext 5", False),
        ("hotel: 2", False),
    ],
)
def test_a_number_is_told_from_a_name(text: str, expected: bool) -> None:
    assert looks_like_phone(text) is expected


def tree(*nodes: Node) -> dict[str, Node]:
    return {node.key: node for node in nodes}


def test_a_path_goes_from_the_building_down() -> None:
    nodes = tree(Node("r", "2.14", "f"), Node("f", "Verdieping 2", "b"), Node("b", "De Sluis"))

    assert paths(nodes) == {
        "r": "De Sluis / Verdieping 2 / 2.14",
        "f": "De Sluis / Verdieping 2",
        "b": "De Sluis",
    }


def test_a_parent_must_exist() -> None:
    with pytest.raises(Wrong, match="parent 'x', which does not exist"):
        paths(tree(Node("a", "A", "x")))


@pytest.mark.parametrize(
    "nodes", [[Node("a", "A", "a")], [Node("a", "A", "b"), Node("b", "B", "a")]], ids=["itself", "circle"]
)
def test_no_place_lies_in_itself(nodes: list[Node]) -> None:
    with pytest.raises(Wrong, match="in itself"):
        paths(tree(*nodes))
