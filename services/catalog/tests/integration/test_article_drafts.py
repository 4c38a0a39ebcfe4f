"""Articles are written as products are: drafted, compared, published and withdrawn, now or on a date."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from catalog import messages
from catalog.handlers import articles, leaving, products
from catalog.service import CatalogService
from servicekit.actor import Actor
from servicekit.errors import Conflict, Invalid, NotFound, Stale

from ..samples import article, product, text  # noqa: TID252  samples of this service alone

Work = Callable[..., Any]
LARS = Actor("person", "lars", "Lars Vos", frozenset({"product_owner"}))
DAY = timedelta(days=1)


def act(work: Work, name: str, *arguments: Any) -> Any:
    with work(actor=LARS) as w:
        return getattr(articles.ArticleDrafts(w), name)(*arguments)


def new(work: Work, **changes: Any) -> dict[str, Any]:
    started: dict[str, Any] = act(work, "start", None, article(**changes))
    return started


def published(work: Work, **changes: Any) -> Any:
    draft = new(work, **changes)
    act(work, "publish", draft["article_id"], 1)
    return draft["article_id"]


def listed(work: Work, **wanted: Any) -> list[tuple[str, str | None]]:
    """(slug, state of the draft) of everything in this state."""
    with work(actor=LARS) as w:
        found = articles.list_article_catalogue(w, **messages.ListCatalogue().load(wanted))["items"]
    return [(each["slug"], each["draft"] and each["draft"]["state"]) for each in found]


def offered(work: Work) -> list[str]:
    asked = {"product_id": None, "q": None, "match": "all", "cursor": None, "limit": 10}
    with work() as w:
        return [each["slug"] for each in articles.list_articles(w, **asked)["items"]]


def test_a_new_article_is_only_its_draft_until_it_is_published(work: Work) -> None:
    draft = act(work, "start", None, None)
    assert set(draft["problems"]) == {"slug", "title", "body"}
    with work() as w, pytest.raises(NotFound):
        articles.get_article(w, draft["article_id"])
    saved = act(work, "save", draft["article_id"], 1, article())
    assert (saved["problems"], listed(work, state="draft")) == ({}, [("radiator-ontluchten", "draft")])
    assert offered(work) == []
    answer = act(work, "publish", draft["article_id"], saved["version"])
    assert (answer["version"], answer["changed"]) == (1, True)
    assert (offered(work), listed(work, state="draft")) == (["radiator-ontluchten"], [])


def test_a_draft_changes_nothing_for_readers_and_is_compared_with_what_they_see(work: Work) -> None:
    article_id = published(work)
    act(work, "start", article_id, None)
    act(work, "save", article_id, 1, article(title=text("Beter", "Better")))
    with work() as w:
        assert articles.get_article(w, article_id)["title"]["nl"] == "Borrelt de radiator?"
        told = articles.get_article_comparison(w, article_id, 1, None)["differences"]
    assert {each["field"]: each["after"] for each in told} == {"title.nl": "Beter", "title.en": "Better"}
    assert act(work, "publish", article_id, 2)["version"] == 2


def test_two_authors_do_not_overwrite_each_other(work: Work) -> None:
    draft = new(work)
    act(work, "save", draft["article_id"], 1, article())
    for action, more in (("save", [article()]), ("publish", []), ("discard", [])):
        with pytest.raises(Stale):
            act(work, action, draft["article_id"], 1, *more)


def test_what_was_published_meanwhile_is_seen_before_it_is_replaced(work: Work) -> None:
    article_id = published(work)
    act(work, "start", article_id, None)
    with work(actor=LARS) as w:
        articles.publish_article(w, **article(body=text("Anders.", "Otherwise.")))
    with pytest.raises(Conflict, match="Version 2 was published"):
        act(work, "publish", article_id, 1)
    act(work, "follow", article_id, 1)
    assert act(work, "publish", article_id, 2)["version"] == 3


def test_a_short_name_is_one_articles_and_products_have_to_be_there(work: Work) -> None:
    published(work)
    gone = "01990a3e-5c10-7d2e-9a41-3f5b7c9d1e20"
    draft = new(work, product_ids=[gone])
    assert draft["problems"] == {
        "slug": ["Another article has this short name. Choose another."],
        "product_ids": [f"There is no product {gone}."],
    }
    with pytest.raises(Invalid):
        act(work, "publish", draft["article_id"], 1)
    assert act(work, "discard", draft["article_id"], 1)["discarded"]


def test_on_its_date_it_is_published_once_however_many_replicas_look(
    work: Work, clock: Any, published: Any
) -> None:
    for slug in ("lamp", "stoel"):
        act(work, "schedule", new(work, slug=slug)["article_id"], 1, clock.now() + DAY)
    clock.move(DAY)
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda _: look(work), range(3)))
    with work() as w:
        assert sorted(row["data"]["slug"] for row in published(w.connection)) == ["lamp", "stoel"]
    assert listed(work, state="scheduled") == []


def test_one_that_cannot_go_out_on_its_date_goes_back_with_the_reason(work: Work, clock: Any) -> None:
    draft = new(work)
    act(work, "schedule", draft["article_id"], 1, clock.now() + DAY)
    with pytest.raises(Conflict, match="planned to be published"):
        act(work, "save", draft["article_id"], 2, article())
    published(work)
    clock.move(DAY)
    look(work)
    assert "Another article has this short name" in act(work, "get", draft["article_id"])["refused"]


def test_a_withdrawn_article_is_offered_no_more_and_again_by_its_next_version(
    work: Work, published: Any
) -> None:
    draft = new(work)
    article_id = draft["article_id"]
    act(work, "publish", article_id, 1)
    with work(actor=LARS) as w:
        with pytest.raises(Stale):
            articles.withdraw_article(w, article_id, 2)
        for _ in range(2):  # twice is no error, and told once
            assert articles.withdraw_article(w, article_id, 1)["withdrawn_at"]
    with work() as w:
        told = [row["type"] for row in published(w.connection)]
    assert told == ["catalog.article_published", "catalog.article_withdrawn"]
    assert (offered(work), listed(work, state="withdrawn")) == ([], [("radiator-ontluchten", None)])
    with work() as w:  # what leads to it still does
        assert articles.get_article(w, article_id)["title"]["nl"] == "Borrelt de radiator?"
    act(work, "start", article_id, None)
    assert act(work, "publish", article_id, 1)["version"] == 2
    assert offered(work) == ["radiator-ontluchten"]


@pytest.mark.parametrize("what", ["product", "article"])
def test_one_that_leaves_on_a_date_is_offered_until_then(work: Work, clock: Any, what: str) -> None:
    with work(actor=LARS) as w:
        if what == "product":
            item = products.publish_product(w, **messages.PublishProduct().load(product()))["product_id"]
        else:
            item = articles.publish_article(w, **article())["article_id"]
    plan = getattr(leaving, f"plan_{what}_withdrawal")
    with work(actor=LARS) as w:
        with pytest.raises(Conflict, match="not planned"):
            plan(w, item, 1, None)
        with pytest.raises(Invalid) as refused:
            plan(w, item, 1, clock.now())
        assert list(refused.value.errors) == ["withdraw_at"]
        assert plan(w, item, 1, clock.now() + DAY)["withdraw_at"]
        assert plan(w, item, 1, None)["withdraw_at"] is None
        plan(w, item, 1, clock.now() + DAY)
    look(work)
    assert withdrawn(work, what, item) is None
    clock.move(DAY)
    look(work)
    assert withdrawn(work, what, item) == clock.now()


def withdrawn(work: Work, what: str, item: Any) -> Any:
    with work() as w:
        if what == "product":
            return products.get_product(w, item, None)["withdrawn_at"]
        return articles.get_article(w, item)["withdrawn_at"]


def look(work: Work) -> None:
    """As the timer does."""
    service = SimpleNamespace(work=work)
    service._until_done = lambda do: CatalogService._until_done(service, do)
    CatalogService.publish_due(service)
