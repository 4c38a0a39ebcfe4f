"""Articles for those who write them: what each solved, and changing one."""

from __future__ import annotations

from typing import Any

from servicekit.errors import NotFound, ServiceError

from gateway.api.schemas.articles import BothVersions
from gateway.api.schemas.catalog import ArticleFilter, NewArticle
from gateway.clients import Json
from gateway.pages import errors, forms
from gateway.pages.labels import _
from gateway.pages.manage.products.contents import slug_of
from gateway.pages.manage.products.differences import told_of_article
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.site.visitors import items
from gateway.pages.visit import Visit

pages = Pages()

PERMISSION = "catalog.publish"
LINES, PRODUCTS, VERSIONS = 50, 100, 50
LANGUAGES = ("nl", "en")
EMPTY: Json = {"slug": "", "title": {}, "body": {}, "product_ids": [], "version": 0}


@pages.get("/manage/articles", PERMISSION)
def articles(visit: Visit) -> Outcome:
    """All articles, with how often each was the answer."""
    given = {name: visit.query.text(name) for name in ("q", "cursor")}
    wanted = forms.load(ArticleFilter(), given)
    page = visit.services.catalog.list_articles(**wanted, limit=LINES)
    return visit.show("manage/articles.html", page=page, q=wanted.get("q") or "")


@pages.get("/manage/articles/new", PERMISSION)
def new(visit: Visit) -> Outcome:
    """An empty article."""
    return _form(visit, EMPTY)


@pages.get("/manage/articles/<uuid:article_id>", PERMISSION)
def article(visit: Visit, article_id: str) -> Outcome:
    """One article, to be changed."""
    return _form(visit, visit.services.catalog.get_article(article_id))


@pages.get("/manage/articles/<uuid:article_id>/compare", "catalog.drafts")
def compare(visit: Visit, article_id: str) -> Outcome:
    """What differs between two versions, in words."""
    which = forms.load(BothVersions(), {name: visit.query.text(name) for name in ("before", "after")})
    found = visit.services.catalog.get_article_comparison(article_id, **which)
    return visit.show(
        "manage/products/compare.html",
        back=f"/manage/articles/{article_id}",
        name=visit.services.catalog.get_article(article_id)["title"],
        before=found["before"],
        after=found["after"],
        rows=told_of_article(visit.words, found["differences"], _names(visit)),
    )


@pages.post("/manage/articles", PERMISSION)
def publish_new(visit: Visit) -> Outcome:
    """Publish a new article; one with the same short name is not overwritten."""
    return _publish(visit, EMPTY)


@pages.post("/manage/articles/<uuid:article_id>", PERMISSION)
def publish(visit: Visit, article_id: str) -> Outcome:
    """Publish the next version, when nobody else did meanwhile."""
    return _publish(visit, visit.services.catalog.get_article(article_id))


def _publish(visit: Visit, known: Json) -> Outcome:
    written = _written(visit, known)
    try:
        body = forms.load(NewArticle(), {**written, "based_on": visit.version})
        visit.services.catalog.publish_article(**body)
    except NotFound:
        raise
    except ServiceError as error:
        problem = {"text": errors.explain(visit, error), "fields": errors.field_errors(visit, error)}
        return _form(visit, {**known, **written}, errors.status_of(visit, error), problem)
    return visit.go("/manage/articles", _("Published. Readers find it at once."))


def _written(visit: Visit, known: Json) -> dict[str, Any]:
    form = visit.form
    texts = {
        name: {language: form.text(f"{name}.{language}") or "" for language in LANGUAGES}
        for name in ("title", "body")
    }
    slug = known["slug"] or slug_of(texts["title"])
    return {"slug": slug, **texts, "product_ids": form.many("product_ids")}


def _form(visit: Visit, shown: Json, status: int = 200, problem: Json | None = None) -> Outcome:
    products = _products(visit)
    products.sort(key=lambda each: visit.words.of(each["name"]))
    return visit.show(
        "manage/article.html",
        status,
        article=shown,
        products=products,
        versions=_versions(visit, shown),
        problem=problem,
        wrong=problem["fields"] if problem else {},
    )


def _products(visit: Visit) -> list[Json]:
    return items(lambda: visit.services.catalog.list_products(limit=PRODUCTS))


def _names(visit: Visit) -> dict[str, str]:
    return {each["product_id"]: visit.words.of(each["name"]) for each in _products(visit)}


def _versions(visit: Visit, shown: Json) -> list[Json]:
    """None of an article that is not there yet."""
    if not shown["version"]:
        return []
    return items(lambda: visit.services.catalog.list_article_versions(shown["article_id"], limit=VERSIONS))
