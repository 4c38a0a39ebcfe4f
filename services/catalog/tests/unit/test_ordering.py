"""Order rules of a product: what an author may say, and that products without them stay what they are."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from catalog.domain.ordering import NO_RULES, Ordering
from catalog.domain.product import ProductContent

from .test_product_content import content as whole

BEFORE = {"working_days": 1, "at": "12:00"}
RULES = {
    "cutoff": BEFORE,
    "capacity": {"amount": 60, "per": "day"},
    "free_cancellation": {"before": {"working_minutes": 480}, "charge_percent": 50},
}


def content(**ordering: Any) -> ProductContent:
    return whole(kind="order", ordering=ordering or None)


def problems(**ordering: Any) -> dict[str, list[str]]:
    return dict(content(**ordering).problems().by_field)


def test_what_has_no_rules_keeps_its_hash() -> None:
    plain = whole(kind="order")
    assert "ordering" not in plain.to_dict()
    assert plain.hash == content(cutoff=None, capacity=None, free_cancellation=None).hash
    assert plain.hash == replace(plain, ordering=NO_RULES).hash
    assert plain.hash != content(**RULES).hash


def test_rules_come_back_as_they_were_given() -> None:
    kept = content(**RULES).to_dict()["ordering"]
    assert Ordering.of(kept) == content(**RULES).ordering
    assert kept["cutoff"] == {"working_days": 1, "at": "12:00", "working_minutes": None}
    assert problems(**RULES) == {}


@pytest.mark.parametrize(
    ("ordering", "field"),
    [
        ({"cutoff": {"working_days": 1}}, "ordering.cutoff.at"),
        ({"cutoff": {"at": "12:00"}}, "ordering.cutoff.working_days"),
        ({"cutoff": {"working_days": 1, "at": "25:00"}}, "ordering.cutoff.at"),
        ({"cutoff": {"working_days": 61, "at": "12:00"}}, "ordering.cutoff.working_days"),
        ({"cutoff": {**BEFORE, "working_minutes": 60}}, "ordering.cutoff"),
        ({"cutoff": {"working_minutes": 0}}, "ordering.cutoff.working_minutes"),
        ({"capacity": {"amount": 0}}, "ordering.capacity.amount"),
        ({"capacity": {"amount": 5, "per": "year"}}, "ordering.capacity.per"),
        (
            {"free_cancellation": {"before": BEFORE, "charge_percent": 101}},
            "ordering.free_cancellation.charge_percent",
        ),
        (
            {"free_cancellation": {"before": {"working_minutes": -1}}},
            "ordering.free_cancellation.before.working_minutes",
        ),
    ],
)
def test_a_rule_that_cannot_be_kept_is_refused_at_its_field(ordering: Any, field: str) -> None:
    assert field in problems(**ordering)


def test_what_is_not_ordered_has_no_moment_to_count_back_from() -> None:
    fault = whole(kind="fault", ordering=RULES)
    assert "ordering" in fault.problems().by_field
