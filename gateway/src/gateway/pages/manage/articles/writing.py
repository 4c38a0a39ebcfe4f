"""The draft of an article: written, and let out now or on a date; and taking an article away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from servicekit.errors import NotFound, ServiceError

from gateway.api.schemas.articles import ArticleDraftContent
from gateway.clients import Json
from gateway.pages import errors, forms
from gateway.pages.labels import _
from gateway.pages.manage.articles import reading
from gateway.pages.manage.articles.reading import PATH
from gateway.pages.manage.products.contents import slug_of
from gateway.pages.manage.products.problem_words import all_in_words
from gateway.pages.manage.products.publishing import moment
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.visit import Visit

pages = Pages()

DRAFT = f"{PATH}/draft"
PERMISSION = "catalog.publish"
LANGUAGES = ("nl", "en")
NEW: Json = {"slug": "", "title": {}, "body": {}, "product_ids": []}


@pages.get("/manage/articles/new", PERMISSION)
def new(visit: Visit) -> Outcome:
    """An empty article."""
    return _form(visit, None, NEW)


@pages.post("/manage/articles", PERMISSION)
def start(visit: Visit) -> Outcome:
    """Begin a new article with what was written. Readers see it when it is published."""
    content = _written(visit, NEW)
    try:
        draft = visit.services.catalog.start_article_draft(content=forms.load(ArticleDraftContent(), content))
    except ServiceError as error:
        return _form(visit, None, content, errors.status_of(visit, error), _problem(visit, error))
    return visit.go(f"/manage/articles/{draft['article_id']}/draft", _("Kept."))


@pages.post(f"{PATH}/edit", PERMISSION)
def edit(visit: Visit, article_id: str) -> Outcome:
    """Begin the next version of an article, or go on with the one that was begun."""
    visit.services.catalog.start_article_draft(article_id=article_id)
    return visit.go(f"/manage/articles/{article_id}/draft", None)


@pages.get(DRAFT, "catalog.drafts")
def draft(visit: Visit, article_id: str) -> Outcome:
    """The draft with what it lacks."""
    found = visit.services.catalog.get_article_draft(article_id)
    return _form(visit, found, found["content"])


@pages.post(DRAFT, PERMISSION)
def save(visit: Visit, article_id: str) -> Outcome:
    """Keep what was written. When somebody changed it meanwhile it is shown with what was written here."""
    found = visit.services.catalog.get_article_draft(article_id)
    content = _written(visit, found["content"])
    try:
        loaded = forms.load(ArticleDraftContent(), content)
        visit.services.catalog.save_article_draft(article_id, visit.version, loaded)
    except ServiceError as error:
        if isinstance(error, NotFound):
            raise
        return _form(visit, found, content, errors.status_of(visit, error), _problem(visit, error))
    return visit.go(f"/manage/articles/{article_id}/draft", _("Kept."))


@pages.post(f"{DRAFT}/publish", PERMISSION)
def publish(visit: Visit, article_id: str) -> Outcome:
    """Publish it now."""
    act = visit.services.catalog.publish_article_draft
    said = _("Published. Readers find it at once.")
    return _done(visit, article_id, lambda: act(article_id, visit.version), "", said)


@pages.post(f"{DRAFT}/schedule", PERMISSION)
def schedule(visit: Visit, article_id: str) -> Outcome:
    """Let it be published by itself, at a moment on the organisation's clock."""
    act = visit.services.catalog.schedule_article_draft
    said = _("Planned. It is published by itself.")
    return _done(visit, article_id, lambda: act(article_id, visit.version, moment(visit)), "/draft", said)


@pages.post(f"{DRAFT}/unschedule", PERMISSION)
def unschedule(visit: Visit, article_id: str) -> Outcome:
    """Take it off the calendar."""
    act = visit.services.catalog.unschedule_article_draft
    said = _("Taken off the calendar.")
    return _done(visit, article_id, lambda: act(article_id, visit.version), "/draft", said)


