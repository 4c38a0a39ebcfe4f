"""Articles for those who write them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from gateway.testing import FakeTransport
from servicekit.errors import Invalid, Stale

from .conftest import Browser
from .product_samples import PRODUCT_ID

ARTICLE_ID = "01926f00-4200-7a01-8e44-8f9a0b1c2d01"
GONE = "01926f00-4300-7a01-8e44-8f9a0b1c2d01"
ARTICLE = {
    "article_id": ARTICLE_ID,
    "version": 2,
    "slug": "radiator",
    "title": {"nl": "<Borrelt> hij?", "en": "Does it gurgle?"},
    "body": {"nl": "Draai open.", "en": "Open it."},
    "product_ids": [PRODUCT_ID, GONE],
    "published_at": "2026-11-20T10:00:00Z",
    "judgements": {"helped": 7, "did_not_help": 3},
}
FILLED = {"title.nl": "Borrelt hij nog?", "body.nl": "Draai dicht.", "product_ids": PRODUCT_ID}


@pytest.fixture
def catalog(transport: FakeTransport) -> FakeTransport:
    transport.answers |= {
        "catalog.list_articles": {"items": [ARTICLE], "next_cursor": "more"},
        "catalog.get_article": ARTICLE,
        "catalog.list_article_versions": {
            "items": [
                {
                    "version": version,
                    "published_at": "2026-11-20T10:00:00Z",
                    "published_by": {"name": "Lars Vos"},
                    "judgements": {"helped": 4 * version, "did_not_help": 3},
                }
                for version in (2, 1)
            ],
            "next_cursor": None,
        },
        "catalog.publish_article": {"article_id": ARTICLE_ID, "version": 3, "changed": True},
        "catalog.list_products": {
            "items": [{"product_id": PRODUCT_ID, "name": {"nl": "Lamp", "en": "Lamp"}}],
            "next_cursor": None,
        },
    }
    return transport


@pytest.fixture
def lars(catalog: FakeTransport, browser: Callable[..., Browser]) -> Browser:
    author = browser("product_owner", language="en")
    author.get("/style")
    return author


def test_the_list_says_what_each_solved(lars: Browser, catalog: FakeTransport) -> None:
    shown = lars.get("/manage/articles?q=radiator").text
    assert '<td class="number">7</td><td class="number">3</td>' in shown
    assert "cursor=more&amp;q=radiator" in shown
    assert catalog.asked("catalog.list_articles") == {"q": "radiator", "limit": 50}


def test_a_new_article_overwrites_none(lars: Browser, catalog: FakeTransport) -> None:
    assert lars.get("/manage/articles/new").status_code == 200
    answer = lars.post("/manage/articles", {**FILLED, "version": "0"})
    assert answer.headers["Location"] == "/manage/articles"
    asked = catalog.asked("catalog.publish_article")
    assert (asked["slug"], asked["based_on"], asked["product_ids"]) == ("borrelt-hij-nog", 0, [PRODUCT_ID])


def test_a_change_keeps_the_short_name_and_builds_on_what_was_seen(
    lars: Browser, catalog: FakeTransport
) -> None:
    shown = lars.get(f"/manage/articles/{ARTICLE_ID}").text
    assert "helped 7 times, did not help 3 times" in shown
    assert f'type="hidden" name="product_ids" value="{GONE}"' in shown
    lars.post(f"/manage/articles/{ARTICLE_ID}", {**FILLED, "version": "2"})
    asked = catalog.asked("catalog.publish_article")
    assert (asked["slug"], asked["based_on"]) == ("radiator", 2)


def test_each_version_says_what_it_solved_and_leads_to_what_changed(lars: Browser) -> None:
    shown = lars.get(f"/manage/articles/{ARTICLE_ID}").text
    for counted in ("8", "4"):
        assert f'<td class="number">{counted}</td><td class="number">3</td>' in shown
    assert shown.count("/compare?before=1&amp;after=2") == 1
    assert "compare?before=0" not in shown


def test_what_differs_is_told_in_words(lars: Browser, catalog: FakeTransport) -> None:
    catalog.answers["catalog.get_article_comparison"] = {
        "before": 1,
        "after": 2,
        "differences": [
            {"field": "body.nl", "change": "changed", "before": "Dicht.", "after": "<Open>."},
            {"field": "product_ids", "change": "added", "before": None, "after": PRODUCT_ID},
            {"field": "product_ids", "change": "removed", "before": GONE, "after": None},
        ],
    }
    shown = lars.get(f"/manage/articles/{ARTICLE_ID}/compare?before=1&after=2").text
    assert "The answer (Dutch)" in shown
    assert "&lt;Open&gt;." in shown
    assert '<td class="words">Lamp</td>' in shown
    assert f'<td class="words">{GONE}</td>' in shown
    assert f'href="/manage/articles/{ARTICLE_ID}"' in shown


def test_a_comparison_without_its_versions_is_refused(lars: Browser) -> None:
    assert lars.get(f"/manage/articles/{ARTICLE_ID}/compare?before=x").status_code == 422


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (Stale("article_changed", "x"), 412, "Somebody changed this article meanwhile."),
        (Invalid("content_refused", "x", {"body": ["Write it in at least one language."]}), 422,
         'id="body.nl-wrong"'),
        (Invalid("slug_taken", "x", {"slug": ["Another article has this short name. Choose another title."]}),
         422, "Another article has this short name."),
    ],
)  # fmt: skip
def test_what_is_refused_comes_back_with_what_was_written(
    error: Exception, status: int, said: str, lars: Browser, catalog: FakeTransport
) -> None:
    catalog.answers["catalog.publish_article"] = error
    answer = lars.post(f"/manage/articles/{ARTICLE_ID}", {**FILLED, "version": "1"})
    assert answer.status_code == status
    assert said in answer.text
    assert "Draai dicht." in answer.text
