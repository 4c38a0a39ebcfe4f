"""Articles: answers at hand."""

from __future__ import annotations

from gateway.api.call import Answer, Call, created
from gateway.api.operation import Resources
from gateway.api.schemas.catalog import (
    ArticleFilter,
    ArticlePage,
    ArticleView,
    Judged,
    Judgement,
    NewArticle,
    PublishedArticle,
)
from gateway.clients import Json

resources = Resources()


@resources.route(
    "GET", "/v1/articles", permission="catalog.read", query=ArticleFilter, answer=ArticlePage, paged=True
)
def list_articles(call: Call) -> Json:
    """Find answers."""
    return call.services.catalog.list_articles(**call.query)


@resources.route("GET", "/v1/articles/<uuid:article_id>", permission="catalog.read", answer=ArticleView)
def get_article(call: Call, article_id: str) -> Json:
    """One article."""
    return call.services.catalog.get_article(article_id)


@resources.route(
    "POST", "/v1/articles", permission="catalog.publish", body=NewArticle, answer=PublishedArticle,
    status=201, idempotent=True, max_body=1024 * 1024, refuses=(412,),
)  # fmt: skip
def publish_article(call: Call) -> Answer:
    """Publish an article, or a new version of the one with this slug."""
    published = call.services.catalog.publish_article(**call.body)
    return created(published, f"/v1/articles/{published['article_id']}")


@resources.route(
    "POST", "/v1/articles/<uuid:article_id>/judgements", permission="articles.judge", body=Judgement,
    answer=Judged, idempotent=True,
)  # fmt: skip
def judge_article(call: Call, article_id: str) -> Json:
    """Say whether it was the answer. Counted per day, without who said so."""
    return call.services.catalog.judge_article(article_id, call.body["helped"])
