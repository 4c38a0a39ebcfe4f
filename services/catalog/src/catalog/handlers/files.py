"""The whole catalogue as a file, and bringing one in: looked at first, carried out as it was looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from servicekit.errors import Conflict, Invalid, NotFound, Stale

from catalog.domain.article import Article, ArticleContent
from catalog.domain.bringing_in import (
    ArticleRecord,
    Change,
    Line,
    ProductRecord,
    Way,
    article_line,
    fingerprint,
    product_line,
)
from catalog.domain.draft import Draft
from catalog.domain.errors import ContentRefused
from catalog.domain.product import Product, ProductContent, first_version
from catalog.handlers import views
from catalog.handlers.products import author, save_and_tell
from catalog.storage.unit_of_work import CatalogWork

Json = dict[str, Any]
Load = Callable[[Json], Json]

FORMAT = 1
NO_DRAFTS = {"": ["Articles have no drafts: bring them in published."]}
HAS_DRAFT = {"slug": ["There is a draft of this product: publish or discard it first."]}
TWICE = {"slug": ["This slug stands in the file twice."]}


@dataclass(frozen=True)
class Loads:
    """Checks of the shape of a product and of an article; each raises Invalid."""

    product: Load
    article: Load


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
        "articles": [_article(article, slugs) for article in work.articles.all()],
    }


def _article(article: Article, slugs: dict[str, str]) -> Json:
    return _plain(
        article.content, sorted(slugs[each] for each in article.content.product_ids if each in slugs)
    )


def _plain(content: ArticleContent, products: list[str]) -> Json:
    return {**{k: v for k, v in content.to_dict().items() if k != "product_ids"}, "products": products}


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


class Plan:
    """Reads a file against the catalogue as it is now."""

    def __init__(self, work: CatalogWork, loads: Loads, content: Json, way: Way) -> None:
        self._work, self._way = work, way
        self._products: list[tuple[Line, ProductRecord, Product | None]] = []
        self._articles: list[tuple[Line, ArticleContent, Article | None]] = []
        self._wrong: list[Line] = []
        self._plan_products(_each("product", content.get("products"), loads.product, self._wrong))
        self._plan_articles(_each("article", content.get("articles"), loads.article, self._wrong))

    @property
    def lines(self) -> list[Line]:
        """Products first, in the order of the file."""
        found = [line for line, *_ in self._products] + [line for line, *_ in self._articles] + self._wrong
        return sorted(found, key=lambda line: (line.what != "product", line.place))

    def carry_out(self) -> None:
        self._carry_out_products()
        for line, content, known in self._articles:
            if line.is_to_do:
                article = known or Article(self._work.new_id(), content, 1, self._work.now)
                if known:
                    known.publish(content, self._work.now)
                self._work.articles.save_new_version(article, self._work.actor)
                self._work.publish("article_published", views.article_fact(article))

    # --- products ------------------------------------------------------------------------------------------

    def _plan_products(self, given: Iterator[tuple[int, Json]]) -> None:
        records = []
        for place, loaded in given:
            withdrawn, product_id = loaded.pop("withdrawn", False), loaded.pop("product_id", None)
            try:
                content = ProductContent.of(loaded).checked()
            except ContentRefused as refused:
                self._refuse("product", loaded["slug"], place, refused.problems)
            else:
                records.append(ProductRecord(place, content, withdrawn, product_id))
        known = self._work.products.by_slug({record.content.slug for record in records})
        seen: set[str] = set()
        for record in records:
            slug = record.content.slug
            if slug in seen:
                self._refuse("product", slug, record.place, TWICE)
                continue
            seen.add(slug)
            line = product_line(record, known.get(slug))
            if self._way is Way.DRAFTS and line.is_to_do and self._has_draft(known.get(slug)):
                line = Line("product", slug, record.place, Change.WRONG, problems=HAS_DRAFT)
            self._products.append((line, record, known.get(slug)))

    def _has_draft(self, known: Product | None) -> bool:
        return known is not None and self._work.drafts.find(known.product_id) is not None

    def _carry_out_products(self) -> None:
        to_do = [(line, record, known) for line, record, known in self._products if line.is_to_do]
        if self._way is Way.DRAFTS:
            for _, record, known in to_do:
                self._draft(record, known)
            return
        changed, withdrawn = [], []
        for _, record, known in to_do:
            product = known or first_version(self._id_for(record), record.content, self._work.now)
            if known is None or known.publish(record.content, self._work.now):
                changed.append(product)
            if record.withdrawn and product.withdraw(self._work.now):
                withdrawn.append(product)
        save_and_tell(self._work, changed, author(self._work.actor))
        for product in withdrawn:
            self._work.products.save_withdrawal(product)
            self._work.publish("product_withdrawn", views.withdrawal_fact(product))

    def _draft(self, record: ProductRecord, known: Product | None) -> None:
        product_id = known.product_id if known else self._id_for(record)
        draft = Draft(product_id, record.content, known.version if known else None)
        self._work.drafts.save(draft, self._work.now, author(self._work.actor))

    def _id_for(self, record: ProductRecord) -> UUID:
        """That of where it comes from, so that what refers to it still does; unless something else has it."""
        wanted = record.product_id
        if wanted is None or self._work.products.get(wanted) or self._work.drafts.find(wanted):
            return self._work.new_id()
        return wanted

    # --- articles ------------------------------------------------------------------------------------------

    def _plan_articles(self, given: Iterator[tuple[int, Json]]) -> None:
        seen: set[str] = set()
        coming = {record.content.slug: record for line, record, _ in self._products if line.is_to_do}
        for place, loaded in given:
            products = tuple(loaded.pop("products", ()))
            record = ArticleRecord(place, ArticleContent.of(loaded), products)
            if self._way is Way.DRAFTS:
                left = Line("article", record.content.slug, place, Change.LEFT_OUT, problems=NO_DRAFTS)
                self._wrong.append(left)
            elif record.content.slug in seen:
                self._refuse("article", record.content.slug, place, TWICE)
            else:
                seen.add(record.content.slug)
                self._plan_article(record, coming)

    def _plan_article(self, record: ArticleRecord, coming: dict[str, ProductRecord]) -> None:
        slug, there = record.content.slug, self._work.products.by_slug(record.products)
        unknown = [name for name in record.products if name not in there and name not in coming]
        if unknown:
            text = f"There is no product {', '.join(unknown)}, here or in the file."
            self._refuse("article", slug, record.place, {"products": [text]})
            return
        ids = [self._id_of(name, there, coming) for name in record.products]
        content = ArticleContent.of({**record.content.to_dict(), "product_ids": ids})
        try:
            content.checked(frozenset(ids))
        except ContentRefused as refused:
            self._refuse("article", slug, record.place, refused.problems)
            return
        known = self._work.articles.by_slug(slug)
        before = _article(known, self._slugs_of(known)) if known else None
        after = _plain(content, sorted(set(record.products)))
        self._articles.append((article_line(record.place, after, before), content, known))

    def _slugs_of(self, article: Article) -> dict[str, str]:
        found = self._work.products.by_id(article.content.product_ids)
        return {str(product.product_id): product.content.slug for product in found}

    def _id_of(self, slug: str, there: dict[str, Product], coming: dict[str, ProductRecord]) -> str:
        """Of a product that is still to come: settled now, so that both speak of the same."""
        if slug in there:
            return str(there[slug].product_id)
        place, record = next(
            (place, record)
            for place, (_, record, _known) in enumerate(self._products)
            if record.content.slug == slug
        )
        settled = ProductRecord(record.place, record.content, record.withdrawn, self._id_for(record))
        line, _, known = self._products[place]
        self._products[place] = (line, settled, known)
        return str(settled.product_id)

    def _refuse(self, what: str, slug: str, place: int, problems: Any) -> None:
        self._wrong.append(Line(what, slug, place, Change.WRONG, problems=problems))


def _each(what: str, records: Any, load: Load, wrong: list[Line]) -> Iterator[tuple[int, Json]]:
    """Those of the right shape, with their place; the others go to `wrong`."""
    for place, record in enumerate(records or []):
        try:
            yield place, load(record)
        except Invalid as refused:
            slug = record.get("slug") if isinstance(record, dict) else None
            known = slug if isinstance(slug, str) else ""
            wrong.append(Line(what, known[:200], place, Change.WRONG, problems=refused.errors))


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
