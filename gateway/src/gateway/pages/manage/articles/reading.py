"""One article as its authors see it: how it stands, its versions, and what differs between two."""

from __future__ import annotations

from servicekit.errors import NotFound

from gateway.api.schemas.articles import BothVersions
from gateway.clients import Json
from gateway.pages import forms
from gateway.pages.manage.products.differences import told_of_article
from gateway.pages.manage.products.list_ import LABELS
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.site.visitors import items
from gateway.pages.visit import Visit

pages = Pages()

PATH = "/manage/articles/<uuid:article_id>"
PRODUCTS, VERSIONS = 100, 50


@pages.get(PATH, "catalog.drafts")
def article(visit: Visit, article_id: str) -> Outcome:
    """The article as it stands, and its versions; one that was never published has only its draft."""
    draft = draft_of(visit, article_id)
    try:
        found = visit.services.catalog.get_article(article_id)
    except NotFound:
        if draft is None:
            raise
        return visit.go(f"/manage/articles/{article_id}/draft", None)
    return show(visit, found, draft)


def show(
    visit: Visit, found: Json, draft: Json | None, status: int = 200, problem: Json | None = None
) -> Outcome:
    names = names_of_products(visit)
    state = "withdrawn" if found["withdrawn_at"] else "leaving" if found["withdraw_at"] else "published"
    return visit.show(
        "manage/articles/article.html",
        status,
        article=found,
        state=LABELS[state],
        draft=draft,
        about=[names[each] for each in found["product_ids"] if each in names],
        versions=items(
            lambda: visit.services.catalog.list_article_versions(found["article_id"], limit=VERSIONS)
        ),
        problem=problem,
        wrong=problem["fields"] if problem else {},
    )


@pages.get(f"{PATH}/compare", "catalog.drafts")
def compare(visit: Visit, article_id: str) -> Outcome:
    """What differs between two versions, or between one and the draft, in words."""
    which = forms.load(BothVersions(), {name: visit.query.text(name) for name in ("before", "after")})
    found = visit.services.catalog.get_article_comparison(article_id, **which)
    return visit.show(
        "manage/products/compare.html",
        back=f"/manage/articles/{article_id}{'' if found['after'] else '/draft'}",
        name=visit.services.catalog.get_article(article_id)["title"],
        before=found["before"],
        after=found["after"],
        rows=told_of_article(visit.words, found["differences"], names_of_products(visit)),
    )


def draft_of(visit: Visit, article_id: str) -> Json | None:
    try:
        return visit.services.catalog.get_article_draft(article_id)
    except NotFound:
        return None


def products_to_choose(visit: Visit) -> list[Json]:
    found = items(lambda: visit.services.catalog.list_products(limit=PRODUCTS))
    return sorted(found, key=lambda each: visit.words.of(each["name"]))


def names_of_products(visit: Visit) -> dict[str, str]:
    return {each["product_id"]: visit.words.of(each["name"]) for each in products_to_choose(visit)}
