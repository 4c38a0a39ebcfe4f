"""Working on the next version of a product, and letting it out: now, or by itself on a date.

Who publishes waits for one lock, so of two who do it at the same moment (a person, the timers of several
replicas) the second finds no draft any more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from servicekit.errors import Conflict, Invalid, NotFound, Stale

from catalog.domain.comparing import compare
from catalog.domain.draft import Action, Draft
from catalog.domain.errors import CatalogError, ContentRefused, NotInThisState, Overtaken, TooFarAway
from catalog.domain.product import Product, ProductContent, first_version
from catalog.handlers import views
from catalog.handlers.products import author, found, save_and_tell
from catalog.storage.drafts import Kept
from catalog.storage.unit_of_work import CatalogWork

BATCH = 50
NOTHING: dict[str, Any] = {"slug": "", "category": {}, "name": {}, "kind": "order"}


def start_draft(work: CatalogWork, product_id: UUID | None, content: dict[str, Any] | None) -> dict[str, Any]:
    """Of a new product; or of one that is there, as it stands now. There is one at most: an earlier one is
    answered as it is.
    """
    work.products.lock_for_publishing()
    if product_id is None:
        draft = Draft(work.new_id(), ProductContent.of(content or NOTHING), None)
        return _view(work, work.drafts.save(draft, work.now, author(work.actor)))
    if kept := work.drafts.find(product_id):
        return _view(work, kept)
    product = found(work, product_id)
    draft = Draft(product_id, product.content, product.version)
    return _view(work, work.drafts.save(draft, work.now, author(work.actor)))


def draft_of_proposal(
    work: CatalogWork, product_id: UUID, content: dict[str, Any], by: dict[str, Any]
) -> None:
    """Of what keeps coming back outside the catalogue. Heard again, it changes nothing that is there."""
    work.products.lock_for_publishing()
    if work.drafts.find(product_id) is None and work.products.get(product_id) is None:
        work.drafts.save(Draft(product_id, ProductContent.of(content), None), work.now, by)


def get_draft(work: CatalogWork, product_id: UUID) -> dict[str, Any]:
    return _view(work, _kept(work, product_id))


def save_draft(work: CatalogWork, product_id: UUID, revision: int, content: dict[str, Any]) -> dict[str, Any]:
    """Whatever is in it: what it lacks is told with the draft."""
    return _change(work, product_id, revision, lambda draft: draft.edit(ProductContent.of(content)))


def follow_draft(work: CatalogWork, product_id: UUID, revision: int) -> dict[str, Any]:
    """Its author has seen the version that was published meanwhile."""
    product = work.products.get(product_id)
    current = product.version if product else None
    return _change(work, product_id, revision, lambda draft: draft.follow(current))


def schedule_draft(
    work: CatalogWork, product_id: UUID, revision: int, publish_at: datetime
) -> dict[str, Any]:
    def change(draft: Draft) -> Draft:
        _check_slug(work, draft)
        return draft.schedule(publish_at, work.now)

    return _change(work, product_id, revision, change)


def unschedule_draft(work: CatalogWork, product_id: UUID, revision: int) -> dict[str, Any]:
    return _change(work, product_id, revision, Draft.unschedule)


def discard_draft(work: CatalogWork, product_id: UUID, revision: int) -> dict[str, Any]:
    draft = _to_change(work, product_id, revision)
    with _told():
        draft.check(Action.DISCARD)
    work.drafts.remove(product_id)
    return {"product_id": product_id, "discarded": True}


def publish_draft(work: CatalogWork, product_id: UUID, revision: int) -> dict[str, Any]:
    draft = _to_change(work, product_id, revision)
    with _told():
        product, changed = _publish(work, draft, author(work.actor))
    return {"product_id": product_id, "version": product.version, "changed": changed}


def publish_due(work: CatalogWork) -> int:
    """Those whose moment has come; answers how many. One that can't be published any more goes back to its
    author with the reason, and keeps nothing else waiting.
    """
    if not work.drafts.due(work.now, 1):
        return 0  # nobody who publishes has to wait for that
    work.products.lock_for_publishing()
    due = work.drafts.due(work.now, BATCH)
    for kept in due:
        try:
            _publish(work, kept.draft, kept.changed_by)
        except CatalogError as refused:
            why = refused.in_one_line() if isinstance(refused, ContentRefused) else str(refused)
            work.drafts.save(kept.draft.given_up(why), work.now, kept.changed_by)
    return len(due)


def get_comparison(work: CatalogWork, product_id: UUID, before: int, after: int | None) -> dict[str, Any]:
    """What differs between two versions, or between one and the draft."""
    older = _content_of(work, product_id, before)
    if after is None:
        newer = _kept(work, product_id).draft.content.to_dict()
    else:
        newer = _content_of(work, product_id, after)
    differences = [each.to_dict() for each in compare(older, newer)]
    return {"product_id": product_id, "before": before, "after": after, "differences": differences}


def list_versions(work: CatalogWork, product_id: UUID, cursor: str | None, limit: int) -> dict[str, Any]:
    found(work, product_id)
    return work.catalogue.versions(product_id, cursor, limit).to_dict(dict)


def list_catalogue(work: CatalogWork, **wanted: Any) -> dict[str, Any]:
    return work.catalogue.page(**wanted).to_dict(views.catalogue_line)


def _publish(work: CatalogWork, draft: Draft, by: dict[str, Any]) -> tuple[Product, bool]:
    product = work.products.get(draft.product_id)
    _check_slug(work, draft)
    content = draft.to_publish(product.version if product else None)
    changed = product is None or product.publish(content, work.now)
    if product is None:
        product = first_version(draft.product_id, content, work.now)
    if changed:
        save_and_tell(work, [product], by)
    work.drafts.remove(draft.product_id)
    return product, changed


def _check_slug(work: CatalogWork, draft: Draft) -> None:
    """Raises ContentRefused."""
    if problem := _slug_problem(work, draft):
        raise ContentRefused("product", {"slug": [problem]})


def _slug_problem(work: CatalogWork, draft: Draft) -> str | None:
    """Addresses and files lead to a product by its slug: each has its own, and keeps it."""
    slug = draft.content.slug
    holder = work.products.by_slug([slug]).get(slug)
    if draft.base_version is not None:
        kept = holder is not None and holder.product_id == draft.product_id
        return None if kept else "A product that was published keeps its short name."
    return "Another product has this short name. Choose another." if holder else None


def _change(
    work: CatalogWork, product_id: UUID, revision: int, change: Callable[[Draft], Draft]
) -> dict[str, Any]:
    draft = _to_change(work, product_id, revision)
    with _told():
        changed = change(draft)
    return _view(work, work.drafts.save(changed, work.now, author(work.actor)))


@contextmanager
def _told() -> Iterator[None]:
    """What the domain refuses, as callers know it."""
    try:
        yield
    except ContentRefused as refused:
        raise Invalid(refused.code, str(refused), refused.problems) from refused
    except TooFarAway as refused:
        raise Invalid(refused.code, str(refused), {"publish_at": [str(refused)]}) from refused
    except (NotInThisState, Overtaken) as refused:
        raise Conflict(refused.code, str(refused)) from refused


def _to_change(work: CatalogWork, product_id: UUID, revision: int) -> Draft:
    work.products.lock_for_publishing()
    draft = _kept(work, product_id).draft
    if draft.revision != revision:
        raise Stale("draft_changed", "Somebody changed this draft meanwhile. Look at how it stands now.")
    return draft


def _kept(work: CatalogWork, product_id: UUID) -> Kept:
    kept = work.drafts.find(product_id)
    if kept is None:
        raise NotFound("no_such_draft", "There is no draft of this product.")
    return kept


def _content_of(work: CatalogWork, product_id: UUID, version: int) -> dict[str, Any]:
    row = work.products.version(product_id, version)
    if row is None:
        raise NotFound("no_such_version", f"This product has no version {version}.")
    return ProductContent.of(row["content"]).to_dict()


def _view(work: CatalogWork, kept: Kept) -> dict[str, Any]:
    return views.draft(kept, work.products.get(kept.draft.product_id), _slug_problem(work, kept.draft))
