"""Small things that templates need and that are no rules: picking, naming, sorting what is there."""

from __future__ import annotations

from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context

from gateway.pages import labels


def next_promise(request: dict[str, Any]) -> Any:
    """What the requester hears next: a response until somebody has it in hand, then the solution."""
    promise = request.get("promise") or {}
    if request.get("state") in ("received", "triage"):
        return promise.get("respond_by") or promise.get("resolve_by")
    return promise.get("resolve_by") or promise.get("respond_by")


def size_words(size: int) -> str:
    """Of a file, as people say it; the same in our languages."""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} kB"
    return f"{size / 1024 / 1024:.1f} MB"


@pass_context
def grouped(context: Context, products: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Products by category, both in the order of the visitor's language."""
    found: dict[str, list[dict[str, Any]]] = {}
    words = context["_"]
    for product in sorted(products, key=lambda each: str(words.of(each["name"]))):
        found.setdefault(str(words.of(product["category"])), []).append(product)
    return sorted(found.items())


@pass_context
def question_choices(context: Context, question: dict[str, Any]) -> list[tuple[str, str]]:
    return [(choice["value"], context["_"].of(choice["label"])) for choice in question.get("choices") or []]


@pass_context
def kind_choices(context: Context, kinds: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(kind, context["_"](labels.label("kind", kind).word)) for kind in kinds]


@pass_context
def priority_choices(context: Context, priorities: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(each, context["_"](labels.label("priority", each).word)) for each in priorities]


@pass_context
def said_of(context: Context, table: dict[str, str]) -> list[tuple[str, str]]:
    """What a table of words offers, in the visitor's language."""
    return [(value, context["_"](word)) for value, word in table.items()]


@pass_context
def audience(context: Context, product: dict[str, Any]) -> str:
    """For whom and where it is; nothing when it is for everybody, everywhere."""
    named, words = product.get("audience") or {}, context["_"]
    told = []
    if groups := [*(named.get("departments") or ()), *(named.get("customers") or ())]:
        told.append(words("Only for %(names)s", names=", ".join(groups)))
    if named.get("locations"):
        told.append(words("Only at certain places"))
    return ". ".join(told)
