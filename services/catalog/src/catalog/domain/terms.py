"""Terms and prices: the two promises in a product that are numbers."""

from __future__ import annotations

from catalog.domain.problems import Problems, one_of
from catalog.domain.values import (
    BASIC,
    BESPOKE,
    PACKAGES,
    PLUS,
    PRICE_KINDS,
    PRICE_UNITS,
    TERM_UNITS,
    Price,
    Term,
)

# Two years, in each unit: what takes longer is no product. A working day has ten hours at most.
MOST = {"minutes": 1_051_200, "working_minutes": 312_000, "working_days": 520, "calendar_days": 730}
# Which of (amount_cents, per) a price of each kind has.
PRICE_PARTS = {
    "none": (False, False),
    "fixed": (True, False),
    "tariff": (True, True),
    "quote": (False, False),
}

# What a price of each kind is in, when nobody said so: also that of what was published before packages were.
IMPLIED = {"none": BASIC, "fixed": PLUS, "tariff": PLUS, "quote": BESPOKE}
# By package: the prices that it may have, and what to do with another. That of a basic one is for ourselves.
PACKAGE_PRICES = {
    BASIC: (("none", "fixed", "tariff"), "What is in the basic package is not on quote: make it bespoke."),
    PLUS: (("fixed", "tariff"), "What is charged has a price: fixed, or a tariff."),
    BESPOKE: (("quote",), "What is made to measure is on quote: choose that price, or another package."),
}


def check_term(term: Term | None, problems: Problems, path: str) -> None:
    if term is None:
        return
    problems.unless(term.unit in TERM_UNITS, f"{path}.unit", one_of(TERM_UNITS))
    most = MOST.get(term.unit, max(MOST.values()))
    fits = 1 <= term.amount <= most
    problems.unless(fits, f"{path}.amount", f"Use a whole number from 1 to {most}: two years at most.")


def check_price(price: Price, problems: Problems, path: str = "price") -> None:
    if price.kind not in PRICE_PARTS:
        return problems.add(f"{path}.kind", one_of(PRICE_KINDS))
    with_amount, with_unit = PRICE_PARTS[price.kind]
    _check_amount(price, with_amount, problems, f"{path}.amount_cents")
    if with_unit:
        problems.unless(price.per in PRICE_UNITS, f"{path}.per", one_of(PRICE_UNITS))
    else:
        problems.unless(price.per is None, f"{path}.per", f"Leave this out: a '{price.kind}' price has none.")
    return None


def _check_amount(price: Price, wanted: bool, problems: Problems, field: str) -> None:
    if not wanted:
        problems.unless(
            price.amount_cents is None, field, f"Leave this out: a '{price.kind}' price has no amount."
        )
    elif price.amount_cents is None or price.amount_cents < 0:
        problems.add(field, "Give the amount in whole cents, 0 or more.")


def implied_package(price: Price) -> str:
    return IMPLIED.get(price.kind, BASIC)


def check_package(package: str, price: Price, problems: Problems, path: str = "package") -> None:
    """A price of no known kind is told at the price alone."""
    if package not in PACKAGE_PRICES:
        return problems.add(path, one_of(PACKAGES))
    kinds, text = PACKAGE_PRICES[package]
    if price.kind in PRICE_PARTS:
        problems.unless(price.kind in kinds, path, text)
    return None
