"""Articles in any state, and their next versions: drafts, and their dates."""

from __future__ import annotations

from gateway.api.call import Answer, Call, created
from gateway.api.operation import Resources
from gateway.api.schemas.articles import (
    ArticleCataloguePage,
    ArticleDraftContent,
    ArticleDraftView,
    DiscardedArticle,
)
from gateway.api.schemas.catalog import PublishedArticle
from gateway.api.schemas.drafts import CatalogueFilter, PublishOn
from gateway.clients import Json

resources = Resources()

PATH = "/v1/articles/<uuid:article_id>"
BULK = 1024 * 1024


@resources.route(
    "GET", "/v1/article-catalogue", permission="catalog.drafts", query=CatalogueFilter,
    answer=ArticleCataloguePage, paged=True,
)  # fmt: skip
def list_article_catalogue(call: Call) -> Json:
    """Articles in any state, each with its draft and how often it was the answer."""
    return call.services.catalog.list_article_catalogue(**call.query)


@resources.route(
    "POST", "/v1/article-drafts", permission="catalog.publish", body=ArticleDraftContent,
    answer=ArticleDraftView, status=201, idempotent=True, max_body=BULK,
)  # fmt: skip
def start_new_article_draft(call: Call) -> Answer:
    """Begin a new article. Readers see it when it is published; it may be unfinished till then."""
    draft = call.services.catalog.start_article_draft(content=call.body)
    return created(draft, f"/v1/articles/{draft['article_id']}/draft")


@resources.route(
    "POST",
    f"{PATH}/draft",
    permission="catalog.publish",
    answer=ArticleDraftView,
    status=201,
    idempotent=True,
)
def start_article_draft(call: Call, article_id: str) -> Answer:
    """Begin the next version of an article, as it stands now. The draft that is there already is answered."""
    draft = call.services.catalog.start_article_draft(article_id=article_id)
    return created(draft, f"/v1/articles/{article_id}/draft")


@resources.route("GET", f"{PATH}/draft", permission="catalog.drafts", answer=ArticleDraftView)
def get_article_draft(call: Call, article_id: str) -> Json:
    """The draft, with what stands in the way of publishing it."""
    return call.services.catalog.get_article_draft(article_id)


@resources.route(
    "PUT", f"{PATH}/draft", permission="catalog.publish", body=ArticleDraftContent, answer=ArticleDraftView,
    versioned=True, max_body=BULK,
)  # fmt: skip
def save_article_draft(call: Call, article_id: str) -> Json:
    """Replace the draft. It may lack things: `problems` says what, per field."""
    return call.services.catalog.save_article_draft(article_id, call.version, call.body)


@resources.route(
    "POST", f"{PATH}/draft/follow", permission="catalog.publish", answer=ArticleDraftView, idempotent=True,
    versioned=True,
)  # fmt: skip
def follow_article_draft(call: Call, article_id: str) -> Json:
    """Go on with the draft though another version was published after it was begun."""
    return call.services.catalog.follow_article_draft(article_id, call.version)


@resources.route(
    "POST", f"{PATH}/draft/schedule", permission="catalog.publish", body=PublishOn, answer=ArticleDraftView,
    idempotent=True, versioned=True,
)  # fmt: skip
def schedule_article_draft(call: Call, article_id: str) -> Json:
    """Let it be published by itself at a moment. Until then it can't be changed."""
    return call.services.catalog.schedule_article_draft(article_id, call.version, **call.body)


@resources.route(
    "POST", f"{PATH}/draft/unschedule", permission="catalog.publish", answer=ArticleDraftView,
    idempotent=True, versioned=True,
)  # fmt: skip
def unschedule_article_draft(call: Call, article_id: str) -> Json:
    """Take it off the calendar."""
    return call.services.catalog.unschedule_article_draft(article_id, call.version)


@resources.route(
    "POST", f"{PATH}/draft/publish", permission="catalog.publish", answer=PublishedArticle, idempotent=True,
    versioned=True,
)  # fmt: skip
def publish_article_draft(call: Call, article_id: str) -> Json:
    """Publish the draft now. Readers find it at once."""
    return call.services.catalog.publish_article_draft(article_id, call.version)


@resources.route(
    "POST", f"{PATH}/draft/discard", permission="catalog.publish", answer=DiscardedArticle, idempotent=True,
    versioned=True,
)  # fmt: skip
def discard_article_draft(call: Call, article_id: str) -> Json:
    """Throw the draft away. What is published stays as it is."""
    return call.services.catalog.discard_article_draft(article_id, call.version)
