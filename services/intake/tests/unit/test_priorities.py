"""How pressing: the matrix, and what counts as danger."""

from __future__ import annotations

from itertools import product

import pytest
from intake.domain.danger import danger_in, danger_of
from intake.domain.errors import Wrong
from intake.domain.priorities import CELLS, IMPACTS, URGENCIES, Grade, Matrix, checked

CELL_NAMES = list(product(IMPACTS, URGENCIES))


@pytest.mark.parametrize(("impact", "urgency"), CELL_NAMES)
def test_every_cell_says_a_priority(impact: str, urgency: str) -> None:
    assert Matrix(CELLS).priority_of(Grade(impact, urgency)) == CELLS[impact][urgency]


@pytest.mark.parametrize("grade", [Grade(), Grade("site"), Grade(None, "high")])
def test_half_a_grade_says_nothing(grade: Grade) -> None:
    assert Matrix(CELLS).priority_of(grade) is None


def test_the_matrix_of_the_house_makes_sense_and_keeps_p1_for_danger() -> None:
    assert checked(CELLS) == CELLS
    assert not any("P1" in row.values() for row in CELLS.values())


@pytest.mark.parametrize(("impact", "urgency"), CELL_NAMES)
def test_a_matrix_with_a_hole_is_refused_and_says_where(impact: str, urgency: str) -> None:
    cells = {name: dict(row) for name, row in CELLS.items()}
    del cells[impact][urgency]
    with pytest.raises(Wrong) as wrong:
        checked(cells)
    assert list(wrong.value.errors) == [f"cells.{impact}.{urgency}"]


@pytest.mark.parametrize(
    ("impact", "urgency", "value"), [("site", "low", "P4"), ("person", "high", "P4"), ("group", "low", "P9")]
)
def test_what_is_worse_is_never_less_pressing(impact: str, urgency: str, value: str) -> None:
    cells = {name: dict(row) for name, row in CELLS.items()}
    cells["person"]["low"] = "P3"
    cells["group"]["low"] = "P3"
    cells[impact][urgency] = value
    with pytest.raises(Wrong):
        checked(cells)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Er komt rook uit het stopcontact", "fire"),
        ("BRAND in de pantry!", "fire"),
        ("Smoke and a burning smell come from the socket.", "fire"),
        ("Het ruikt naar gas in de kelder", "gas"),
        ("There is a gas leak in the kitchen", "gas"),
        ("Mijn collega zit vast in de lift", "lift"),
        ("In de lift zitten twee mensen vast", "lift"),
        ("We are stuck in the lift", "lift"),
        ("Water stroomt van de trap", "water"),
        ("A burst pipe, water everywhere", "water"),
        ("De kabel vonkt", "electricity"),
        ("Een bezoeker is onwel geworden", "injury"),
        # What only sounds like it.
        ("Wanneer is de brandoefening?", None),
        ("De brandblusser moet gekeurd worden, er is geen brand", None),
        ("De rookmelder piept, de batterij is leeg", None),
        ("De gasten wachten bij de receptie", None),
        ("The fire door does not close", None),
        ("The lift is stuck between two floors.", None),
        ("De liftdeuren gaan niet open", None),
        ("Er drupt water uit het plafond", None),
        ("De radiator blijft koud", None),
        ("Het slot zit vast", None),
    ],
)
def test_words_of_danger_are_known_in_both_languages(text: str, code: str | None) -> None:
    assert danger_in(text) == code


@pytest.mark.parametrize(
    ("kind", "priority", "code"),
    [
        ("fault", None, "fire"), (None, None, "fire"), ("wish", None, None), ("order", None, None),
        ("complaint", None, None), ("information", "P1", None),
    ],
)  # fmt: skip
def test_only_what_is_broken_or_not_sorted_yet_is_danger(
    kind: str | None, priority: str | None, code: str | None
) -> None:
    assert danger_of("Er is brand", kind, priority) == code


def test_a_product_of_the_highest_priority_is_danger_whatever_the_words() -> None:
    assert danger_of("Kom kijken", "fault", "P1") == "product"
    assert danger_of("Kom kijken", "fault", "P2") is None
