"""How many of an order, and for when: what a form asks as far as its product does not ask for it itself."""

from __future__ import annotations

from typing import Any

from gateway.clients import Json
from gateway.pages.visit import Visit
from gateway.pages.wanting import whole, window_of


def asks_quantity(product: Json | None) -> bool:
    """An order is for a number of them, unless the product asks for a number itself."""
    return is_order(product) and not _asks(product, "number")


def asks_moment(product: Json | None) -> bool:
    """An order is for a moment, unless the product asks for a date itself; one with order rules always is."""
    return is_order(product) and (bool(product and product.get("ordering")) or not _asks(product, "date"))


def how_many_and_when(visit: Visit, product: Json | None) -> dict[str, Any]:
    """Of an order, as far as its product does not ask for it itself."""
    given: dict[str, Any] = {}
    if asks_quantity(product) and (count := visit.form.text("quantity")):
        given["quantity"] = whole("quantity", count)
    if asks_moment(product):
        given["wanted"] = window_of(visit, visit.form)
    return given


def is_order(product: Json | None) -> bool:
    return product is not None and product["kind"] == "order"


def _asks(product: Json | None, kind: str) -> bool:
    return product is not None and any(each["type"] == kind for each in product["questions"])
