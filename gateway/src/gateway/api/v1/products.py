"""The catalogue of products and services."""

from __future__ import annotations

from gateway import publishing
from gateway.api.call import Answer, Call, created
from gateway.api.operation import Resources
from gateway.api.schemas.catalog import (
    NewProduct,
    ProductFilter,
    ProductPage,
    ProductVersion,
    ProductView,
    PublishedProduct,
)
from gateway.api.schemas.drafts import PublishedDraft, WithdrawOn
from gateway.api.schemas.request_views import Promise
from gateway.clients import Json
from gateway.offering import asker_of

resources = Resources()

PATH = "/v1/products/<uuid:product_id>"


@resources.route(
    "GET", "/v1/products", permission="catalog.read", query=ProductFilter, answer=ProductPage, paged=True
)
def list_products(call: Call) -> Json:
    """What can be asked for."""
    query = dict(call.query)
    if query.pop("offered", False):
        query["offered_to"] = asker_of(call.services)
    return call.services.catalog.list_products(**query)


@resources.route("GET", PATH, permission="catalog.read", query=ProductVersion, answer=ProductView)
def get_product(call: Call, product_id: str) -> Json:
    """One product, in its present version or an earlier one."""
    return call.services.catalog.get_product(product_id, **call.query)


@resources.route("GET", f"{PATH}/promise", permission="catalog.read", answer=Promise)
def get_promise(call: Call, product_id: str) -> Json:
    """What would be promised if it were asked for now."""
    return call.services.intake.preview_promise(product_id)


@resources.route(
    "POST", "/v1/products", permission="catalog.publish", body=NewProduct, answer=PublishedDraft,
    status=201, idempotent=True, max_body=1024 * 1024,
)  # fmt: skip
def publish_product(call: Call) -> Answer:
    """Publish a product, or a new version of the one with this slug.

    The same content again makes no new version. A step may name a provider that is still to be made:
    `warnings` says so."""
    published = publishing.publish_outright(call.services, call.body)
    return created(published, f"/v1/products/{published['product_id']}")


@resources.route(
    "POST", f"{PATH}/withdraw", permission="catalog.publish", answer=PublishedProduct, idempotent=True,
    versioned=True,
)  # fmt: skip
def withdraw_product(call: Call, product_id: str) -> Json:
    """Take a product from the catalogue. Requests that run keep the version they started with."""
    return call.services.catalog.withdraw_product(product_id, call.version)


@resources.route(
    "POST", f"{PATH}/withdraw-on", permission="catalog.publish", body=WithdrawOn, answer=ProductView,
    idempotent=True, versioned=True,
)  # fmt: skip
def plan_product_withdrawal(call: Call, product_id: str) -> Json:
    """Let it be taken from the catalogue by itself at a moment; until then it can be asked for."""
    return call.services.catalog.plan_product_withdrawal(product_id, call.version, call.body["withdraw_at"])


@resources.route(
    "POST", f"{PATH}/keep", permission="catalog.publish", answer=ProductView, idempotent=True, versioned=True
)
def keep_product(call: Call, product_id: str) -> Json:
    """Take its withdrawal off the calendar."""
    return call.services.catalog.plan_product_withdrawal(product_id, call.version, None)
