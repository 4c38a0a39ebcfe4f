"""What a file would change, before anything does: each product and article beside what it is now."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from catalog.domain import article, product
from catalog.domain.article import Article, ArticleContent
from catalog.domain.bringing_in import (
    SHOWN_DIFFERENCES,
    ArticleRecord,
    Change,
    Line,
    ProductRecord,
    Way,
    article_line,
    exported_article,
    fingerprint,
    product_line,
)
from catalog.domain.comparing import Difference
from catalog.domain.product import Product, ProductContent

from .. import samples  # noqa: TID252  samples of this service alone

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
RADIATOR, LAMP, GONE = (UUID(int=number) for number in (1, 2, 3))
SLUGS = {str(RADIATOR): "radiator", str(LAMP): "lamp"}


def known_product(withdrawn: bool = False) -> Product:
    known = product.first_version(RADIATOR, ProductContent.of(samples.product()), NOON)
    if withdrawn:
        known.withdraw(NOON)
    return known


def known_article(withdrawn: bool = False, **changes: Any) -> Article:
    content = ArticleContent.of(samples.article(**{"product_ids": [LAMP, RADIATOR, GONE], **changes}))
    known = article.first_version(UUID(int=9), content, NOON)
    if withdrawn:
        known.withdraw(NOON)
    return known


# Whether it is withdrawn now, and is in the file; whether the file has it as it is; what that would be.
CHANGES = [
    (False, False, True, Change.SAME),
    (False, False, False, Change.CHANGED),
    (False, True, True, Change.WITHDRAWN),
    (False, True, False, Change.WITHDRAWN),
    (True, True, True, Change.SAME),
    (True, True, False, Change.CHANGED),
    (True, False, True, Change.CHANGED),  # it would be on offer again
    (True, False, False, Change.CHANGED),
]


@pytest.mark.parametrize(("is_withdrawn", "wants_withdrawn", "same", "change"), CHANGES)
def test_what_a_product_would_become(
    is_withdrawn: bool, wants_withdrawn: bool, same: bool, change: Change
) -> None:
    content = ProductContent.of(samples.product(**{} if same else {"priority": "P1"}))
    differences = () if same else (Difference("priority", "changed", "P3", "P1"),)
    found = product_line(ProductRecord(4, content, wants_withdrawn), known_product(is_withdrawn))
    assert found == Line("product", "radiator-koud", 4, change, differences)


@pytest.mark.parametrize(("is_withdrawn", "wants_withdrawn", "same", "change"), CHANGES)
def test_what_an_article_would_become(
    is_withdrawn: bool, wants_withdrawn: bool, same: bool, change: Change
) -> None:
    content = ArticleContent.of(samples.article())
    record = ArticleRecord(4, content, ("radiator", "lamp", "lamp") if same else ("lamp",), wants_withdrawn)
    found = article_line(record, exported_article(known_article(is_withdrawn), SLUGS))
    differences = () if same else (Difference("products", "removed", "radiator", None),)
    assert found == Line("article", "radiator-ontluchten", 4, change, differences)


def test_what_is_not_there_yet_is_new() -> None:
    products, articles = ProductContent.of(samples.product()), ArticleContent.of(samples.article())
    assert product_line(ProductRecord(0, products), None) == Line("product", "radiator-koud", 0, Change.NEW)
    assert article_line(ArticleRecord(1, articles), None) == Line(
        "article", "radiator-ontluchten", 1, Change.NEW
    )


@pytest.mark.parametrize("withdrawn", [False, True])
def test_an_article_is_exported_with_the_slugs_of_the_products_that_are_there(withdrawn: bool) -> None:
    content = samples.article()
    assert exported_article(known_article(withdrawn), SLUGS) == {
        "article_id": UUID(int=9),
        "slug": content["slug"],
        "title": content["title"],
        "body": content["body"],
        "products": ["lamp", "radiator"],
        "withdrawn": withdrawn,
    }


@pytest.mark.parametrize("change", list(Change))
def test_only_what_changes_something_is_to_be_done(change: Change) -> None:
    assert Line("product", "lamp", 0, change).is_to_do == (change in ("new", "changed", "withdrawn"))


def test_a_line_is_shown_whole_but_for_more_differences_than_anybody_reads() -> None:
    many = tuple(
        Difference(f"questions.q{number}", "added", None, number) for number in range(SHOWN_DIFFERENCES + 1)
    )
    shown = Line("product", "lamp", 3, Change.CHANGED, many, {"name": ["Shorter."]}).to_dict()
    assert shown == {
        "what": "product",
        "slug": "lamp",
        "place": 3,
        "change": "changed",
        "differences": [each.to_dict() for each in many[:50]],
        "problems": {"name": ["Shorter."]},
    }
    assert shown["differences"][0] == {"field": "questions.q0", "change": "added", "before": None, "after": 0}


LINE = Line("product", "lamp", 0, Change.NEW)


def test_what_was_looked_at_is_known_again_and_anything_else_is_not() -> None:
    seen = fingerprint(Way.DRAFTS, [LINE])
    assert seen == fingerprint(Way.DRAFTS, [replace(LINE)])
    assert len(seen) == 32
    others = [
        fingerprint(Way.PUBLISHED, [LINE]),
        fingerprint(Way.DRAFTS, []),
        fingerprint(Way.DRAFTS, [LINE, LINE]),
        fingerprint(Way.DRAFTS, [replace(LINE, change=Change.CHANGED)]),
        fingerprint(
            Way.DRAFTS, [replace(LINE, differences=(Difference("name", "added", None, UUID(int=1)),))]
        ),
    ]
    assert len({seen, *others}) == 6
