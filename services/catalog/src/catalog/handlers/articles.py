"""Publishing and reading articles."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from servicekit.errors import Invalid, NotFound, Stale

from catalog.domain.article import Article, ArticleContent
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


def get_article(work: CatalogWork, article_id: UUID) -> dict[str, Any]:
    """With how often it helped, for those who write articles."""
    view = views.article_fact(_found(work, article_id))
    if work.actor.can("catalog.publish"):
        view["judgements"] = work.articles.judgements(article_id)
    return view


def judge_article(work: CatalogWork, article_id: UUID, helped: bool) -> dict[str, Any]:
    """A reader says whether it was the answer. It is counted per day, without who said so."""
    _found(work, article_id)
    work.articles.judge(article_id, work.now.date(), helped)
    return {"article_id": article_id, "helped": helped}


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


def _checked(work: CatalogWork, given: dict[str, Any]) -> ArticleContent:
    named = given.get("product_ids") or []
    try:
        return ArticleContent.of(given).checked(work.products.existing(named) if named else frozenset())
    except ContentRefused as refused:
        raise Invalid(refused.code, str(refused), refused.problems) from refused
