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

from catalog.domain.article import ArticleContent
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
    """`products`: slugs of the products that it is about."""

    place: int
    content: ArticleContent
    products: tuple[str, ...] = ()


def product_line(record: ProductRecord, known: Product | None) -> Line:
    content = record.content
    line = Line("product", content.slug, record.place, Change.NEW)
    if known is None:
        return line
    if record.withdrawn and known.withdrawn_at is None:
        change = Change.WITHDRAWN
    elif content.hash == known.content.hash and record.withdrawn == (known.withdrawn_at is not None):
        change = Change.SAME
    else:
        change = Change.CHANGED
    differences = tuple(compare(known.content.to_dict(), content.to_dict()))
    return Line(line.what, line.slug, line.place, change, differences)


def article_line(place: int, record: Content, known: Content | None) -> Line:
    """Both with slugs of products: ids of products that are yet to come say nothing."""
    line = Line("article", record["slug"], place, Change.NEW)
    if known is None:
        return line
    differences = tuple(compare(known, record))
    change = Change.CHANGED if differences else Change.SAME
    return Line(line.what, line.slug, place, change, differences)


def fingerprint(way: Way, lines: Iterable[Line]) -> str:
    """The same for the same lines: what was looked at is what is carried out."""
    plain = json.dumps([way, *(line.to_dict() for line in lines)], sort_keys=True, default=str)
    return hashlib.sha256(plain.encode()).hexdigest()[:32]
