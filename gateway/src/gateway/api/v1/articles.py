"""Articles: answers at hand."""

from __future__ import annotations

from gateway.api.call import Answer, Call, created
from gateway.api.operation import Resources
from gateway.api.schemas.articles import (
    ArticleComparison,
    ArticleVersion,
    ArticleVersionsPage,
    BothVersions,
)
from gateway.api.schemas.catalog import (
    ArticleFilter,
    ArticlePage,
    ArticleView,
    Judged,
    Judgement,
    NewArticle,
    PublishedArticle,
)
from gateway.api.schemas.drafts import Versions, WithdrawOn
from gateway.clients import Json
from gateway.http.naming import camel_path

resources = Resources()

PATH = "/v1/articles/<uuid:article_id>"


@resources.route(
    "GET", "/v1/articles", permission="catalog.read", query=ArticleFilter, answer=ArticlePage, paged=True
)
def list_articles(call: Call) -> Json:
    """Find answers."""
    return call.services.catalog.list_articles(**call.query)


@resources.route("GET", PATH, permission="catalog.read", query=ArticleVersion, answer=ArticleView)
def get_article(call: Call, article_id: str) -> Json:
    """One article, in its present version or an earlier one."""
    return call.services.catalog.get_article(article_id, **call.query)


@resources.route(
    "GET", f"{PATH}/versions", permission="catalog.drafts", query=Versions, answer=ArticleVersionsPage,
    paged=True,
)  # fmt: skip
def list_article_versions(call: Call, article_id: str) -> Json:
    """The versions, the newest first, each with how often it was the answer."""
    return call.services.catalog.list_article_versions(article_id, **call.query)


@resources.route(
    "GET", f"{PATH}/comparison", permission="catalog.drafts", query=BothVersions, answer=ArticleComparison
)
def get_article_comparison(call: Call, article_id: str) -> Json:
    """What differs between two versions, field by field; without `after` between one and the draft."""
    found = call.services.catalog.get_article_comparison(article_id, **call.query)
    told = [{**each, "field": camel_path(each["field"])} for each in found["differences"]]
    return {**found, "differences": told}


@resources.route(
    "POST", "/v1/articles", permission="catalog.publish", body=NewArticle, answer=PublishedArticle,
    status=201, idempotent=True, max_body=1024 * 1024, refuses=(412,),
)  # fmt: skip
def publish_article(call: Call) -> Answer:
    """Publish an article, or a new version of the one with this slug."""
    published = call.services.catalog.publish_article(**call.body)
    return created(published, f"/v1/articles/{published['article_id']}")


@resources.route(
    "POST", f"{PATH}/judgements", permission="articles.judge", body=Judgement,
    answer=Judged, idempotent=True,
)  # fmt: skip
def judge_article(call: Call, article_id: str) -> Json:
    """Say whether it was the answer, in the version that you read. Counted per day, without who said so."""
    return call.services.catalog.judge_article(article_id, **call.body)


@resources.route(
    "POST", f"{PATH}/withdraw", permission="catalog.publish", answer=ArticleView, idempotent=True,
    versioned=True,
)  # fmt: skip
def withdraw_article(call: Call, article_id: str) -> Json:
    """Propose it no further. Requests that it answered keep their answer."""
    return call.services.catalog.withdraw_article(article_id, call.version)


@resources.route(
    "POST", f"{PATH}/withdraw-on", permission="catalog.publish", body=WithdrawOn, answer=ArticleView,
    idempotent=True, versioned=True,
)  # fmt: skip
def plan_article_withdrawal(call: Call, article_id: str) -> Json:
    """Let it be withdrawn by itself at a moment; until then it is proposed."""
    return call.services.catalog.plan_article_withdrawal(article_id, call.version, call.body["withdraw_at"])


@resources.route(
    "POST", f"{PATH}/keep", permission="catalog.publish", answer=ArticleView, idempotent=True, versioned=True
)
def keep_article(call: Call, article_id: str) -> Json:
    """Take its withdrawal off the calendar."""
    return call.services.catalog.plan_article_withdrawal(article_id, call.version, None)
