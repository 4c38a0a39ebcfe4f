"""As much as is allowed is accepted, and one more is refused with what to do about it."""

from __future__ import annotations

from typing import Any

import pytest
from catalog.domain.article import ArticleContent
from catalog.domain.errors import ContentRefused
from catalog.domain.product import ProductContent
from catalog.domain.values import Text

from .. import samples  # noqa: TID252  samples of this service alone

T = {"nl": "Vraag", "en": "Question"}


def words(length: int) -> dict[str, str]:
    return {"nl": "x" * length, "en": "y" * length}


def named(count: int) -> list[str]:
    return [f"k{number}" for number in range(count)]


def asked(count: int = 1, **more: Any) -> dict[str, Any]:
    return {"questions": [{"key": f"q{number}", "label": T, **more} for number in range(count)]}


def choices(count: int, value: str = "v") -> dict[str, Any]:
    offered = [{"value": f"{value}{number}", "label": T} for number in range(count)]
    return asked(type="choice", choices=offered)


def step(**more: Any) -> dict[str, Any]:
    return {"process": {"steps": [{"key": "fix", "title": T, "provider": "huisdienst", **more}]}}


def ordered(**rules: Any) -> dict[str, Any]:
    return {"kind": "order", "ordering": rules}


def before(**more: Any) -> dict[str, Any]:
    return ordered(cutoff={"working_days": 1, "at": "12:00", **more})


