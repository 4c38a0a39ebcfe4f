"""What counts as reported already: the same object, the same thing in words, and not another object."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from intake.domain.proposing.duplicates import About, Known, duplicates

LIFT, OTHER_LIFT = UUID(int=1), UUID(int=2)
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def known(text: str = "De lift doet het niet", **changes: Any) -> Known:
    said: dict[str, Any] = {
        "request_id": UUID(int=9), "reference": "SD-26-000009", "requester": None, "kind": "fault",
        "state": "triage", "summary": text, "text": text, "product": None, "path": "De Sluis",
        "received_at": AT, "around": True,
    }  # fmt: skip
    return Known(**{**said, **changes})


def likeness(text: str, about: About, *there: Known) -> list[float]:
    return [each.likeness for each in duplicates(text, about, there)]


def test_an_open_request_on_the_same_object_is_the_same_whatever_its_words() -> None:
    there = known("Kapot!", asset_id=LIFT)
    assert duplicates("Hij staat stil tussen twee lagen", About(asset_id=LIFT), [there])[0].known is there


def test_the_same_object_comes_before_what_is_said_in_the_same_words() -> None:
    same = known("Knopje brandt niet", asset_id=LIFT, reference="SD-26-000010")
    alike = known("De lift doet het niet", object="lift")
    found = duplicates("De lift doet het niet", About(object="lift", asset_id=LIFT), [alike, same])
    assert [each.known for each in found] == [same, alike]


def test_another_object_at_the_same_place_is_not_the_same_in_the_same_words() -> None:
    there = known(asset_id=OTHER_LIFT, object="Lift zuid", product={"product_id": "p"})
    about = About(product_id="p", object="Lift noord", asset_id=LIFT)
    assert duplicates("De lift doet het niet", about, [there]) == []


def test_words_decide_while_one_of_both_names_no_object_of_the_register() -> None:
    assert likeness("De lift doet het niet", About(asset_id=LIFT), known())
    assert likeness("De lift doet het niet", About(), known(asset_id=LIFT))
    assert not likeness("Printer zonder papier", About(asset_id=LIFT), known())


def test_the_same_thing_in_words_makes_it_likelier() -> None:
    [without] = likeness("De lift doet het niet", About(), known())
    [with_it] = likeness("De lift doet het niet", About(object="lift"), known(object="de lift"))
    assert with_it > without


@pytest.mark.parametrize(
    ("mine", "theirs", "around", "same"),
    [
        ("de lift", "lift", True, True),
        ("lift", "printer", True, False),
        ("lift", "lift", False, False),
        (None, "lift", True, False),
    ],
)
def test_the_same_thing_in_other_words_is_the_same_only_at_the_place_itself(
    mine: str | None, theirs: str, around: bool, same: bool
) -> None:
    there = known("Hangt scheef", object=theirs, around=around)
    assert bool(duplicates("Maakt herrie", About(object=mine), [there])) is same


@pytest.mark.parametrize("courtesy", ["Graag", "Please", "Alstublieft", "Ik zou graag"])
def test_a_courtesy_word_makes_no_duplicate(courtesy: str) -> None:
    assert likeness(courtesy, About(), known(f"{courtesy} een andere bureaustoel")) == []
