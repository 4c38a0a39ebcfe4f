"""Writing, publishing, withdrawing and reading articles."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from servicekit.errors import Invalid, NotFound, Stale

from catalog.domain.article import Article, ArticleContent, first_version
from catalog.domain.comparing import compare
from catalog.domain.errors import ContentRefused
from catalog.domain.problems import Problems
from catalog.handlers import views
from catalog.handlers.drafting import Drafting
from catalog.handlers.products import author
from catalog.storage.unit_of_work import CatalogWork


class ArticleDrafts(Drafting[ArticleContent]):
    what = "article"
    key = "article_id"
    nothing: ClassVar = {"slug": "", "title": {}, "body": {}}
    has_other_slug = "Another article has this short name. Choose another."
    keeps_slug = "An article that was published keeps its short name."

    def __init__(self, work: CatalogWork) -> None:
        super().__init__(work, work.article_drafts)

    def read(self, given: dict[str, Any]) -> ArticleContent:
        return ArticleContent.of(given)

    def published(self, item_id: UUID) -> Article | None:
        return self._work.articles.get(item_id)

    def first(self, item_id: UUID, content: ArticleContent) -> Article:
        return first_version(item_id, content, self._work.now)

    def holder(self, slug: str) -> UUID | None:
        article = self._work.articles.by_slug(slug)
        return article.article_id if article else None

    def save_and_tell(self, item: Article, by: dict[str, Any]) -> None:
        save_and_tell(self._work, [item], by)

    def missing(self, content: ArticleContent) -> Problems:
        named = [UUID(each) for each in content.product_ids]
        return content.problems(self._work.products.existing(named) if named else frozenset())

    def more(self, content: ArticleContent) -> dict[str, Any]:
        return {}


def publish_article(work: CatalogWork, based_on: int | None = None, **given: Any) -> dict[str, Any]:
    """A first or next version. The same content as now answers the version that is there. `based_on`: what
    its author has seen, 0 for a new one.
    """
    work.products.lock_for_publishing()
    content = _checked(work, given)
    known = work.articles.by_slug(content.slug)
    if based_on is not None and based_on != (known.version if known else 0):
        raise _taken() if based_on == 0 else _changed()
    article = known or first_version(work.new_id(), content, work.now)
    changed = known is None or known.publish(content, work.now)
    if changed:
        save_and_tell(work, [article], author(work.actor))
    return {"article_id": article.article_id, "version": article.version, "changed": changed}


def save_and_tell(work: CatalogWork, changed: list[Article], by: dict[str, Any]) -> None:
    """`by` is `author` of whoever decided it."""
    work.articles.save_new_versions(changed, by)
    for article in changed:
        work.publish("article_published", views.article_fact(article))


def withdraw_article(work: CatalogWork, article_id: UUID, version: int | None) -> dict[str, Any]:
    """Withdrawing twice is no error: it is withdrawn. Requests that it answered keep their answer."""
    work.products.lock_for_publishing()
    article = to_change(work, article_id, version)
    if article.withdraw(work.now):
        withdrawn(work, article)
    return views.article(article)


def withdrawn(work: CatalogWork, article: Article) -> None:
    work.articles.save_withdrawal(article)
    work.publish("article_withdrawn", views.article_withdrawal_fact(article))


def to_change(work: CatalogWork, article_id: UUID, version: int | None) -> Article:
    """Raises NotFound; Stale when it is not at this version any more."""
    article = _found(work, article_id)
    if version is not None and version != article.version:
        raise _changed()
    return article


def get_article(work: CatalogWork, article_id: UUID, version: int | None = None) -> dict[str, Any]:
    """As it stands, or as it stood in an earlier version. With how often it helped in all, for those who
    write articles.
    """
    article = _found(work, article_id)
    view = views.article(article)
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


def get_article_comparison(
    work: CatalogWork, article_id: UUID, before: int, after: int | None
) -> dict[str, Any]:
    """What differs between two versions, or between one and the draft."""
    _found(work, article_id)
    older = _version(work, article_id, before)["content"]
    if after is None:
        newer = ArticleDrafts(work).get(article_id)["content"]
    else:
        newer = _version(work, article_id, after)["content"]
    differences = [each.to_dict() for each in compare(older, newer)]
    return {"article_id": article_id, "before": before, "after": after, "differences": differences}


def list_articles(work: CatalogWork, **wanted: Any) -> dict[str, Any]:
    """With how often each helped, for those who write articles."""
    page = work.articles.page(**wanted).to_dict(views.article_line)
    return _counted(work, page) if work.actor.can("catalog.publish") else page


def list_article_catalogue(work: CatalogWork, **wanted: Any) -> dict[str, Any]:
    """Articles in any state, each with its draft and how often it helped."""
    return _counted(work, work.article_catalogue.page(**wanted).to_dict(views.article_catalogue_line))


def _counted(work: CatalogWork, page: dict[str, Any]) -> dict[str, Any]:
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
