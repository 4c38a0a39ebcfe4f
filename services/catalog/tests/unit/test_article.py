"""Articles: checked, versioned, tied to products that exist."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from catalog.domain.article import ArticleContent, first_version
from catalog.domain.errors import ContentRefused

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
RADIATOR = "01990a3e-5c10-7d2e-9a41-3f5b7c9d1e20"
LAMP = "01990a3e-5c10-7d2e-9a41-3f5b7c9d1e21"


def content(**changes: Any) -> ArticleContent:
    from ..samples import article  # noqa: TID252  samples of this service alone

    return ArticleContent.of(article(**changes))


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"slug": "Hoe?"}, "slug", "Use small letters"),
        ({"title": {"nl": ""}}, "title", "Write it in at least one language."),
        ({"body": {}}, "body", "Write it in at least one language."),
        ({"title": {"en": "x" * 161}}, "title.en", "Use 160 characters at most."),
        ({"body": {"nl": "x" * 20_001}}, "body.nl", "Use 20000 characters at most."),
        ({"product_ids": [LAMP]}, "product_ids", f"There is no product {LAMP}."),
    ],
)
def test_what_is_wrong_is_said_at_its_field(changes: dict[str, Any], field: str, message: str) -> None:
    with pytest.raises(ContentRefused) as refused:
        content(**changes).checked(frozenset({RADIATOR}))
    assert message in refused.value.problems[field][0]


def test_the_order_of_its_products_makes_no_new_version() -> None:
    article = first_version(UUID(int=1), content(product_ids=[RADIATOR, LAMP]), NOON)
    assert not article.publish(content(product_ids=[LAMP, RADIATOR]), NOON)
    assert article.publish(content(product_ids=[LAMP]), NOON)
    assert article.version == 2
