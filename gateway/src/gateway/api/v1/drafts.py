"""The next versions of products: drafts, their dates, and what differs from what is published."""

from __future__ import annotations

from gateway import publishing
from gateway.api.call import Answer, Call, created
from gateway.api.operation import Resources
from gateway.api.schemas.drafts import (
    CatalogueFilter,
    CataloguePage,
    Comparison,
    Discarded,
    DraftContent,
    DraftView,
    PublishedDraft,
    PublishOn,
    Versions,
    VersionsPage,
    WhichVersions,
)
from gateway.clients import Json
from gateway.http.naming import camel_path

resources = Resources()

PATH = "/v1/products/<uuid:product_id>"
BULK = 1024 * 1024


@resources.route(
    "GET", "/v1/catalogue", permission="catalog.drafts", query=CatalogueFilter, answer=CataloguePage,
    paged=True,
)  # fmt: skip
def list_catalogue(call: Call) -> Json:
    """Everything that is, was or may be offered: products in any state, each with its draft."""
    return call.services.catalog.list_catalogue(**call.query)


@resources.route(
    "GET", f"{PATH}/versions", permission="catalog.drafts", query=Versions, answer=VersionsPage, paged=True
)
def list_versions(call: Call, product_id: str) -> Json:
    """The published versions, the newest first. Requests that run keep theirs."""
    return call.services.catalog.list_versions(product_id, **call.query)


@resources.route(
    "GET", f"{PATH}/comparison", permission="catalog.drafts", query=WhichVersions, answer=Comparison
)
def get_comparison(call: Call, product_id: str) -> Json:
    """What differs between two versions, field by field; without `after` between one and the draft."""
    found = call.services.catalog.get_comparison(product_id, **call.query)
    told = [{**each, "field": camel_path(each["field"])} for each in found["differences"]]
    return {**found, "differences": told}


@resources.route(
    "POST", "/v1/product-drafts", permission="catalog.publish", body=DraftContent, answer=DraftView,
    status=201, idempotent=True, max_body=BULK,
)  # fmt: skip
def start_new_draft(call: Call) -> Answer:
    """Begin a new product. Nobody else sees it until it is published; it may be unfinished till then."""
    draft = publishing.looked_at(call.services, call.services.catalog.start_draft(content=call.body))
    return created(draft, f"/v1/products/{draft['product_id']}/draft")


@resources.route(
    "POST", f"{PATH}/draft", permission="catalog.publish", answer=DraftView, status=201, idempotent=True
)
def start_draft(call: Call, product_id: str) -> Answer:
    """Begin the next version of a product, as it stands now. The draft that is there already is answered."""
    draft = publishing.looked_at(call.services, call.services.catalog.start_draft(product_id=product_id))
    return created(draft, f"/v1/products/{product_id}/draft")


@resources.route("GET", f"{PATH}/draft", permission="catalog.drafts", answer=DraftView)
def get_draft(call: Call, product_id: str) -> Json:
    """The draft, with what stands in the way of publishing it."""
    return publishing.looked_at(call.services, call.services.catalog.get_draft(product_id))


@resources.route(
    "PUT", f"{PATH}/draft", permission="catalog.publish", body=DraftContent, answer=DraftView,
    versioned=True, max_body=BULK,
)  # fmt: skip
def save_draft(call: Call, product_id: str) -> Json:
    """Replace the draft. It may lack things: `problems` says what, per field."""
    return publishing.looked_at(
        call.services, call.services.catalog.save_draft(product_id, call.version, call.body)
    )


@resources.route(
    "POST", f"{PATH}/draft/follow", permission="catalog.publish", answer=DraftView, idempotent=True,
    versioned=True,
)  # fmt: skip
def follow_draft(call: Call, product_id: str) -> Json:
    """Go on with the draft though another version was published after it was begun."""
    return publishing.looked_at(call.services, call.services.catalog.follow_draft(product_id, call.version))


@resources.route(
    "POST", f"{PATH}/draft/schedule", permission="catalog.publish", body=PublishOn, answer=DraftView,
    idempotent=True, versioned=True,
)  # fmt: skip
def schedule_draft(call: Call, product_id: str) -> Json:
    """Let it be published by itself at a moment. Until then it can't be changed."""
    return publishing.schedule(call.services, product_id, call.version, **call.body)


@resources.route(
    "POST", f"{PATH}/draft/unschedule", permission="catalog.publish", answer=DraftView, idempotent=True,
    versioned=True,
)  # fmt: skip
def unschedule_draft(call: Call, product_id: str) -> Json:
    """Take it off the calendar."""
    return publishing.looked_at(
        call.services, call.services.catalog.unschedule_draft(product_id, call.version)
    )


@resources.route(
    "POST", f"{PATH}/draft/publish", permission="catalog.publish", answer=PublishedDraft, idempotent=True,
    versioned=True,
)  # fmt: skip
def publish_draft(call: Call, product_id: str) -> Json:
    """Publish the draft now. New requests use it from now on; those that run keep their version.

    Refused while a step names a team or supplier that does not exist."""
    return publishing.publish(call.services, product_id, call.version)


@resources.route(
    "POST", f"{PATH}/draft/discard", permission="catalog.publish", answer=Discarded, idempotent=True,
    versioned=True,
)  # fmt: skip
def discard_draft(call: Call, product_id: str) -> Json:
    """Throw the draft away. What is published stays as it is."""
    return call.services.catalog.discard_draft(product_id, call.version)
