"""A product's life: published, published again, withdrawn, imported."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from catalog.domain.errors import ChangedByHand
from catalog.domain.product import Product, ProductContent, first_version

MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def content(**changes: Any) -> ProductContent:
    from ..samples import product  # noqa: TID252  samples of this service alone

    return ProductContent.of(product(**changes))


def published(imported: bool = False) -> Product:
    product = first_version(UUID(int=1), content(), MORNING)
    product.imported_hash = content().hash if imported else None
    return product


def test_other_content_makes_the_next_version() -> None:
    product = published()
    assert product.publish(content(priority="P2"), NOON)
    assert (product.version, product.published_at, product.content.priority) == (2, NOON, "P2")


def test_the_same_content_makes_no_new_version() -> None:
    product = published()
    assert not product.publish(content(), NOON)
    assert (product.version, product.published_at) == (1, MORNING)


def test_a_withdrawn_product_is_offered_again_as_a_new_version() -> None:
    product = published()
    assert product.withdraw(NOON)
    assert not product.withdraw(NOON)
    assert product.publish(content(), NOON)
    assert (product.version, product.withdrawn_at) == (2, None)


# What stands in the catalogue, what comes from the file, and what becomes of it.
IMPORTS = [
    ("imported", "same", "existing"),
    ("imported", "other", "new version"),
    ("imported, then changed", "same", "existing"),
    ("imported, then changed", "other", "refused"),
    ("imported, then withdrawn", "same", "existing"),
    ("imported, then withdrawn", "other", "refused"),
    ("made by hand", "same", "existing"),
    ("made by hand", "other", "refused"),
]


def standing(how: str) -> Product:
    product = published(imported=how.startswith("imported"))
    if how.endswith("changed"):
        product.publish(content(check_required=True), MORNING)
    if how.endswith("withdrawn"):
        product.withdraw(MORNING)
    return product


@pytest.mark.parametrize(("how", "file", "outcome"), IMPORTS)
def test_an_import_never_undoes_what_somebody_did_by_hand(how: str, file: str, outcome: str) -> None:
    product = standing(how)
    before = product.version
    given = content() if file == "same" else content(priority="P1")
    if outcome == "refused":
        with pytest.raises(ChangedByHand, match="radiator-koud"):
            product.take_import(given, NOON)
    else:
        assert product.take_import(given, NOON) is (outcome == "new version")
    assert product.version == before + (outcome == "new version")


def test_a_corrected_file_can_be_imported_after_another_corrected_file() -> None:
    product = published(imported=True)
    assert product.take_import(content(priority="P1"), NOON)
    assert product.take_import(content(priority="P2"), NOON)
    assert product.version == 3
