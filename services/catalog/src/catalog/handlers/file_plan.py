"""What a file would do to the catalogue as it is now, and doing it. Whatever it needs of the catalogue it
looks up at once, however many products and articles the file has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from servicekit.errors import Invalid

from catalog.domain.article import Article, ArticleContent
from catalog.domain.article import first_version as first_article
from catalog.domain.bringing_in import (
    ArticleRecord,
    Change,
    Line,
    ProductRecord,
    Way,
    article_line,
    exported_article,
    product_line,
)
from catalog.domain.draft import Draft
from catalog.domain.errors import ContentRefused
from catalog.domain.product import Product, ProductContent, first_version
from catalog.handlers import articles, products
from catalog.handlers.products import author
from catalog.storage.unit_of_work import CatalogWork

Json = dict[str, Any]
Load = Callable[[Json], Json]

HAS_DRAFT = {
    "product": {"slug": ["There is a draft of this product: publish or discard it first."]},
    "article": {"slug": ["There is a draft of this article: publish or discard it first."]},
}
TWICE = {"slug": ["This slug stands in the file twice."]}


@dataclass(frozen=True)
class Loads:
    """Checks of the shape of a product and of an article; each raises Invalid."""

    product: Load
    article: Load


@dataclass(frozen=True)
class ProductPlan:
    line: Line
    record: ProductRecord
    known: Product | None


@dataclass(frozen=True)
class ArticlePlan:
    line: Line
    record: ArticleRecord
    known: Article | None


class Plan:
    """Reads a file against the catalogue as it is now."""

    def __init__(self, work: CatalogWork, loads: Loads, content: Json, way: Way) -> None:
        self._work, self._way = work, way
        self._wrong: list[Line] = []
        self._product_records = self._read_products(content.get("products"), loads.product)
        self._article_records = self._read_articles(content.get("articles"), loads.article)
        self._products = {record.content.slug: self._product(record) for record in self._product_records}
        planned = (self._article(record) for record in self._article_records)
        self._articles = [plan for plan in planned if plan is not None]

    @property
    def lines(self) -> list[Line]:
        """Products first, in the order of the file."""
        found = [plan.line for plan in self._products.values()] + [plan.line for plan in self._articles]
        found += self._wrong
        return sorted(found, key=lambda line: (line.what != "product", line.place))

    def carry_out(self) -> None:
        products_to_do = [plan for plan in self._products.values() if plan.line.is_to_do]
        articles_to_do = [plan for plan in self._articles if plan.line.is_to_do]
        if self._way is Way.DRAFTS:
            self._draft(products_to_do, articles_to_do)
        else:
            self._publish_products(products_to_do)
            self._publish_articles(articles_to_do)

    # --- what the file says --------------------------------------------------------------------------------

    def _read_products(self, given: Any, load: Load) -> list[ProductRecord]:
        records = []
        for place, loaded in self._each("product", given, load):
            withdrawn, product_id = loaded.pop("withdrawn", False), loaded.pop("product_id", None)
            try:
                content = ProductContent.of(loaded).checked()
            except ContentRefused as refused:
                self._refuse("product", loaded["slug"], place, refused.problems)
            else:
                records.append(ProductRecord(place, content, withdrawn, product_id))
        return self._once("product", records)

    def _read_articles(self, given: Any, load: Load) -> list[ArticleRecord]:
        records = []
        for place, loaded in self._each("article", given, load):
            named, withdrawn = tuple(loaded.pop("products", ())), loaded.pop("withdrawn", False)
            article_id = loaded.pop("article_id", None)
            content = ArticleContent.of(loaded)
            records.append(ArticleRecord(place, content, named, withdrawn, article_id))
        return self._once("article", records)

    def _each(self, what: str, records: Any, load: Load) -> Iterator[tuple[int, Json]]:
        """Those of the right shape, with their place; the others are wrong."""
        for place, record in enumerate(records or []):
            try:
                yield place, load(record)
            except Invalid as refused:
                slug = record.get("slug") if isinstance(record, dict) else None
                known = slug if isinstance(slug, str) else ""
                self._refuse(what, known[:200], place, refused.errors)

    def _once(self, what: str, records: Iterable[Any]) -> list[Any]:
        """A second one of the same slug is wrong."""
        found: dict[str, Any] = {}
        for record in records:
            if found.setdefault(record.content.slug, record) is not record:
                self._refuse(what, record.content.slug, record.place, TWICE)
        return list(found.values())

    # --- what the catalogue has ----------------------------------------------------------------------------

    @cached_property
    def _known_products(self) -> dict[str, Product]:
        """By slug, those of the file and those that its articles name."""
        slugs = {record.content.slug for record in self._product_records}
        return self._work.products.by_slug(
            slugs.union(*(record.products for record in self._article_records))
        )

    @cached_property
    def _known_articles(self) -> dict[str, Article]:
        return self._work.articles.by_slugs(record.content.slug for record in self._article_records)

    @cached_property
    def _slugs(self) -> dict[str, str]:
        """Of the products that known articles are about, by id."""
        named = {UUID(each) for known in self._known_articles.values() for each in known.content.product_ids}
        return {str(key): found.content.slug for key, found in self._work.products.by_id(named).items()}

    @cached_property
    def _drafted(self) -> frozenset[UUID]:
        """Ids of what somebody works on."""
        own = {record.product_id for record in self._product_records if record.product_id}
        own |= {found.product_id for found in self._known_products.values()}
        written = {record.article_id for record in self._article_records if record.article_id}
        written |= {found.article_id for found in self._known_articles.values()}
        return self._work.drafts.among(own) | self._work.article_drafts.among(written)

    @cached_property
    def _taken(self) -> frozenset[UUID]:
        """Ids that something has already."""
        own = {record.product_id for record in self._product_records if record.product_id}
        written = {record.article_id for record in self._article_records if record.article_id}
        there = self._work.products.by_id(own).keys() | self._work.articles.existing(written)
        return self._drafted.union(there)

    def _id_for(self, wanted: UUID | None) -> UUID:
        """That of where it comes from, so that what refers to it still does; unless something else has it."""
        return self._work.new_id() if wanted is None or wanted in self._taken else wanted

    # --- what would become of it ---------------------------------------------------------------------------

    def _product(self, record: ProductRecord) -> ProductPlan:
        known = self._known_products.get(record.content.slug)
        line = product_line(record, known)
        settled = replace(record, product_id=known.product_id if known else self._id_for(record.product_id))
        return ProductPlan(self._unless_drafted(line, known.product_id if known else None), settled, known)

    def _article(self, record: ArticleRecord) -> ArticlePlan | None:
        slug = record.content.slug
        unknown = [name for name in record.products if self._id_of(name) is None]
        if unknown:
            text = f"There is no product {', '.join(unknown)}, here or in the file."
            self._refuse("article", slug, record.place, {"products": [text]})
            return None
        ids = [str(self._id_of(name)) for name in record.products]
        content = ArticleContent.of({**record.content.to_dict(), "product_ids": ids})
        if problems := content.problems().by_field:
            self._refuse("article", slug, record.place, problems)
            return None
        known = self._known_articles.get(slug)
        before = exported_article(known, self._slugs) if known else None
        article_id = known.article_id if known else self._id_for(record.article_id)
        line = self._unless_drafted(article_line(record, before), known.article_id if known else None)
        return ArticlePlan(line, replace(record, content=content, article_id=article_id), known)

    def _id_of(self, slug: str) -> UUID | None:
        """Of a product that is there or still to come: settled before, so that both speak of the same."""
        if known := self._known_products.get(slug):
            return known.product_id
        coming = self._products.get(slug)
        return coming.record.product_id if coming and coming.line.is_to_do else None

    def _unless_drafted(self, line: Line, item_id: UUID | None) -> Line:
        if self._way is Way.DRAFTS and line.is_to_do and item_id in self._drafted:
            return replace(line, change=Change.WRONG, differences=(), problems=HAS_DRAFT[line.what])
        return line

    def _refuse(self, what: str, slug: str, place: int, problems: Any) -> None:
        self._wrong.append(Line(what, slug, place, Change.WRONG, problems=problems))

    # --- doing it ------------------------------------------------------------------------------------------

    def _draft(self, offered: list[ProductPlan], written: list[ArticlePlan]) -> None:
        work, by = self._work, author(self._work.actor)
        work.drafts.save_all(
            [
                Draft(_settled(plan.record.product_id), plan.record.content, _version(plan.known))
                for plan in offered
            ],
            work.now,
            by,
        )
        work.article_drafts.save_all(
            [
                Draft(_settled(plan.record.article_id), plan.record.content, _version(plan.known))
                for plan in written
            ],
            work.now,
            by,
        )

    def _publish_products(self, to_do: list[ProductPlan]) -> None:
        now, changed, withdrawn = self._work.now, [], []
        for plan in to_do:
            record = plan.record
            product = plan.known or first_version(_settled(record.product_id), record.content, now)
            if plan.known is None or product.publish(record.content, now):
                changed.append(product)
            if record.withdrawn and product.withdraw(now):
                withdrawn.append(product)
        products.save_and_tell(self._work, changed, author(self._work.actor))
        for product in withdrawn:
            products.withdrawn(self._work, product)

    def _publish_articles(self, to_do: list[ArticlePlan]) -> None:
        now, changed, withdrawn = self._work.now, [], []
        for plan in to_do:
            record = plan.record
            article = plan.known or first_article(_settled(record.article_id), record.content, now)
            if plan.known is None or article.publish(record.content, now):
                changed.append(article)
            if record.withdrawn and article.withdraw(now):
                withdrawn.append(article)
        articles.save_and_tell(self._work, changed, author(self._work.actor))
        for article in withdrawn:
            articles.withdrawn(self._work, article)


def _settled(item_id: UUID | None) -> UUID:
    assert item_id is not None  # each plan settles the id of its record
    return item_id


def _version(known: Product | Article | None) -> int | None:
    return known.version if known else None
