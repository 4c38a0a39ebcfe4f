"""What was cancelled too late, counted with its cost by the rules of its product."""

from __future__ import annotations

from datetime import date
from typing import Any

from .test_figures import figures
from .test_order_rules import RULES, at, canteen, lunch

assert canteen  # the fixture
DAY = date(2026, 11, 25)


def late(house: Any, on: date = DAY) -> dict[str, Any]:
    found: dict[str, Any] = figures(house, on, on)["cancelled_late"]
    return found


def cancel(house: Any, *made: Any) -> None:
    for one in made:
        house.withdraw(house.get(one))


def test_only_what_was_no_longer_free_counts_of_all_that_was_withdrawn(canteen: Any) -> None:
    first, second, third = (lunch(canteen, quantity=n) for n in (2, 4, 1))
    cancel(canteen, first)
    at(canteen, "2026-11-25T12:01:00+01:00")
    cancel(canteen, second, third)
    found = late(canteen)
    assert (found["count"], found["of"], found["cost_cents"], found["unpriced"]) == (2, 3, 2_500, 0)
    (product,) = found["products"]
    assert (product["product_id"], product["count"], product["cost_cents"]) == (canteen.lunch, 2, 2_500)
    assert product["name"]["nl"]
    assert len(canteen.list(cancelled_late=True)["items"]) == found["count"]


def test_another_day_is_another_figure(canteen: Any) -> None:
    made = lunch(canteen)
    at(canteen, "2026-11-25T12:01:00+01:00")
    cancel(canteen, made)
    assert late(canteen, date(2026, 11, 24)) == {
        "count": 0, "of": 0, "cost_cents": 0, "unpriced": 0, "products": [],
    }  # fmt: skip


def test_what_nobody_can_price_is_counted_apart_and_does_not_look_free(canteen: Any) -> None:
    canteen.lunch = canteen.publish_product(
        kind="order", price={"kind": "quote", "amount_cents": None, "per": None}, ordering=RULES
    )
    made = lunch(canteen)
    at(canteen, "2026-11-25T12:01:00+01:00")
    cancel(canteen, made)
    found = late(canteen)
    assert (found["count"], found["cost_cents"], found["unpriced"]) == (1, 0, 1)
