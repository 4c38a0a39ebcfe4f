"""The questions of a product as fields of a form, and the answers as the API takes them."""

from __future__ import annotations

from typing import Any

from servicekit.errors import Invalid, NotFound

from gateway.clients import Json
from gateway.pages.visit import Visit

YES = "yes"


def answers_from(visit: Visit, product_id: str | None) -> dict[str, Any]:
    """The fields `answers.<key>`, each as its question's type; what was left empty is left out."""
    given = visit.form.under("answers")
    if not given or not product_id:
        return {}
    types = {question["key"]: question["type"] for question in questions_of(visit, product_id)}
    return {key: _typed(f"answers.{key}", types.get(key, "text"), text) for key, text in given.items()}


def questions_of(visit: Visit, product_id: str) -> list[Json]:
    """Of the product as it is now; none when there is no such product."""
    product = product_of(visit, product_id)
    return product["questions"] if product else []


def product_of(visit: Visit, product_id: str | None) -> Json | None:
    """As it is now; None when there is no such product."""
    if not product_id:
        return None
    try:
        return visit.services.catalog.get_product(product_id)
    except (NotFound, Invalid):
        return None


def _typed(field: str, kind: str, text: str) -> Any:
    if kind == "boolean":
        return text == YES
    if kind != "number":
        return text
    try:
        number = float(text.replace(",", "."))
    except ValueError as error:
        raise Invalid("invalid", "Some fields are not right.", {field: ["Not a valid number."]}) from error
    return int(number) if number.is_integer() else number
