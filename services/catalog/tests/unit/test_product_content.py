"""What an author wrote is checked whole, and every problem is said at its field."""

from __future__ import annotations

from typing import Any

import pytest
from catalog.domain.errors import ContentRefused
from catalog.domain.product import ProductContent
from catalog.domain.values import PRICE_UNITS, Price, Text

T = {"nl": "Vraag", "en": "Question"}


def content(**changes: Any) -> ProductContent:
    from ..samples import product  # noqa: TID252  samples of this service alone

    return ProductContent.of(product(**changes))


def problems_of(**changes: Any) -> dict[str, list[str]]:
    with pytest.raises(ContentRefused) as refused:
        content(**changes).checked()
    return refused.value.problems


def asked(**question: Any) -> list[dict[str, Any]]:
    return [{"key": "q", "label": T, **question}]


YES_NO = [{"value": "y", "label": T}, {"value": "n", "label": T}]


def follow_up(question: str, answers: list[str]) -> list[dict[str, Any]]:
    """A question with choices, and one that is asked only of who gave `answers` to `question`."""
    first = {"key": "first", "label": T, "type": "choice", "choices": YES_NO}
    free = [{"key": "free", "label": T}] if question == "free" else []
    asked_if = {"question": question, "answers": answers}
    return [first, *free, {"key": "then", "label": T, "asked_if": asked_if}, {"key": "later", "label": T}]


def one_step(**more: Any) -> dict[str, Any]:
    return {"process": {"steps": [{"key": "fix", "title": T, "provider": "huisdienst", **more}]}}


REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"slug": "Radiator Koud"}, "slug", "Use small letters and digits with single hyphens"),
    ({"slug": "a" * 81}, "slug", "80 at most"),
    ({"name": {"nl": " "}}, "name", "Give it a name"),
    ({"name": {"nl": "x" * 121, "en": "y"}}, "name.nl", "Use 120 characters at most."),
    ({"category": {"en": ""}}, "category", "Name the group of products"),
    ({"description": {"nl": "y", "en": "x" * 4001}}, "description.en", "Use 4000 characters at most."),
    ({"kind": "incident"}, "kind", "Use one of: order, complaint, wish, information, fault."),
    ({"priority": "high"}, "priority", "Use one of: P1, P2, P3, P4."),
    ({"lead_time": {"amount": 0, "unit": "minutes"}}, "lead_time.amount", "Use a whole number"),
    ({"lead_time": {"amount": 521, "unit": "working_days"}}, "lead_time.amount", "two years at most"),
    ({"lead_time": {"amount": 1, "unit": "weeks"}}, "lead_time.unit", "Use one of: minutes, working_minutes"),
    ({"price": {"kind": "free"}}, "price.kind", "Use one of: none, fixed, tariff, quote."),
    ({"price": {"kind": "fixed"}}, "price.amount_cents", "Give the amount"),
    ({"price": {"kind": "fixed", "amount_cents": -1}}, "price.amount_cents", "Give the amount"),
    ({"price": {"kind": "fixed", "amount_cents": 1, "per": "hour"}}, "price.per", "Leave this out"),
    ({"price": {"kind": "quote", "amount_cents": 1}}, "price.amount_cents", "Leave this out"),
    ({"package": "luxury"}, "package", "Use one of: basic, plus, bespoke."),
    ({"package": "plus", "price": None}, "package", "What is charged has a price"),
    ({"package": "plus", "price": {"kind": "quote"}}, "package", "What is charged has a price"),
    ({"package": "basic", "price": {"kind": "quote"}}, "package", "make it bespoke"),
    ({"package": "bespoke", "price": {"kind": "fixed", "amount_cents": 1}}, "package", "is on quote"),
    ({"price": {"kind": "tariff", "amount_cents": 1}}, "price.per", "Use one of: piece, person"),
    ({"questions": [*asked(), *asked()]}, "questions.1.key", "Another question has the key 'q'"),
    ({"questions": asked(key="Wie?")}, "questions.0.key", "Start with a small letter"),
    ({"questions": asked(label={"nl": ""})}, "questions.0.label", "Write the question"),
    ({"questions": asked(type="colour")}, "questions.0.type", "Use one of: text, number"),
    ({"questions": asked(choices=YES_NO)}, "questions.0.choices", "Leave the choices out"),
    (
        {"questions": asked(type="choice", choices=YES_NO[:1])},
        "questions.0.choices",
        "Offer 2 to 100 choices.",
    ),
    (
        {"questions": asked(type="choice", choices=[YES_NO[0], YES_NO[0]])},
        "questions.0.choices.1.value",
        "The value 'y' is there already.",
    ),
    (
        {"questions": asked(type="choice", choices=[YES_NO[0], {"value": "", "label": T}])},
        "questions.0.choices.1.value",
        "Use 1 to 80 characters.",
    ),
    ({"questions": follow_up("later", ["y"])}, "questions.1.asked_if.question", "stands above this one"),
    ({"questions": follow_up("free", ["y"])}, "questions.2.asked_if.question", "a question with choices"),
    ({"questions": follow_up("first", [])}, "questions.1.asked_if.answers", "Name at least one answer."),
    ({"questions": follow_up("first", ["z"])}, "questions.1.asked_if.answers", "Use one of: y, n."),
    ({"audience": {"departments": ["x" * 121]}}, "audience.departments", "Use 120 characters at most"),
    ({"audience": {"customers": ["x" * 121]}}, "audience.customers", "Use 120 characters at most"),
    ({"audience": {"locations": [f"k{i}" for i in range(101)]}}, "audience.locations", "Name 100 at most."),
    ({"owner": "x" * 121}, "owner", "Use 120 characters at most."),
    ({"examples": {"yes": [{"nl": " "}]}}, "examples.yes.0", "Write it as somebody would say it."),
    (one_step(checklist=[{"nl": " "}]), "process.steps.0.checklist.0", "Say in a few words what to look at."),
    (one_step(checklist=[T] * 31), "process.steps.0.checklist", "Use 30 points at most."),
    (one_step(checklist=[{"nl": "x" * 201}]), "process.steps.0.checklist.0", "Use 200 characters at most."),
    (one_step(cost_cents=-1), "process.steps.0.cost_cents", "Give the amount in whole cents"),
    ({"process": {"steps": []}}, "process.steps", "Add at least one step"),
    ({"kind": "order", "process": {}}, "process.steps", "Add at least one step"),
]


