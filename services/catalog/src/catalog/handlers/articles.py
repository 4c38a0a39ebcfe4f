"""Publishing and reading articles."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from servicekit.errors import Invalid, NotFound, Stale

from catalog.domain.article import Article, ArticleContent
from catalog.domain.comparing import compare
from catalog.domain.errors import ContentRefused
from catalog.handlers import views
from catalog.storage.unit_of_work import CatalogWork


def publish_article(work: CatalogWork, based_on: int | None = None, **given: Any) -> dict[str, Any]:
    """A first or next version. The same content as now answers the version that is there. `based_on`: what
    its author has seen, 0 for a new one.
    """
    work.products.lock_for_publishing()
    content = _checked(work, given)
    known = work.articles.by_slug(content.slug)
    if based_on is not None and based_on != (known.version if known else 0):
        raise _taken() if based_on == 0 else _changed()
    article = known or Article(work.new_id(), content, 1, work.now)
    changed = known is None or known.publish(content, work.now)
    if changed:
        work.articles.save_new_version(article, work.actor)
        work.publish("article_published", views.article_fact(article))
    return {"article_id": article.article_id, "version": article.version, "changed": changed}


def get_article(work: CatalogWork, article_id: UUID, version: int | None = None) -> dict[str, Any]:
    """As it stands, or as it stood in an earlier version. With how often it helped in all, for those who
    write articles.
    """
    article = _found(work, article_id)
    view = {**views.article_fact(article), "current_version": article.version}
    if version is not None and version != article.version:
        row = _version(work, article_id, version)
        view |= {"version": version, **row["content"], "published_at": row["published_at"]}
    if work.actor.can("catalog.publish"):
        view["judgements"] = work.articles.judgements(article_id)
    return view


def judge_article(
    work: CatalogWork, article_id: UUID, helped: bool, version: int | None = None
) -> dict[str, Any]:
    """A reader says whether it was the answer: the version that they read, or else the one that is there.
    It is counted per day, without who said so.
    """
    article = _found(work, article_id)
    if version is not None and version > article.version:
        raise _no_version(version)
    judged = version or article.version
    work.articles.judge(article_id, judged, work.now.date(), helped)
    return {"article_id": article_id, "version": judged, "helped": helped}


def list_article_versions(
    work: CatalogWork, article_id: UUID, cursor: str | None, limit: int
) -> dict[str, Any]:
    """The newest first, each with how often it was the answer."""
    _found(work, article_id)
    return work.articles.versions(article_id, cursor, limit).to_dict(views.article_version)


def get_article_comparison(work: CatalogWork, article_id: UUID, before: int, after: int) -> dict[str, Any]:
    """What differs between two versions."""
    _found(work, article_id)
    older, newer = (_version(work, article_id, number)["content"] for number in (before, after))
    differences = [each.to_dict() for each in compare(older, newer)]
    return {"article_id": article_id, "before": before, "after": after, "differences": differences}


def list_articles(work: CatalogWork, **wanted: Any) -> dict[str, Any]:
    """With how often each helped, for those who write articles."""
    page = work.articles.page(**wanted).to_dict(views.article_line)
    if work.actor.can("catalog.publish"):
        counted = work.articles.judgements_of([line["article_id"] for line in page["items"]])
        for line in page["items"]:
            line["judgements"] = counted.get(line["article_id"], {"helped": 0, "did_not_help": 0})
    return page


def _taken() -> Invalid:
    text = "Another article has this short name. Choose another title."
    return Invalid("slug_taken", text, {"slug": [text]})


def _changed() -> Stale:
    return Stale("article_changed", "Somebody changed this article meanwhile. Look at how it stands now.")


def _found(work: CatalogWork, article_id: UUID) -> Article:
    article = work.articles.get(article_id)
    if article is None:
        raise NotFound("no_such_article", "There is no such article.")
    return article


def _version(work: CatalogWork, article_id: UUID, version: int) -> sa.RowMapping:
    row = work.articles.version(article_id, version)
    if row is None:
        raise _no_version(version)
    return row


def _no_version(version: int) -> NotFound:
    return NotFound("no_such_version", f"This article has no version {version}.")


def _checked(work: CatalogWork, given: dict[str, Any]) -> ArticleContent:
    named = given.get("product_ids") or []
    try:
        return ArticleContent.of(given).checked(work.products.existing(named) if named else frozenset())
    except ContentRefused as refused:
        raise Invalid(refused.code, str(refused), refused.problems) from refused
