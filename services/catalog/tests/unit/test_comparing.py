"""Two versions, field by field."""

from __future__ import annotations

from typing import Any

import pytest
from catalog.domain.comparing import compare
from catalog.domain.product import ProductContent
from hypothesis import given
from hypothesis import strategies as st

from ..samples import product, text  # noqa: TID252  samples of this service alone


def content(**changes: Any) -> dict[str, Any]:
    return ProductContent.of(product(**changes)).to_dict()


def told(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, str, Any, Any]]:
    return [(each.field, each.change, each.before, each.after) for each in compare(before, after)]


def question(key: str, **changes: Any) -> dict[str, Any]:
    return {"key": key, "label": text(key, key), "type": "text", **changes}


BEFORE = content()
QUESTIONS = content(questions=[question("a"), question("b"), question("c")])


def test_the_same_content_differs_in_nothing() -> None:
    assert told(BEFORE, content()) == []


@pytest.mark.parametrize(
    ("changes", "field", "change", "before", "after"),
    [
        ({"priority": "P1"}, "priority", "changed", "P3", "P1"),
        ({"category": text("Kou", "Repairs")}, "category.nl", "changed", "Reparaties", "Kou"),
        ({"lead_time": None}, "lead_time", "removed", {"amount": 2, "unit": "working_days"}, None),
        ({"lead_time": {"amount": 4, "unit": "working_days"}}, "lead_time.amount", "changed", 2, 4),
        ({"owner": "Lars"}, "owner", "added", None, "Lars"),
    ],
)  # fmt: skip
def test_a_changed_field_is_told_with_what_it_was(
    changes: dict[str, Any], field: str, change: str, before: Any, after: Any
) -> None:
    assert told(BEFORE, content(**changes)) == [(field, change, before, after)]


def test_questions_are_followed_by_their_key() -> None:
    after = content(questions=[question("c"), question("a", required=True), question("new")])
    assert [(field, change) for field, change, *_ in told(QUESTIONS, after)] == [
        ("questions.a.required", "changed"),
        ("questions.new", "added"),
        ("questions.b", "removed"),
        ("questions", "moved"),
    ]


def test_what_has_no_key_came_or_went() -> None:
    one, two = text("Koud", "Cold"), text("Warm", "Warm")
    before = content(examples={"yes": [one], "no": []})
    after = content(examples={"yes": [two], "no": []})
    assert told(before, after) == [
        ("examples.yes", "added", None, two),
        ("examples.yes", "removed", one, None),
    ]


@given(st.permutations(["a", "b", "c"]), st.sets(st.sampled_from(["a", "b", "c"]), min_size=1))
def test_nothing_is_told_exactly_when_nothing_differs(order: list[str], kept: set[str]) -> None:
    after = content(questions=[question(key) for key in order if key in kept])
    assert (told(QUESTIONS, after) == []) == (after == QUESTIONS)