DAYS = "Use a whole number from 0 to 60."
# What is allowed, what is not, where that is said, and how.
EDGES: list[Any] = [
    (
        {"slug": "a" * 80},
        {"slug": "a" * 81},
        "slug",
        "Use small letters and digits with single hyphens, such as 'desk-lamp'; 80 at most.",
    ),
    ({"name": words(120)}, {"name": words(121)}, "name.en", "Use 120 characters at most."),
    ({"category": words(120)}, {"category": words(121)}, "category.nl", "Use 120 characters at most."),
    (
        {"description": words(4000)},
        {"description": words(4001)},
        "description.nl",
        "Use 4000 characters at most.",
    ),
    ({"owner": "x" * 120}, {"owner": "x" * 121}, "owner", "Use 120 characters at most."),
    (
        {"lead_time": {"amount": 1, "unit": "minutes"}},
        {"lead_time": {"amount": 0, "unit": "minutes"}},
        "lead_time.amount",
        "Use a whole number from 1 to 1051200: two years at most.",
    ),
    (
        {"lead_time": {"amount": 520, "unit": "working_days"}},
        {"lead_time": {"amount": 521, "unit": "working_days"}},
        "lead_time.amount",
        "Use a whole number from 1 to 520: two years at most.",
    ),
    (
        {"examples": {"yes": [T] * 50}},
        {"examples": {"yes": [T] * 51}},
        "examples.yes",
        "Give 50 examples at most.",
    ),
    (
        {"examples": {"no": [words(300)]}},
        {"examples": {"no": [words(301)]}},
        "examples.no.0.en",
        "Use 300 characters at most.",
    ),
    (
        {"audience": {"customers": named(100)}},
        {"audience": {"customers": named(101)}},
        "audience.customers",
        "Name 100 at most.",
    ),
    (
        {"audience": {"locations": ["x" * 120]}},
        {"audience": {"locations": ["x" * 121]}},
        "audience.locations",
        "Use 120 characters at most for each.",
    ),
    (asked(50), asked(51), "questions", "Ask 50 questions at most."),
    (choices(2), choices(1), "questions.0.choices", "Offer 2 to 100 choices."),
    (choices(100), choices(101), "questions.0.choices", "Offer 2 to 100 choices."),
    (choices(2, "x" * 79), choices(2, "x" * 80), "questions.0.choices.1.value", "Use 1 to 80 characters."),
    (
        step(checklist=[T] * 30),
        step(checklist=[T] * 31),
        "process.steps.0.checklist",
        "Use 30 points at most.",
    ),
    (
        step(checklist=[words(200)]),
        step(checklist=[words(201)]),
        "process.steps.0.checklist.0",
        "Use 200 characters at most.",
    ),
    (
        step(cost_cents=0),
        step(cost_cents=-1),
        "process.steps.0.cost_cents",
        "Give the amount in whole cents, 0 or more.",
    ),
    (
        step(role="x" * 60),
        step(role="x" * 61),
        "process.steps.0.role",
        "Give the role as providers have it, such as 'plumbing'.",
    ),
    (
        step(),
        step(provider=""),
        "process.steps.0.provider",
        "Give the provider's slug, such as 'huisdienst'.",
    ),
    (
        step(),
        step(title={"nl": " "}),
        "process.steps.0.title",
        "Say in a few words what is done in this step.",
    ),
    (
        step(check={"by": "desk"}),
        step(check={"by": "boss"}),
        "process.steps.0.check.by",
        "Use one of: desk, team_lead, customer.",
    ),
    (before(working_days=0), before(working_days=-1), "ordering.cutoff.working_days", DAYS),
    (before(working_days=60), before(working_days=61), "ordering.cutoff.working_days", DAYS),
    (before(at="23:59"), before(at="24:00"), "ordering.cutoff.at", "Write a time such as 14:30."),
    (
        before(),
        before(working_minutes=60),
        "ordering.cutoff",
        "Give working days with a time, or working minutes: one of the two.",
    ),
    (
        ordered(cutoff={"working_minutes": 1}),
        ordered(cutoff={"working_minutes": 0}),
        "ordering.cutoff.working_minutes",
        "Use a whole number from 1 to 36000.",
    ),
    (
        ordered(cutoff={"working_minutes": 36_000}),
        ordered(cutoff={"working_minutes": 36_001}),
        "ordering.cutoff.working_minutes",
        "Use a whole number from 1 to 36000.",
    ),
    (
        ordered(capacity={"amount": 1, "per": "hour"}),
        ordered(capacity={"amount": 0}),
        "ordering.capacity.amount",
        "Use a whole number from 1 to 10000.",
    ),
    (
        ordered(capacity={"amount": 10_000}),
        ordered(capacity={"amount": 10_001}),
        "ordering.capacity.amount",
        "Use a whole number from 1 to 10000.",
    ),
    (
        ordered(capacity={"amount": 1, "per": "half_day"}),
        ordered(capacity={"amount": 1, "per": "year"}),
        "ordering.capacity.per",
        "Use one of: hour, half_day, day.",
    ),
]


def problems(content: ProductContent) -> dict[str, list[str]]:
    return content.problems().by_field


@pytest.mark.parametrize(("allowed", "refused", "field", "says"), EDGES, ids=[each[2] for each in EDGES])
def test_as_much_as_is_allowed_and_one_more(allowed: Any, refused: Any, field: str, says: str) -> None:
    assert problems(ProductContent.of(samples.product(**allowed))) == {}
    assert problems(ProductContent.of(samples.product(**refused)))[field] == [says]


@pytest.mark.parametrize("percent", [0, 50, 100, None])
def test_what_is_cancelled_late_costs_a_part_of_the_price_or_all_of_it(percent: int | None) -> None:
    rules = {"free_cancellation": {"before": {"working_minutes": 60}, "charge_percent": percent}}
    content = ProductContent.of(samples.product(**ordered(**rules)))
    assert content.ordering.free_cancellation is not None
    assert content.ordering.free_cancellation.charge_percent == (100 if percent is None else percent)
    assert problems(content) == {}


@pytest.mark.parametrize("percent", [-1, 101])
def test_a_part_is_no_more_than_all_and_no_less_than_nothing(percent: int) -> None:
    rules = {"free_cancellation": {"before": {"working_minutes": 60}, "charge_percent": percent}}
    found = problems(ProductContent.of(samples.product(**ordered(**rules))))
    assert found == {"ordering.free_cancellation.charge_percent": ["Use a whole number from 0 to 100."]}


