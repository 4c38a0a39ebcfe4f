"""What differs between two versions of a product, as an author would say it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from gateway.clients import Json
from gateway.pages import labels, money_words
from gateway.pages.labels import _
from gateway.pages.site import terms
from gateway.pages.words import Words

FIELDS: Mapping[str, str] = {
    "slug": _("Short name"),
    "category": _("Category"),
    "name": _("Name"),
    "description": _("Description"),
    "kind": _("Kind"),
    "priority": _("Priority"),
    "lead_time": _("How long it takes"),
    "price": _("Costs"),
    "package": _("Package"),
    "check_required": _("The desk checks the work"),
    "confidential": _("Confidential"),
    "owner": _("Owner"),
    "questions": _("Questions"),
    "steps": _("Steps"),
    "examples.yes": _("Choose this when you would say"),
    "examples.no": _("Not when you would say"),
    "audience": _("For whom"),
    "audience.departments": _("Only for these departments"),
    "audience.customers": _("Only for these customers"),
    "audience.locations": _("Only at these places"),
    "ordering": _("Ordering"),
    "label": _("Question"),
    "type": _("Kind of answer"),
    "required": _("Must be answered"),
    "choices": _("Choices"),
    "asked_if": _("Asked only if"),
    "title": _("What is done"),
    "provider": _("Who does it"),
    "depends_on": _("Waits for"),
    "instructions": _("Instructions"),
    "checklist": _("Checklist"),
    "cost_cents": _("Expected cost"),
    "role": _("Role"),
    "check": _("Who checks it"),
    "check.by": _("Who checks it"),
    "check.holds": _("The next steps wait for the check"),
}
ARTICLE_FIELDS: Mapping[str, str] = {
    "slug": _("Short name"),
    "title": _("Title"),
    "body": _("The answer"),
    "product_ids": _("Products"),
}
PARTS = {"questions": _("Question: %(name)s"), "steps": _("Step: %(name)s")}
LANGUAGES = {"nl": _("Dutch"), "en": _("English")}
# What is kept as a code, in words.
CODES: Mapping[str, Callable[[Words, str], str]] = {
    "kind": lambda words, code: words(labels.label("kind", code).word),
    "priority": lambda words, code: words(labels.label("priority", code).word),
    "package": money_words.package,
}
CHANGES = {
    "added": labels.Label(_("New"), "plus", "good"),
    "removed": labels.Label(_("Gone"), "cross", "bad"),
    "changed": labels.Label(_("Changed"), "note", "info"),
    "moved": labels.Label(_("In another order"), "move", "neutral"),
}


@dataclass(frozen=True)
class Row:
    """`where`: `Question 'Which room?'`, empty for the product itself; `what`: `Name (Dutch)`."""

    where: str
    what: str
    change: labels.Label
    before: str
    after: str


def told(words: Words, differences: list[Json], older: Json, newer: Json) -> list[Row]:
    return [_row(words, each, older, newer) for each in _whole_terms(differences, older, newer)]


def told_of_article(words: Words, differences: list[Json], products: Mapping[str, str]) -> list[Row]:
    """`products`: names by id; one that is not offered any more is told by its id."""
    return [_row_of_article(words, each, products) for each in differences]


def _row_of_article(words: Words, each: Json, products: Mapping[str, str]) -> Row:
    field, _dot, language = each["field"].partition(".")
    what = words(ARTICLE_FIELDS[field])
    if language:
        what = f"{what} ({words(LANGUAGES[language])})"
    before, after = (each[name] or "–" for name in ("before", "after"))
    return Row("", what, CHANGES[each["change"]], products.get(before, before), products.get(after, after))


def _whole_terms(differences: list[Json], older: Json, newer: Json) -> list[Json]:
    """A term and a price are said as a whole: three working days, not three and working days."""
    found: list[Json] = []
    for each in differences:
        head, *rest = each["field"].split(".")
        if head in ("lead_time", "price", "ordering") and rest:
            whole = {"field": head, "change": "changed", "before": older.get(head), "after": newer.get(head)}
            if whole not in found:
                found.append(whole)
        else:
            found.append(each)
    return found


def _row(words: Words, each: Json, older: Json, newer: Json) -> Row:
    parts = each["field"].removeprefix("process.").split(".")
    where = ""
    if parts[0] in ("questions", "steps") and len(parts) > 1:
        item = _item(parts[0], parts[1], newer) or _item(parts[0], parts[1], older)
        name = words.of(item.get("label") or item.get("title") or {}) or parts[1]
        whole = (
            words("Question: %(name)s", name=name)
            if parts[0] == "questions"
            else words("Step: %(name)s", name=name)
        )
        where, parts = whole, parts[2:]
    return Row(
        where,
        _what(words, parts),
        CHANGES[each["change"]],
        *(_value(words, parts, each[name]) for name in ("before", "after")),
    )


def _item(what: str, key: str, content: Json) -> Json:
    items = content["questions"] if what == "questions" else content["process"]["steps"]
    return next((item for item in items if item["key"] == key), {})


def _what(words: Words, parts: list[str]) -> str:
    if not parts:
        return ""
    language = LANGUAGES.get(parts[-1])
    rest = parts[:-1] if language else parts
    word = FIELDS.get(".".join(rest)) or FIELDS.get(rest[0], rest[0])
    return f"{words(word)} ({words(language)})" if language else words(word)


def _value(words: Words, parts: list[str], value: Any) -> str:
    head = parts[0] if parts else ""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return words("Yes") if value else words("No")
    if head == "lead_time":
        return terms.term(words, value)
    if head == "price" and isinstance(value, Mapping):
        return terms.price(words, value)
    if head == "ordering" and isinstance(value, Mapping):
        return " ".join(terms.order_rules(words, value)) or "–"
    if head == "cost_cents":
        return terms.price(words, {"kind": "fixed", "amount_cents": value})
    if head in CODES:
        return CODES[head](words, value)
    if isinstance(value, list):
        return ", ".join(_value(words, [], item) for item in value) or "–"
    if isinstance(value, Mapping):
        return _mapping(words, value)
    return str(value)


def _mapping(words: Words, value: Mapping[str, Any]) -> str:
    """A text, a question or step by its words, a condition by its answers."""
    if "nl" in value or "en" in value:
        return words.of(value)
    for name in ("label", "title"):
        if name in value:
            return words.of(value[name])
    if "answers" in value:
        return f"{value['question']}: {', '.join(value['answers'])}"
    return ", ".join(_value(words, [], item) for item in value.values() if item)
