"""Publishing, withdrawing and reading products."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from servicekit.actor import Actor
from servicekit.errors import Invalid, NotFound, Stale

from catalog.domain.errors import ContentRefused
from catalog.domain.product import Product, ProductContent, first_version
from catalog.handlers import views
from catalog.storage.unit_of_work import CatalogWork


def publish_product(work: CatalogWork, **given: Any) -> dict[str, Any]:
    """A first or next version. The same content as now answers the version that is there."""
    content = _checked(given)
    work.products.lock_for_publishing()
    known = work.products.by_slug([content.slug]).get(content.slug)
    product = known or first_version(work.new_id(), content, work.now)
    changed = known is None or known.publish(content, work.now)
    if changed:
        save_and_tell(work, [product], author(work.actor))
    return {"product_id": product.product_id, "version": product.version, "changed": changed}


def author(actor: Actor) -> dict[str, Any]:
    """As versions and drafts keep it."""
    return {"kind": actor.kind, "id": actor.id, "name": actor.name}


def save_and_tell(work: CatalogWork, products: list[Product], by: dict[str, Any]) -> None:
    """`by` is `author` of whoever decided it, which for a version of a date is not who carries it out."""
    work.products.save_new_versions(products, by)
    for product in products:
        work.publish("product_published", views.product_fact(product))


def withdraw_product(work: CatalogWork, product_id: UUID, version: int | None) -> dict[str, Any]:
    """Withdrawing twice is no error: it is withdrawn."""
    work.products.lock_for_publishing()
    product = to_change(work, product_id, version)
    if product.withdraw(work.now):
        withdrawn(work, product)
    return views.product(product)


def withdrawn(work: CatalogWork, product: Product) -> None:
    work.products.save_withdrawal(product)
    work.publish("product_withdrawn", views.withdrawal_fact(product))


def to_change(work: CatalogWork, product_id: UUID, version: int | None) -> Product:
    """Raises NotFound; Stale when it is not at this version any more."""
    product = found(work, product_id)
    if version is not None and version != product.version:
        raise Stale("product_changed", f"The product is at version {product.version} now. Look at it again.")
    return product


def get_product(work: CatalogWork, product_id: UUID, version: int | None) -> dict[str, Any]:
    product = found(work, product_id)
    if version is None or version == product.version:
        return views.product(product)
    row = work.products.version(product_id, version)
    if row is None:
        raise NotFound("no_such_version", f"This product has no version {version}.")
    content = ProductContent.of(row["content"])
    then = {
        "version": version,
        "published_at": row["published_at"],
        "critical_path": views.critical(content),
    }
    return {**views.product(product), **row["content"], **then}


def list_products(work: CatalogWork, **wanted: Any) -> dict[str, Any]:
    return work.products.page(**wanted).to_dict(views.product_line)


def found(work: CatalogWork, product_id: UUID) -> Product:
    """Raises NotFound."""
    product = work.products.get(product_id)
    if product is None:
        raise NotFound("no_such_product", "There is no such product.")
    return product


def _checked(given: dict[str, Any]) -> ProductContent:
    try:
        return ProductContent.of(given).checked()
    except ContentRefused as refused:
        raise Invalid(refused.code, str(refused), refused.problems) from refused
