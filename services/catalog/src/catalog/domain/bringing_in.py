"""What bringing in a file would change, before anything does: the preview and the outcome are made of this.

Each product and each article is taken whole or not at all. What it would become stands beside what it is now.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from catalog.domain.article import Article, ArticleContent
from catalog.domain.comparing import Content, Difference, compare
from catalog.domain.product import Product, ProductContent

SHOWN_DIFFERENCES = 50


class Change(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"  # it is on offer, and the file says that it is not
    SAME = "same"
    WRONG = "wrong"
    LEFT_OUT = "left_out"  # it cannot be taken in the way that was chosen


class Way(StrEnum):
    """As what it is brought in."""

    PUBLISHED = "published"
    DRAFTS = "drafts"


@dataclass(frozen=True)
class Line:
    """One product or article of the file. `place`: where it stands there, counted from 0. `problems`: per
    field, what to do.
    """

    what: str
    slug: str
    place: int
    change: Change
    differences: tuple[Difference, ...] = ()
    problems: Mapping[str, list[str]] = field(default_factory=dict)

    @property
    def is_to_do(self) -> bool:
        return self.change in (Change.NEW, Change.CHANGED, Change.WITHDRAWN)

    def to_dict(self) -> dict[str, Any]:
        shown = [each.to_dict() for each in self.differences[:SHOWN_DIFFERENCES]]
        return {
            "what": self.what,
            "slug": self.slug,
            "place": self.place,
            "change": self.change,
            "differences": shown,
            "problems": dict(self.problems),
        }


@dataclass(frozen=True)
class ProductRecord:
    """`product_id`: that of where it was exported; kept where nothing else has it."""

    place: int
    content: ProductContent
    withdrawn: bool = False
    product_id: UUID | None = None


@dataclass(frozen=True)
class ArticleRecord:
    """`products`: slugs of the products that it is about; `article_id`: as of a product."""

    place: int
    content: ArticleContent
    products: tuple[str, ...] = ()
    withdrawn: bool = False
    article_id: UUID | None = None


def product_line(record: ProductRecord, known: Product | None) -> Line:
    content = record.content
    line = Line("product", content.slug, record.place, Change.NEW)
    if known is None:
        return line
    gone = known.withdrawn_at is not None
    change = _change(record.withdrawn, gone, content.hash == known.content.hash)
    differences = tuple(compare(known.content.to_dict(), content.to_dict()))
    return Line(line.what, line.slug, line.place, change, differences)


def article_line(record: ArticleRecord, known: Content | None) -> Line:
    """`known`: as `exported_article` has it. Both with slugs of products: ids of products that are yet to
    come say nothing.
    """
    line = Line("article", record.content.slug, record.place, Change.NEW)
    if known is None:
        return line
    after = _plain(record.content, sorted(set(record.products)))
    differences = tuple(compare({name: known[name] for name in after}, after))
    change = _change(record.withdrawn, known["withdrawn"], not differences)
    return Line(line.what, line.slug, line.place, change, differences)


def exported_article(article: Article, slugs: Mapping[str, str]) -> dict[str, Any]:
    """As a file has it. `slugs`: of its products, by id."""
    products = sorted(slugs[each] for each in article.content.product_ids if each in slugs)
    more = {"article_id": article.article_id, "withdrawn": article.withdrawn_at is not None}
    return {**_plain(article.content, products), **more}


def _plain(content: ArticleContent, products: list[str]) -> dict[str, Any]:
    return {**{k: v for k, v in content.to_dict().items() if k != "product_ids"}, "products": products}


def _change(wants_withdrawn: bool, is_withdrawn: bool, same: bool) -> Change:
    if wants_withdrawn and not is_withdrawn:
        return Change.WITHDRAWN
    return Change.SAME if same and wants_withdrawn == is_withdrawn else Change.CHANGED


def fingerprint(way: Way, lines: Iterable[Line]) -> str:
    """The same for the same lines: what was looked at is what is carried out."""
    plain = json.dumps([way, *(line.to_dict() for line in lines)], sort_keys=True, default=str)
    return hashlib.sha256(plain.encode()).hexdigest()[:32]
