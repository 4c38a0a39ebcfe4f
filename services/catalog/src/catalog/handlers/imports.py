"""Bringing in products from a file: every record by itself is taken whole or refused with a reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from servicekit.errors import Invalid

from catalog.domain.errors import CatalogError, ContentRefused
from catalog.domain.product import Product, ProductContent, first_version
from catalog.handlers.products import author, save_and_tell
from catalog.storage.unit_of_work import CatalogWork

LoadRecord = Callable[[dict[str, Any]], dict[str, Any]]


@dataclass
class Outcome:
    """What became of the records; `changed` are the products that got a version by it."""

    changed: dict[str, Product] = field(default_factory=dict)
    existing: int = 0
    refused: list[dict[str, Any]] = field(default_factory=list)

    def refuse(self, record: dict[str, Any], reason: str) -> None:
        self.refused.append({"line": record.get("line"), "key": record.get("slug"), "reason": reason})

    def to_dict(self) -> dict[str, Any]:
        return {"created": len(self.changed), "existing": self.existing, "refused": self.refused}


def import_products(work: CatalogWork, load: LoadRecord, records: list[dict[str, Any]]) -> dict[str, Any]:
    """`load` checks the shape of one record and raises Invalid. The key of a record is its slug."""
    outcome = Outcome()
    contents = _readable(load, records, outcome)
    work.products.lock_for_publishing()
    known = work.products.by_slug(content.slug for _, content in contents)
    for record, content in contents:
        _take(work, known, record, content, outcome)
    save_and_tell(work, list(outcome.changed.values()), author(work.actor))
    return outcome.to_dict()


def _readable(
    load: LoadRecord, records: list[dict[str, Any]], outcome: Outcome
) -> list[tuple[dict[str, Any], ProductContent]]:
    contents: list[tuple[dict[str, Any], ProductContent]] = []
    seen: set[str] = set()
    for record in records:
        try:
            content = ProductContent.of(load(record)).checked()
        except ContentRefused as refused:
            outcome.refuse(record, refused.in_one_line())
        except Invalid as refused:
            outcome.refuse(record, "; ".join(f"{name}: {texts[0]}" for name, texts in refused.errors.items()))
        else:
            if content.slug in seen:
                outcome.refuse(record, f"The slug '{content.slug}' stands on an earlier line too.")
                continue
            seen.add(content.slug)
            contents.append((record, content))
    return contents


def _take(
    work: CatalogWork,
    known: dict[str, Product],
    record: dict[str, Any],
    content: ProductContent,
    outcome: Outcome,
) -> None:
    product = known.get(content.slug)
    if product is None:
        product = first_version(work.new_id(), content, work.now)
        product.imported_hash = content.hash
        outcome.changed[content.slug] = product
        return
    try:
        changed = product.take_import(content, work.now)
    except CatalogError as refused:
        outcome.refuse(record, str(refused))
        return
    if changed:
        outcome.changed[content.slug] = product
    else:
        outcome.existing += 1
