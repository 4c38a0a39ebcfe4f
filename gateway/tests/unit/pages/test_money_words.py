"""What a product costs, as whoever orders it reads it, and its package as an author does."""

from __future__ import annotations

from typing import Any

import pytest
from gateway.pages.manage.products import differences
from gateway.pages.order_forms import cents
from gateway.pages.site import terms
from gateway.pages.words import words

FIXED = {"kind": "fixed", "amount_cents": 8500, "per": None}
EACH = {"kind": "tariff", "amount_cents": 275, "per": "person"}
QUOTE = {"kind": "quote", "amount_cents": None, "per": None}
NONE = {"kind": "none", "amount_cents": None, "per": None}


@pytest.mark.parametrize(
    ("kind", "package", "price", "said"),
    [
        ("order", "basic", NONE, "No costs for you: it is in the basic package"),
        ("order", "basic", FIXED, "No costs for you: it is in the basic package"),
        ("information", "basic", NONE, "No costs for you"),
        ("order", "plus", FIXED, "€85.00, charged to the cost centre"),
        ("order", "plus", EACH, "€2.75 per person, charged to the cost centre"),
        ("order", "plus", {**FIXED, "amount_cents": None}, "–"),
        ("order", "bespoke", QUOTE, "You get a quote first"),
        ("order", None, FIXED, "€85.00"),
    ],
)
def test_who_orders_reads_what_it_costs_them(kind: str, package: str, price: Any, said: str) -> None:
    assert terms.costs(words("en"), {"kind": kind, "package": package, "price": price}) == said


def test_another_package_is_told_among_the_differences_in_words() -> None:
    content = {"questions": [], "process": {"steps": []}}
    changed = [{"field": "package", "change": "changed", "before": "plus", "after": "basic"}]
    (row,) = differences.told(words("nl"), changed, content, content)
    said = ("Pakket", "Plus: doorbelast aan de kostenplaats", "Basis: in de overeenkomst, niet doorbelast")
    assert (row.what, row.before, row.after) == said


@pytest.mark.parametrize(("language", "said"), [("nl", "1250,50"), ("en", "1250.50")])
def test_an_amount_in_a_field_is_written_as_one_would_type_it(language: str, said: str) -> None:
    assert terms.typed_euros(words(language), 125_050) == said
    assert cents("price", said) == 125_050
