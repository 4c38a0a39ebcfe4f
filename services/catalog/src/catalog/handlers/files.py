"""The whole catalogue as a file, and bringing one in: looked at first, carried out as it was looked at."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from servicekit.errors import Conflict, Invalid, NotFound, Stale

from catalog.domain.bringing_in import Change, Way, exported_article, fingerprint
from catalog.handlers.file_plan import Loads, Plan
from catalog.handlers.products import author
from catalog.storage.unit_of_work import CatalogWork

Json = dict[str, Any]

FORMAT = 1


def export_catalogue(work: CatalogWork) -> Json:
    """The newest version of everything that was ever published; earlier versions and drafts stay here.

    Articles name their products by slug, so that they mean the same wherever the file is brought in.
    """
    products = work.products.all()
    slugs = {str(product.product_id): product.content.slug for product in products}
    return {
        "format": FORMAT,
        "products": [
            {
                **product.content.to_dict(),
                "product_id": product.product_id,
                "withdrawn": product.withdrawn_at is not None,
            }
            for product in products
        ],
        "articles": [exported_article(article, slugs) for article in work.articles.all()],
    }


def add_file(work: CatalogWork, loads: Loads, name: str, content: Json, problems: list[Json]) -> Json:
    """Keep it to be looked at. Nothing else changes."""
    file_id = work.new_id()
    work.files.add(file_id, name, {**content, "problems": problems}, work.now, author(work.actor))
    return get_file(work, loads, file_id, Way.PUBLISHED)


def get_file(work: CatalogWork, loads: Loads, file_id: UUID, way: Way) -> Json:
    """What carrying it out in this way would change now; once it was, what it did."""
    kept = _kept(work, file_id)
    if kept.done_at:
        return _view(kept, Way(kept.way), kept.outcome["lines"], kept.outcome["fingerprint"])
    plan = Plan(work, loads, kept.content, way)
    return _view(kept, way, [line.to_dict() for line in plan.lines], fingerprint(way, plan.lines))


def carry_out_file(work: CatalogWork, loads: Loads, file_id: UUID, way: Way, looked_at: str) -> Json:
    """All that is fine, in one transaction. Raises Stale when it would not do any more what was looked at."""
    work.products.lock_for_publishing()
    kept = _kept(work, file_id)
    if kept.done_at:
        raise Conflict(
            "already_brought_in", "This file was brought in already. Upload it again to repeat it."
        )
    plan = Plan(work, loads, kept.content, way)
    found = fingerprint(way, plan.lines)
    if found != looked_at:
        raise Stale("catalogue_changed", "The catalogue has changed since you looked. Look at it again.")
    if not any(line.is_to_do for line in plan.lines):
        raise Invalid("nothing_to_do", "There is nothing in this file that would change the catalogue.")
    plan.carry_out()
    lines = [line.to_dict() for line in plan.lines]
    outcome = {"lines": lines, "fingerprint": found, "problems": kept.content["problems"]}
    work.files.done(file_id, way, work.now, outcome)
    return get_file(work, loads, file_id, way)


def _view(kept: Any, way: Way, lines: list[Json], seen: str) -> Json:
    shown = [Change(line["change"]) for line in lines]
    return {
        "file_id": kept.file_id,
        "name": kept.name,
        "at": kept.at,
        "by": kept.by,
        "way": way,
        "fingerprint": seen,
        "lines": lines,
        "problems": (kept.outcome or kept.content)["problems"],
        "counts": {change.value: shown.count(change) for change in Change},
        "done_at": kept.done_at,
    }


def _kept(work: CatalogWork, file_id: UUID) -> Any:
    kept = work.files.find(file_id)
    if kept is None:
        raise NotFound("no_such_file", "There is no such file (any more). Upload it again.")
    return kept
