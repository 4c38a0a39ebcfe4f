"""What an author filled in becomes the content of a draft, and nothing of it is lost."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from gateway.pages import forms
from gateway.pages.manage.products import contents
from gateway.pages.manage.products.differences import told
from gateway.pages.manage.products.problem_words import in_words
from gateway.pages.words import words

from .product_samples import CONTENT, TEXT


def form(*pairs: tuple[str, str]) -> forms.Form:
    return forms.parse(urlencode(pairs))


ABOUT = (
    ("name.nl", " Lamp kapot "),
    ("category.nl", "Reparaties"),
    ("kind", "fault"),
    ("priority", "P2"),
    ("lead_time.amount", "3"),
    ("lead_time.unit", "working_days"),
    ("price.kind", "tariff"),
    ("price.amount_cents", "€ 95,5"),
    ("price.per", "hour"),
    ("check_required", "yes"),
    ("examples.yes.nl", "Hij knippert"),
    ("examples.yes.en", ""),
    ("examples.yes.nl", ""),
    ("examples.yes.en", ""),
    ("audience.departments", "Financiën"),
    ("audience.departments", ""),
    ("audience.customers", "Bakkerij Kruim"),
    ("audience.locations", "sluis"),
    ("owner", "Lars"),
)


def test_what_the_product_is() -> None:
    found = contents.about({**CONTENT, "slug": ""}, form(*ABOUT))
    assert found["name"] == {"nl": "Lamp kapot", "en": ""}
    assert found["slug"] == "lamp-kapot"
    assert found["lead_time"] == {"amount": 3, "unit": "working_days"}
    assert found["price"] == {"kind": "tariff", "amount_cents": 9550, "per": "hour"}
    assert (found["check_required"], found["owner"], found["priority"]) == (True, "Lars", "P2")
    assert found["examples"] == {"yes": [{"nl": "Hij knippert", "en": ""}], "no": []}
    groups = {"departments": ["Financiën", ""], "customers": ["Bakkerij Kruim"]}
    assert found["audience"] == {**groups, "locations": ["sluis"]}
    assert found["questions"] == CONTENT["questions"]
    assert found["process"] == CONTENT["process"]


def test_a_published_product_keeps_its_short_name() -> None:
    assert contents.about(CONTENT, form(("name.nl", "Iets anders")))["slug"] == CONTENT["slug"]


@pytest.mark.parametrize(
    ("kind", "amount", "price"),
    [
        ("none", "12", {"kind": "none", "amount_cents": None, "per": None}),
        ("quote", "12", {"kind": "quote", "amount_cents": None, "per": None}),
        ("fixed", "12", {"kind": "fixed", "amount_cents": 1200, "per": None}),
        ("fixed", "0,05", {"kind": "fixed", "amount_cents": 5, "per": None}),
        ("fixed", "duur", {"kind": "fixed", "amount_cents": None, "per": None}),
        ("fixed", "", {"kind": "fixed", "amount_cents": None, "per": None}),
    ],
)
def test_only_a_price_that_has_an_amount_gets_one(kind: str, amount: str, price: Any) -> None:
    given = form(("price.kind", kind), ("price.amount_cents", amount), ("price.per", "hour"))
    assert contents.about(CONTENT, given)["price"] == price


def test_a_new_question_gets_a_key_made_of_its_words_and_keeps_it() -> None:
    content = contents.added(CONTENT, "questions")
    number = len(content["questions"]) - 1
    assert content["questions"][number]["key"] == "new-1"
    here = f"questions.{number}"
    named = contents.question(content, number, form((f"{here}.label.en", "2nd: which Lamp?")))
    assert named["questions"][number]["key"] == "nd-which-lamp"
    again = contents.question(named, number, form((f"{here}.label.en", "Other words")))
    assert again["questions"][number]["key"] == "nd-which-lamp"


def test_choices_keep_their_value_and_new_ones_get_one() -> None:
    here = "questions.0"
    given = form(
        (f"{here}.label.nl", "Welke?"), (f"{here}.type", "choice"), (f"{here}.required", "yes"),
        (f"{here}.choices.value", "kept"), (f"{here}.choices.nl", "Anders"), (f"{here}.choices.en", ""),
        (f"{here}.choices.value", ""), (f"{here}.choices.nl", "Rood"), (f"{here}.choices.en", "Red lamp"),
        (f"{here}.choices.value", ""), (f"{here}.choices.nl", ""), (f"{here}.choices.en", ""),
    )  # fmt: skip
    asked = contents.question(CONTENT, 0, given)["questions"][0]
    assert [choice["value"] for choice in asked["choices"]] == ["kept", "red-lamp"]
    assert asked["required"] is True
    as_text = form((f"{here}.label.nl", "Welke?"), (f"{here}.type", "text"))
    assert contents.question(CONTENT, 0, as_text)["questions"][0]["choices"] == []


def test_a_condition_is_of_one_question() -> None:
    here = "questions.1"
    ticked = [(f"{here}.asked_if", box) for box in ("first=a", "first=b", "other=c")]
    asked = contents.question(CONTENT, 1, form((f"{here}.label.nl", "Wie?"), *ticked))["questions"][1]
    assert asked["asked_if"] == {"question": "first", "answers": ["a", "b"]}
    nothing = contents.question(CONTENT, 1, form((f"{here}.label.nl", "Wie?")))["questions"][1]
    assert nothing["asked_if"] is None


def test_a_step_never_waits_for_itself() -> None:
    here = "process.steps.1"
    given = form(
        (f"{here}.title.nl", "Plaatsen"), (f"{here}.provider", "huisdienst"),
        (f"{here}.depends_on", "pick"), (f"{here}.depends_on", "place"),
    )  # fmt: skip
    step = contents.step(CONTENT, 1, given)["process"]["steps"][1]
    assert (step["depends_on"], step["provider"]) == (["pick"], "huisdienst")


@pytest.mark.parametrize(("cost", "cents"), [("", None), ("45", 4500), ("12,5", 1250), ("duur", -1)])
def test_a_step_has_a_checklist_and_a_cost(cost: str, cents: int | None) -> None:
    """What is no amount is kept as one that the catalogue refuses, so that it is said at its field."""
    here = "process.steps.1"
    points = [(f"{here}.checklist.{language}", text) for text in ("Schoon?", "") for language in ("nl", "en")]
    given = form((f"{here}.title.nl", "Plaatsen"), (f"{here}.cost_cents", cost), *points)
    step = contents.step(CONTENT, 1, given)["process"]["steps"][1]
    assert (step["cost_cents"], step["checklist"]) == (cents, [{"nl": "Schoon?", "en": "Schoon?"}])


def test_a_point_that_is_ticked_may_stay_open() -> None:
    here = "process.steps.1"
    texts = ("Schoon?", "", "Geur?")
    points = [(f"{here}.checklist.{language}", text) for text in texts for language in ("nl", "en")]
    given = form((f"{here}.title.nl", "Plaatsen"), *points, (f"{here}.checklist.optional", "2"))
    checklist = contents.step(CONTENT, 1, given)["process"]["steps"][1]["checklist"]
    assert checklist == [{"nl": "Schoon?", "en": "Schoon?"}, {"nl": "Geur?", "en": "Geur?", "optional": True}]


def test_what_is_taken_away_is_not_waited_for() -> None:
    without = contents.removed(CONTENT, "steps", 0)["process"]["steps"]
    assert [(step["key"], step["depends_on"]) for step in without] == [("place", [])]
    assert contents.removed(CONTENT, "questions", 0)["questions"][0]["asked_if"] is None


@pytest.mark.parametrize(
    ("number", "by", "order"), [(0, 1, "ba"), (1, -1, "ba"), (0, -1, "ab"), (1, 1, "ab")]
)
def test_questions_change_places_and_stay_within_the_list(number: int, by: int, order: str) -> None:
    questions = [{"key": "a", "label": TEXT}, {"key": "b", "label": TEXT}]
    moved = contents.moved({**CONTENT, "questions": questions}, "questions", number, by)["questions"]
    assert "".join(question["key"] for question in moved) == order


def test_nothing_changes_what_was_there_before() -> None:
    before = str(CONTENT)
    contents.removed(CONTENT, "steps", 0)
    contents.step(CONTENT, 1, form(("process.steps.1.title.nl", "X")))
    assert str(CONTENT) == before


@pytest.mark.parametrize(
    ("message", "dutch"),
    [
        ("Use 120 characters at most.", "Gebruik hooguit 120 tekens."),
        ("Use one of: a, b.", "Kies uit: a, b."),
        ("These steps wait for each other: a → b → a. Remove one of the dependencies.",
         "Deze stappen wachten op elkaar: a → b → a. Haal een van de afhankelijkheden weg."),
        ("Nobody translated this.", "Nobody translated this."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_the_authors_language(message: str, dutch: str) -> None:
    assert in_words(words("nl"), message) == dutch
    assert in_words(words("en"), message) == message


def test_differences_are_told_in_words() -> None:
    newer = {**CONTENT, "lead_time": {"amount": 5, "unit": "working_days"}, "check_required": True}
    differences = [
        {"field": "lead_time.amount", "change": "changed", "before": 2, "after": 5},
        {"field": "check_required", "change": "changed", "before": False, "after": True},
        {"field": "questions.first.label.nl", "change": "changed", "before": "Wat?", "after": "Welke?"},
        {"field": "process.steps.pick", "change": "removed", "before": CONTENT["process"]["steps"][0],
         "after": None},
        {"field": "examples.yes", "change": "added", "before": None, "after": TEXT},
    ]  # fmt: skip
    rows = told(words("nl"), differences, CONTENT, newer)
    assert [(row.where, row.what, row.before, row.after) for row in rows] == [
        ("", "Hoe lang het duurt", "2 werkdagen", "5 werkdagen"),
        ("", "De servicedesk controleert het werk", "Nee", "Ja"),
        ("Vraag: Vraag", "Vraag (Nederlands)", "Wat?", "Welke?"),
        ("Stap: Vraag", "", "Vraag", "–"),
        ("", "Kies dit als u zou zeggen", "–", "Vraag"),
    ]
