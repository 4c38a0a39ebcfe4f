"""An article: an answer the desk gives at intake, without dispatch. Versioned as products are."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from catalog.domain.offer import Offered
from catalog.domain.problems import Problems
from catalog.domain.values import Text

MAX_TITLE = 160
MAX_BODY = 20_000


@dataclass(frozen=True)
class ArticleContent:
    """`product_ids` are sorted: their order has no meaning and must not make a new version."""

    slug: str
    title: Text
    body: Text
    product_ids: tuple[str, ...] = ()

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> ArticleContent:
        return cls(
            slug=given["slug"],
            title=Text.of(given["title"]),
            body=Text.of(given["body"]),
            product_ids=tuple(sorted({str(each) for each in given.get("product_ids") or ()})),
        )

    def to_dict(self) -> dict[str, Any]:
        plain: dict[str, Any] = json.loads(json.dumps(asdict(self)))
        return plain

    @property
    def hash(self) -> str:
        return hashlib.sha256(json.dumps(self.to_dict(), sort_keys=True).encode()).hexdigest()

    def checked(self, known_products: frozenset[str] | None = None) -> ArticleContent:
        """Raises ContentRefused. `known_products` holds those of `product_ids` that exist; None where
        somebody else looks after that.
        """
        self.problems(known_products).raise_if_any("article")
        return self

    def problems(self, known_products: frozenset[str] | None = None) -> Problems:
        """Everything that keeps it from being published."""
        problems = Problems()
        problems.check_slug("slug", self.slug)
        for field, limit in (("title", MAX_TITLE), ("body", MAX_BODY)):
            text = getattr(self, field)
            problems.unless(text, field, "Write it in at least one language.")
            for language in ("nl", "en"):
                length = len(getattr(text, language))
                problems.unless(length <= limit, f"{field}.{language}", f"Use {limit} characters at most.")
        for product_id in self.product_ids:
            known = known_products is None or product_id in known_products
            problems.unless(known, "product_ids", f"There is no product {product_id}.")
        return problems


@dataclass(kw_only=True)
class Article(Offered):
    """The article as it is now."""

    article_id: UUID
    content: ArticleContent
    version: int

    def publish(self, content: ArticleContent, now: datetime) -> bool:
        """True when this made a new version. The same content again does not, unless it was withdrawn."""
        if self.withdrawn_at is None and content.hash == self.content.hash:
            return False
        self.content, self.version = content, self.version + 1
        self._offer_again(now)
        return True


def first_version(article_id: UUID, content: ArticleContent, now: datetime) -> Article:
    return Article(article_id=article_id, content=content, version=1, published_at=now)
