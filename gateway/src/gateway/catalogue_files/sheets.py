"""The catalogue as tables: one row for each product, question, step and so on, held together by slugs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gateway.catalogue_files.cells import Column, written
from gateway.clients import Json

FORMAT = 1


def _both(head: str, path: str) -> tuple[Column, Column]:
    return Column(f"{head} nl", f"{path}.nl"), Column(f"{head} en", f"{path}.en")


def _before(head: str, path: str) -> tuple[Column, ...]:
    """Either working days before with a time, or working minutes before."""
    return (
        Column(f"{head} days before", f"{path}.working_days", "whole"),
        Column(f"{head} time", f"{path}.at"),
        Column(f"{head} minutes before", f"{path}.working_minutes", "whole"),
    )


OF_PRODUCT = Column("product", "product")
SHEETS: Mapping[str, tuple[Column, ...]] = {
    "products": (
        Column("slug", "slug"),
        *_both("name", "name"),
        *_both("category", "category"),
        *_both("description", "description"),
        Column("kind", "kind"),
        Column("priority", "priority"),
        Column("lead time", "lead_time.amount", "whole"),
        Column("lead time in", "lead_time.unit"),
        Column("price", "price.kind"),
        Column("price in cents", "price.amount_cents", "whole"),
        Column("price per", "price.per"),
        Column("package", "package"),
        Column("desk checks", "check_required", "flag"),
        Column("owner", "owner"),
        *_before("order until", "ordering.cutoff"),
        Column("at once", "ordering.capacity.amount", "whole"),
        Column("at once per", "ordering.capacity.per"),
        *_before("free until", "ordering.free_cancellation.before"),
        Column("late percent", "ordering.free_cancellation.charge_percent", "whole"),
        Column("confidential", "confidential", "flag"),
        Column("withdrawn", "withdrawn", "flag"),
        Column("id", "product_id"),
    ),
    "examples": (OF_PRODUCT, Column("when", "when", "flag"), Column("nl", "nl"), Column("en", "en")),
    "audience": (OF_PRODUCT, Column("what", "what"), Column("which", "which")),
    "questions": (
        OF_PRODUCT,
        Column("key", "key"),
        *_both("question", "label"),
        Column("type", "type"),
        Column("required", "required", "flag"),
    ),
    "choices": (
        OF_PRODUCT,
        Column("question", "question"),
        Column("value", "value"),
        *_both("label", "label"),
    ),
    "conditions": (
        OF_PRODUCT,
        Column("question", "question"),
        Column("asked if", "asked_if"),
        Column("is", "answer"),
    ),
    "steps": (
        OF_PRODUCT,
        Column("key", "key"),
        *_both("title", "title"),
        Column("provider", "provider"),
        Column("role", "role"),
        Column("check by", "check.by"),
        Column("next wait for check", "check.holds", "flag"),
        Column("after", "depends_on", "words"),
        Column("lead time", "lead_time.amount", "whole"),
        Column("lead time in", "lead_time.unit"),
        *_both("instructions", "instructions"),
        Column("cost in cents", "cost_cents", "whole"),
    ),
    "checklists": (
        OF_PRODUCT,
        Column("step", "step"),
        Column("nl", "nl"),
        Column("en", "en"),
        Column("optional", "optional", "flag"),
    ),
    "articles": (
        Column("slug", "slug"),
        *_both("title", "title"),
        *_both("text", "body"),
        Column("products", "products", "words"),
        Column("withdrawn", "withdrawn", "flag"),
        Column("id", "article_id"),
    ),
}
# What audience rows call the parts of an audience.
AUDIENCES = {"department": "departments", "customer": "customers", "location": "locations"}


def to_sheets(catalogue: Json) -> dict[str, list[list[Any]]]:
    """Each with its heading."""
    records: dict[str, list[Json]] = {name: [] for name in SHEETS}
    for product in catalogue["products"]:
        records["products"].append(product)
        for name, found in _parts(product):
            records[name].append({"product": product["slug"], **found})
    records["articles"] = catalogue["articles"]
    return {
        name: [[column.head for column in columns], *(_row(record, columns) for record in records[name])]
        for name, columns in SHEETS.items()
    }


def _parts(product: Json) -> Iterator[tuple[str, Json]]:
    examples, audience = product.get("examples") or {}, product.get("audience") or {}
    for when in (True, False):
        for said in examples.get("yes" if when else "no", ()):
            yield "examples", {"when": when, **said}
    for what, name in AUDIENCES.items():
        for which in audience.get(name, ()):
            yield "audience", {"what": what, "which": which}
    for question in product["questions"]:
        yield "questions", question
        for choice in question.get("choices") or ():
            yield "choices", {"question": question["key"], **choice}
        condition = question.get("asked_if") or {}
        for answer in condition.get("answers", ()):
            asked = {"question": question["key"], "asked_if": condition["question"], "answer": answer}
            yield "conditions", asked
    for step in product["process"]["steps"]:
        yield "steps", step
        for said in step.get("checklist") or ():
            yield "checklists", {"step": step["key"], **said}


def _row(record: Json, columns: Sequence[Column]) -> list[Any]:
    return [written(_at(record, column.path), column.kind) for column in columns]


def _at(record: Json, path: str) -> Any:
    found: Any = record
    for name in path.split("."):
        found = found.get(name) if isinstance(found, dict) else None
    return found
