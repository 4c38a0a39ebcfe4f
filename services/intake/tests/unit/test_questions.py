"""Answers to a product's questions: each type, and what is said when one is wrong."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from intake.domain.errors import Wrong
from intake.domain.questions import TEXTS, Condition, Question, check_answers


def question(type_: str, required: bool = False, key: str = "q") -> Question:
    choices = {"1": {"nl": "Eén", "en": "One"}, "2": {"nl": "Twee", "en": "Two"}} if type_ == "choice" else {}
    return Question(key, type_, required, {"nl": "Hoeveel?", "en": "How many?"}, choices)


RIGHT = [
    ("text", "  de kelder ", "de kelder"),
    ("number", 12, 12),
    ("number", 2.5, 2.5),
    ("number", "2,5", 2.5),
    ("number", "12", 12),
    ("choice", "2", "2"),
    ("date", "2026-03-31", "2026-03-31"),
    ("boolean", True, True),
    ("boolean", False, False),
    ("boolean", "ja", True),
    ("boolean", "No", False),
]
WRONG = [
    ("text", 12, "text"),
    ("text", "a\x00b", "text"),
    ("text", "x" * 4001, "too_long"),
    ("number", "veel", "number"),
    ("number", True, "number"),
    ("number", "nan", "number"),
    ("number", "1e400", "number"),
    ("number", 10**400, "number"),
    ("number", [], "number"),
    ("choice", "3", "choice"),
    ("choice", 2, "choice"),
    ("date", "31-03-2026", "date"),
    ("date", "2026-02-30", "date"),
    ("date", 20260331, "date"),
    ("boolean", "misschien", "boolean"),
    ("boolean", 1, "boolean"),
]


@pytest.mark.parametrize(("type_", "given", "kept"), RIGHT)
def test_a_right_answer_is_kept_in_one_form(type_: str, given: Any, kept: Any) -> None:
    assert check_answers((question(type_),), {"q": given}, "nl") == {"q": kept}


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(("type_", "given", "code"), WRONG)
def test_a_wrong_answer_is_told_per_question(type_: str, given: Any, code: str, language: str) -> None:
    with pytest.raises(Wrong) as wrong:
        check_answers((question(type_),), {"q": given}, language)

    expected = TEXTS[code][language].format(limit=4000, options="1, 2", label="")
    assert wrong.value.errors == {"answers.q": [expected]}


@pytest.mark.parametrize("given", [{}, {"q": None}, {"q": "  "}])
def test_a_required_question_must_be_answered(given: dict[str, Any]) -> None:
    with pytest.raises(Wrong) as wrong:
        check_answers((question("text", required=True),), given, "nl")

    assert wrong.value.errors == {"answers.q": ["Beantwoord de vraag ‘Hoeveel?’."]}


def test_other_questions_may_be_left_open() -> None:
    assert check_answers((question("number"),), {"q": ""}, "nl") == {}


def test_what_was_not_asked_is_refused() -> None:
    with pytest.raises(Wrong) as wrong:
        check_answers((), {"kleur": "blauw"}, "en")

    assert wrong.value.errors == {"answers.kleur": [TEXTS["unknown"]["en"]]}


def test_all_that_is_wrong_is_told_at_once() -> None:
    questions = (question("number", key="a"), question("date", required=True, key="b"))
    with pytest.raises(Wrong) as wrong:
        check_answers(questions, {"a": "x", "c": 1}, "nl")

    assert sorted(wrong.value.errors) == ["answers.a", "answers.b", "answers.c"]


def test_another_language_is_answered_in_english() -> None:
    with pytest.raises(Wrong, match="Not all answers"):
        check_answers((question("text", required=True),), {}, "de")


SCREENS = question("choice", required=True, key="screens")
DOCK = question("boolean", key="dock")
CABLE = replace(question("text", required=True, key="cable"), asked_if=Condition("screens", ("2",)))
COLOUR = replace(question("text", required=True, key="colour"), asked_if=Condition("dock", ("no",)))
LENGTH = replace(question("number", required=True, key="length"), asked_if=Condition("cable", ("long",)))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"screens": "1"}, {"screens": "1"}),
        ({"screens": "1", "cable": "HDMI"}, {"screens": "1"}),
        ({"screens": "2", "cable": "HDMI"}, {"screens": "2", "cable": "HDMI"}),
        ({"screens": "1", "dock": True}, {"screens": "1", "dock": True}),
        (
            {"screens": "1", "dock": "nee", "colour": "zwart"},
            {"screens": "1", "dock": False, "colour": "zwart"},
        ),
        ({"screens": "1", "cable": "long", "length": 2}, {"screens": "1"}),
    ],
)
def test_a_question_is_asked_only_after_the_answer_it_belongs_to(
    given: dict[str, Any], kept: dict[str, Any]
) -> None:
    assert check_answers((SCREENS, DOCK, CABLE, COLOUR, LENGTH), given, "nl") == kept


@pytest.mark.parametrize(
    ("given", "missing"),
    [({"screens": "2"}, "cable"), ({"screens": "1", "dock": False}, "colour")],
)
def test_one_that_is_asked_after_all_must_be_answered(given: dict[str, Any], missing: str) -> None:
    with pytest.raises(Wrong) as refused:
        check_answers((SCREENS, DOCK, CABLE, COLOUR), given, "en")
    assert list(refused.value.errors) == [f"answers.{missing}"]