@pytest.mark.parametrize(("changes", "field", "message"), REFUSED)
def test_what_is_wrong_is_said_at_its_field(changes: dict[str, Any], field: str, message: str) -> None:
    found = problems_of(**changes)
    assert list(found) == [field]
    assert message in found[field][0]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"lead_time": None},
        {"price": None},
        {"price": {"kind": "fixed", "amount_cents": 0}},
        *({"price": {"kind": "tariff", "amount_cents": 950, "per": per}} for per in PRICE_UNITS),
        {"price": {"kind": "quote"}},
        {"package": "basic", "price": {"kind": "fixed", "amount_cents": 4500}},
        *({"kind": kind, "process": {"steps": []}} for kind in ("complaint", "wish", "information")),
        {"questions": asked(type="choice", choices=YES_NO)},
        {"questions": follow_up("first", ["y", "n"])},
        {
            "questions": [
                *asked(type="boolean"),
                {"key": "r", "label": T, "asked_if": {"question": "q", "answers": ["no"]}},
            ]
        },
        {"audience": {"departments": ["Financiën"], "locations": ["sluis"]}, "owner": "Lars Vos"},
        {"examples": {"yes": [T], "no": [T]}},
        one_step(checklist=[T], cost_cents=0),
    ],
)
def test_what_makes_sense_is_accepted(changes: dict[str, Any]) -> None:
    assert content(**changes).checked() == content(**changes)


def test_a_missing_language_is_filled_from_the_other() -> None:
    assert content(name={"nl": "Sleutel kwijt"}).name == Text("Sleutel kwijt", "Sleutel kwijt")
    assert content(name={"en": "Lost key", "nl": ""}).name == Text("Lost key", "Lost key")
    assert content(description=None).description == content().name


@pytest.mark.parametrize(
    ("price", "package"),
    [
        (None, "basic"),
        ({"kind": "none"}, "basic"),
        ({"kind": "fixed", "amount_cents": 4500}, "plus"),
        ({"kind": "tariff", "amount_cents": 950, "per": "hour"}, "plus"),
        ({"kind": "quote"}, "bespoke"),
    ],
)
def test_the_price_implies_the_package_that_nobody_named(price: Any, package: str) -> None:
    assert content(price=price).package == content(price=price, package=None).package == package
    assert content(price=price).to_dict()["package"] == package


def test_what_was_published_before_there_were_packages_keeps_its_hash() -> None:
    older = "59b91d90dd4d"
    assert content().hash.startswith(older)
    assert content(package="basic").hash == content().hash


def test_another_package_is_another_content() -> None:
    fixed = {"kind": "fixed", "amount_cents": 4500}
    assert content(price=fixed, package="basic").hash != content(price=fixed).hash


def test_a_product_without_a_price_costs_nothing() -> None:
    assert content(price=None).price == Price("none", None, None)


def test_equal_contents_have_equal_hashes_however_they_were_written() -> None:
    assert content().hash == content(price=None, priority="P3").hash
    assert content().hash == ProductContent.of(content().to_dict()).hash


def test_content_from_before_there_were_examples_audience_owner_and_conditions_keeps_its_hash() -> None:
    written = content().to_dict()
    assert not {"examples", "audience", "owner"} & set(written)
    assert "asked_if" not in written["questions"][0]
    assert not {"checklist", "cost_cents"} & set(written["process"]["steps"][0])


def test_only_a_point_that_may_stay_open_says_so_and_others_keep_their_hash() -> None:
    of_now = content(**one_step(checklist=[T, {**T, "optional": True}]))
    written = of_now.to_dict()["process"]["steps"][0]["checklist"]
    assert [point.get("optional") for point in written] == [None, True]
    assert ProductContent.of(of_now.to_dict()) == of_now
    must = content(**one_step(checklist=[T, {**T, "optional": False}]))
    assert must.hash == content(**one_step(checklist=[T, T])).hash != of_now.hash


def test_the_order_in_which_groups_and_places_are_named_means_nothing() -> None:
    one, other = (
        content(audience={"locations": names}) for names in (["kade", "sluis"], ["sluis", "kade", "kade"])
    )
    assert one.hash == other.hash


@pytest.mark.parametrize(
    "changes",
    [
        {"owner": "Lars Vos"},
        {"audience": {"departments": ["Financiën"]}},
        {"examples": {"yes": [T]}},
        {"name": {"nl": "Anders", "en": "Other"}},
        {"priority": "P2"},
        {"lead_time": None},
        {"check_required": True},
        {"questions": []},
        {"price": {"kind": "fixed", "amount_cents": 1}},
    ],
)
def test_any_difference_makes_another_hash(changes: dict[str, Any]) -> None:
    assert content().hash != content(**changes).hash


def test_an_audience_from_before_there_were_customers_in_it_keeps_its_hash() -> None:
    groups = {"departments": ["Financiën"], "locations": []}
    assert content(audience=groups).to_dict()["audience"] == groups
    assert content(audience={"customers": ["Bakkerij Kruim"]}).to_dict()["audience"]["customers"]