def test_what_is_not_said_of_a_product_is_the_least_that_it_can_be() -> None:
    said = {name: samples.PRODUCT[name] for name in ("slug", "category", "name", "kind")}
    content = ProductContent.of(said)
    assert (content.priority, content.price.kind, content.package) == ("P4", "none", "basic")
    assert (content.check_required, content.confidential, content.lead_time, content.owner) == (
        False,
        False,
        None,
        None,
    )
    assert content.description == Text.of(said["name"])
    assert (content.questions, content.steps) == ((), ())


STEP: dict[str, Any] = {
    "key": "paint",
    "title": T,
    "provider": "vonk-val",
    "depends_on": ["clear"],
    "lead_time": {"amount": 2, "unit": "working_days"},
    "instructions": {"nl": "Twee lagen.", "en": "Two coats."},
    "checklist": [{**T, "optional": True}, T],
    "cost_cents": 12_500,
    "check": {"by": "desk", "holds": True},
}


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"confidential": True, "check_required": True, "owner": "Lars Vos", "priority": "P2"},
        {
            "process": {
                "steps": [
                    STEP,
                    {**STEP, "key": "clear", "depends_on": [], "check": {"by": "desk", "holds": False}},
                ]
            }
        },
        {"price": {"kind": "tariff", "amount_cents": 950, "per": "hour"}, "package": "plus"},
        {
            "questions": [
                {
                    "key": "q",
                    "label": T,
                    "type": "boolean",
                    "required": True,
                    "choices": [],
                    "asked_if": None,
                },
                {
                    "key": "r",
                    "label": T,
                    "type": "text",
                    "required": False,
                    "choices": [],
                    "asked_if": {"question": "q", "answers": ["yes"]},
                },
            ]
        },
        {
            "examples": {"yes": [T], "no": []},
            "audience": {"departments": ["HR"], "locations": [], "customers": ["shop"]},
        },
    ],
)
def test_a_product_is_published_as_it_was_written(more: dict[str, Any]) -> None:
    written = samples.product(**more)
    kept = ProductContent.of(written).to_dict()
    assert ProductContent.of(kept) == ProductContent.of(written)
    for name, value in more.items():
        if name == "questions":
            assert kept[name] == [{k: v for k, v in each.items() if k != "asked_if" or v} for each in value]
        else:
            assert kept[name] == value


def test_what_is_wrong_with_it_is_said_in_a_sentence_and_in_one_line() -> None:
    with pytest.raises(ContentRefused) as refused:
        ProductContent.of(samples.product(priority="P9", kind="other")).checked()
    assert str(refused.value) == "This product can't be published yet. Put right what is listed per field."
    assert refused.value.in_one_line() == (
        "kind: Use one of: order, complaint, wish, information, fault.; priority: Use one of: P1, P2, P3, P4."
    )
    with pytest.raises(ContentRefused, match="This article can't be published yet"):
        ArticleContent.of(samples.article(slug="?")).checked()


@pytest.mark.parametrize(("field", "most"), [("title", 160), ("body", 20_000)])
def test_an_article_is_as_long_as_allowed(field: str, most: int) -> None:
    assert ArticleContent.of(samples.article(**{field: words(most)})).problems().by_field == {}
    said = [f"Use {most} characters at most."]
    found = ArticleContent.of(samples.article(**{field: words(most + 1)})).problems().by_field
    assert found == {f"{field}.nl": said, f"{field}.en": said}


def test_an_article_may_name_any_product_where_somebody_else_looks_after_that() -> None:
    content = ArticleContent.of(samples.article(product_ids=["b", "a", "b"]))
    assert content.product_ids == ("a", "b")
    assert content.checked() is content
    assert content.problems(frozenset("a")).by_field == {"product_ids": ["There is no product b."]}
