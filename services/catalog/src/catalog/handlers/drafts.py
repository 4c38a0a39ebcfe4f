"""The drafts of products, their versions, and what differs between those."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from servicekit.errors import NotFound

from catalog.domain.comparing import compare
from catalog.domain.draft import Draft
from catalog.domain.problems import Problems
from catalog.domain.product import Product, ProductContent, first_version
from catalog.handlers import views
from catalog.handlers.drafting import Drafting
from catalog.handlers.products import found, save_and_tell
from catalog.storage.unit_of_work import CatalogWork


class ProductDrafts(Drafting[ProductContent]):
    what = "product"
    key = "product_id"
    nothing: ClassVar = {"slug": "", "category": {}, "name": {}, "kind": "order"}
    has_other_slug = "Another product has this short name. Choose another."
    keeps_slug = "A product that was published keeps its short name."

    def __init__(self, work: CatalogWork) -> None:
        super().__init__(work, work.drafts)

    def read(self, given: dict[str, Any]) -> ProductContent:
        return ProductContent.of(given)

    def published(self, item_id: UUID) -> Product | None:
        return self._work.products.get(item_id)

    def first(self, item_id: UUID, content: ProductContent) -> Product:
        return first_version(item_id, content, self._work.now)

    def holder(self, slug: str) -> UUID | None:
        product = self._work.products.by_slug([slug]).get(slug)
        return product.product_id if product else None

    def save_and_tell(self, item: Product, by: dict[str, Any]) -> None:
        save_and_tell(self._work, [item], by)

    def missing(self, content: ProductContent) -> Problems:
        return content.problems()

    def more(self, content: ProductContent) -> dict[str, Any]:
        return {"critical_path": views.critical(content)}


def draft_of_proposal(
    work: CatalogWork, product_id: UUID, content: dict[str, Any], by: dict[str, Any]
) -> None:
    """Of what keeps coming back outside the catalogue. Heard again, it changes nothing that is there."""
    work.products.lock_for_publishing()
    if work.drafts.find(product_id) is None and work.products.get(product_id) is None:
        work.drafts.save(Draft(product_id, ProductContent.of(content), None), work.now, by)


def get_comparison(work: CatalogWork, product_id: UUID, before: int, after: int | None) -> dict[str, Any]:
    """What differs between two versions, or between one and the draft."""
    older = _content_of(work, product_id, before)
    if after is None:
        newer = ProductDrafts(work).get(product_id)["content"]
    else:
        newer = _content_of(work, product_id, after)
    differences = [each.to_dict() for each in compare(older, newer)]
    return {"product_id": product_id, "before": before, "after": after, "differences": differences}


def list_versions(work: CatalogWork, product_id: UUID, cursor: str | None, limit: int) -> dict[str, Any]:
    found(work, product_id)
    return work.catalogue.versions(product_id, cursor, limit).to_dict(dict)


def list_catalogue(work: CatalogWork, **wanted: Any) -> dict[str, Any]:
    return work.catalogue.page(**wanted).to_dict(views.catalogue_line)


def _content_of(work: CatalogWork, product_id: UUID, version: int) -> dict[str, Any]:
    row = work.products.version(product_id, version)
    if row is None:
        raise NotFound("no_such_version", f"This product has no version {version}.")
    return ProductContent.of(row["content"]).to_dict()