@pages.post(f"{DRAFT}/follow", PERMISSION)
def follow(visit: Visit, article_id: str) -> Outcome:
    """Go on with the draft after another version was published."""
    act = visit.services.catalog.follow_article_draft
    said = _("The draft now follows the newest version.")
    return _done(visit, article_id, lambda: act(article_id, visit.version), "/draft", said)


@pages.post(f"{DRAFT}/discard", PERMISSION)
def discard(visit: Visit, article_id: str) -> Outcome:
    """Throw the draft away."""
    fresh = visit.services.catalog.get_article_draft(article_id)["base_version"] is None
    act = visit.services.catalog.discard_article_draft
    said = _("The draft is thrown away.")
    return _done(visit, article_id, lambda: act(article_id, visit.version), None if fresh else "", said)


@pages.post(f"{PATH}/withdraw", PERMISSION)
def withdraw(visit: Visit, article_id: str) -> Outcome:
    """Propose it no further."""
    visit.services.catalog.withdraw_article(article_id, visit.version)
    said = _("Taken away. What it answered keeps its answer.")
    return visit.go(f"/manage/articles/{article_id}", said)


@pages.post(f"{PATH}/withdraw-on", PERMISSION)
def withdraw_on(visit: Visit, article_id: str) -> Outcome:
    """Let it be taken away by itself, at a moment on the organisation's clock."""
    catalog = visit.services.catalog
    try:
        catalog.plan_article_withdrawal(article_id, visit.version, moment(visit, "withdraw_at"))
    except NotFound:
        raise
    except ServiceError as error:
        found, draft = catalog.get_article(article_id), reading.draft_of(visit, article_id)
        return reading.show(visit, found, draft, errors.status_of(visit, error), _problem(visit, error))
    return visit.go(f"/manage/articles/{article_id}", _("Planned. It is taken away by itself."))


@pages.post(f"{PATH}/keep", PERMISSION)
def keep(visit: Visit, article_id: str) -> Outcome:
    """It stays after all."""
    visit.services.catalog.plan_article_withdrawal(article_id, visit.version, None)
    return visit.go(f"/manage/articles/{article_id}", _("Taken off the calendar."))


def _done(visit: Visit, article_id: str, act: Callable[[], Json], to: str | None, said: str) -> Outcome:
    try:
        act()
    except NotFound:
        raise
    except ServiceError as error:
        found = visit.services.catalog.get_article_draft(article_id)
        problem = _problem(visit, error)
        return _form(visit, found, found["content"], errors.status_of(visit, error), problem)
    return visit.go("/manage/articles" if to is None else f"/manage/articles/{article_id}{to}", said)


def _written(visit: Visit, known: Json) -> dict[str, Any]:
    form = visit.form
    texts = {
        name: {language: form.text(f"{name}.{language}") or "" for language in LANGUAGES}
        for name in ("title", "body")
    }
    slug = known["slug"] or slug_of(texts["title"])
    return {"slug": slug, **texts, "product_ids": form.many("product_ids")}


def _problem(visit: Visit, error: ServiceError) -> Json:
    """What the catalogue says in its own words, and what the shape of a form says."""
    fields = {**errors.field_errors(visit, error), **all_in_words(visit.words, error.errors)}
    return {"text": errors.explain(visit, error), "fields": fields}


def _form(
    visit: Visit, found: Json | None, content: Json, status: int = 200, problem: Json | None = None
) -> Outcome:
    """`found`: the draft, None where there is none yet."""
    told = all_in_words(visit.words, found["problems"]) if found else {}
    return visit.show(
        "manage/articles/draft.html",
        status,
        draft=found,
        content=content,
        editable=found is None or ("edit" in found["actions"] and visit.can(PERMISSION)),
        products=reading.products_to_choose(visit),
        problem=problem,
        wrong={**told, **(problem["fields"] if problem else {})},
    )
