"""Articles for those who write them: the pages of the list, one article, its draft and its way out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from gateway.testing import FakeTransport
from servicekit.errors import Conflict, Invalid, NotFound, Stale

from .conftest import Browser
from .product_samples import BY, PRODUCT_ID

ARTICLE_ID = "01926f00-4200-7a01-8e44-8f9a0b1c2d01"
GONE = "01926f00-4300-7a01-8e44-8f9a0b1c2d01"
PATH = f"/manage/articles/{ARTICLE_ID}"
AT = "2026-11-20T10:00:00Z"
CONTENT = {
    "slug": "radiator",
    "title": {"nl": "<Borrelt> hij?", "en": "Does it gurgle?"},
    "body": {"nl": "Draai open.", "en": "Open it."},
    "product_ids": [PRODUCT_ID, GONE],
}
ARTICLE: dict[str, Any] = {
    **CONTENT,
    "article_id": ARTICLE_ID,
    "version": 2,
    "published_at": AT,
    "withdrawn_at": None,
    "withdraw_at": None,
    "judgements": {"helped": 7, "did_not_help": 3},
}
DRAFT: dict[str, Any] = {
    "article_id": ARTICLE_ID,
    "version": 3,
    "state": "draft",
    "actions": ["edit", "follow", "schedule", "publish", "discard"],
    "content": CONTENT,
    "problems": {},
    "base_version": 2,
    "current_version": 2,
    "withdrawn_at": None,
    "publish_at": None,
    "refused": None,
    "changed_at": AT,
    "changed_by": BY,
}
PLANNED = {**DRAFT, "state": "scheduled", "publish_at": AT, "actions": ["schedule", "unschedule", "publish"]}
FILLED = {"title.nl": "Borrelt hij nog?", "body.nl": "Draai dicht.", "product_ids": PRODUCT_ID}


@pytest.fixture
def catalog(transport: FakeTransport) -> FakeTransport:
    version = {"published_at": AT, "published_by": BY}
    acts = ("start", "save", "follow", "schedule", "unschedule", "get")
    transport.answers |= {
        **{f"catalog.{act}_article_draft": DRAFT for act in acts},
        "catalog.publish_article_draft": {"article_id": ARTICLE_ID, "version": 3, "changed": True},
        "catalog.discard_article_draft": {"article_id": ARTICLE_ID, "discarded": True},
        "catalog.withdraw_article": ARTICLE,
        "catalog.plan_article_withdrawal": ARTICLE,
        "catalog.list_article_catalogue": {"items": [{**ARTICLE, "draft": None}], "next_cursor": "more"},
        "catalog.get_article": ARTICLE,
        "catalog.list_article_versions": {
            "items": [
                {**version, "version": number, "judgements": {"helped": 4 * number, "did_not_help": 3}}
                for number in (2, 1)
            ],
            "next_cursor": None,
        },
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


def test_the_list_says_what_each_solved_and_goes_on(lars: Browser, catalog: FakeTransport) -> None:
    shown = lars.get("/manage/articles?q=radiator&state=published").text
    assert '<td class="number">7</td><td class="number">3</td>' in shown
    assert "q=radiator&amp;state=published&amp;cursor=more" in shown
    asked = catalog.asked("catalog.list_article_catalogue")
    assert asked == {"q": "radiator", "state": "published", "limit": 50}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "Published"),
        ({"withdraw_at": AT}, "Published until a date"),
        ({"withdrawn_at": AT}, "Taken from the catalogue"),
        ({"version": None, "draft": {**DRAFT, "revision": 1}}, "Not published yet"),
        ({"draft": {**PLANNED, "revision": 1}}, "Planned"),
        ({"draft": {**DRAFT, "revision": 1, "refused": "x"}}, "Could not be published"),
    ],
)
def test_each_says_how_it_stands_as_products_do(
    changes: dict[str, Any], said: str, lars: Browser, catalog: FakeTransport
) -> None:
    line = {**ARTICLE, "draft": None, **changes}
    catalog.answers["catalog.list_article_catalogue"] = {"items": [line], "next_cursor": None}
    table = lars.get("/manage/articles").text.split("<tbody>")[1]
    assert f"{said}</span>" in table


def test_a_new_article_is_kept_as_a_draft(lars: Browser, catalog: FakeTransport) -> None:
    assert "Keep as a draft" in lars.get("/manage/articles/new").text
    answer = lars.post("/manage/articles", FILLED)
    assert answer.headers["Location"] == f"{PATH}/draft"
    content = catalog.asked("catalog.start_article_draft")["content"]
    assert (content["slug"], content["product_ids"]) == ("borrelt-hij-nog", [PRODUCT_ID])


def test_who_may_read_articles_and_not_write_them_is_not_told_how_often_they_helped(
    browser: Callable[..., Browser], catalog: FakeTransport
) -> None:
    catalog.answers["catalog.get_article"] = {k: v for k, v in ARTICLE.items() if k != "judgements"}
    read = browser("manager").get(PATH)
    assert read.status_code == 200
    assert "Draai open." in read.text


def test_a_change_keeps_the_short_name_and_builds_on_what_was_seen(
    lars: Browser, catalog: FakeTransport
) -> None:
    assert lars.post(f"{PATH}/edit", {}).headers["Location"] == f"{PATH}/draft"
    shown = lars.get(f"{PATH}/draft").text
    assert f'type="hidden" name="product_ids" value="{GONE}"' in shown
    lars.post(f"{PATH}/draft", {**FILLED, "version": "3"})
    asked = catalog.asked("catalog.save_article_draft")
    assert (asked["content"]["slug"], asked["revision"]) == ("radiator", 3)


@pytest.mark.parametrize(
    ("act", "form", "to"),
    [
        ("publish", {}, PATH),
        ("schedule", {"publish_at": "2026-12-01T07:30"}, f"{PATH}/draft"),
        ("unschedule", {}, f"{PATH}/draft"),
        ("follow", {}, f"{PATH}/draft"),
        ("discard", {}, PATH),
    ],
)
def test_what_is_done_with_a_draft(
    act: str, form: dict[str, str], to: str, lars: Browser, catalog: FakeTransport
) -> None:
    answer = lars.post(f"{PATH}/draft/{act}", {**form, "version": "3"})
    assert answer.headers["Location"] == to
    asked = catalog.asked(f"catalog.{act}_article_draft")
    assert (asked["article_id"], asked["revision"]) == (ARTICLE_ID, 3)
    if act == "schedule":
        assert asked["publish_at"] == datetime.fromisoformat("2026-12-01T07:30+01:00")


def test_a_planned_draft_is_shown_and_not_changed(lars: Browser, catalog: FakeTransport) -> None:
    catalog.answers["catalog.get_article_draft"] = PLANNED
    shown = lars.get(f"{PATH}/draft").text
    assert '<fieldset class="stack plain" disabled>' in shown
    assert "It is published by itself" in shown
    assert f'action="{PATH}/draft/unschedule"' in shown


def test_one_that_was_never_published_has_only_its_draft(lars: Browser, catalog: FakeTransport) -> None:
    catalog.answers["catalog.get_article"] = NotFound("no_such_article", "x")
    assert lars.get(PATH).headers["Location"] == f"{PATH}/draft"
    catalog.answers["catalog.get_article_draft"] = NotFound("no_such_draft", "x")
    assert lars.get(PATH).status_code == 404


def test_an_article_is_taken_away_now_or_on_a_date_or_stays_after_all(
    lars: Browser, catalog: FakeTransport
) -> None:
    shown = lars.get(PATH).text
    assert f'action="{PATH}/withdraw"' in shown
    assert f'action="{PATH}/keep"' not in shown
    lars.post(f"{PATH}/withdraw", {"version": "2"})
    assert catalog.asked("catalog.withdraw_article") == {"article_id": ARTICLE_ID, "version": 2}
    lars.post(f"{PATH}/withdraw-on", {"version": "2", "withdraw_at": "2026-12-01T07:30"})
    catalog.answers["catalog.get_article"] = {**ARTICLE, "withdraw_at": AT}
    assert f'action="{PATH}/keep"' in lars.get(PATH).text
    lars.post(f"{PATH}/keep", {"version": "2"})
    plans = [asked for name, asked in catalog.calls if name == "catalog.plan_article_withdrawal"]
    assert [each["withdraw_at"] for each in plans] == [
        datetime.fromisoformat("2026-12-01T07:30+01:00"),
        None,
    ]
    catalog.answers["catalog.get_article"] = {**ARTICLE, "withdrawn_at": AT}
    assert f'action="{PATH}/withdraw"' not in lars.get(PATH).text


def test_what_is_no_moment_is_said_at_its_field(lars: Browser, catalog: FakeTransport) -> None:
    for path, field in ((f"{PATH}/draft/schedule", "publish_at"), (f"{PATH}/withdraw-on", "withdraw_at")):
        answer = lars.post(path, {"version": "2", field: "soon"})
        assert answer.status_code == 422
        assert f'id="{field}-wrong"' in answer.text


def test_each_version_says_what_it_solved_and_leads_to_what_changed(lars: Browser) -> None:
    shown = lars.get(PATH).text
    assert "helped 7 times, did not help 3 times" in shown
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


def test_a_comparison_with_the_draft_leads_back_to_it(lars: Browser, catalog: FakeTransport) -> None:
    catalog.answers["catalog.get_article_comparison"] = {"before": 2, "after": None, "differences": []}
    assert f'href="{PATH}/draft"' in lars.get(f"{PATH}/compare?before=2").text


def test_a_comparison_without_its_versions_is_refused(lars: Browser) -> None:
    assert lars.get(f"{PATH}/compare?before=x").status_code == 422


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (Stale("draft_changed", "x"), 412, "Somebody changed this draft meanwhile."),
        (Conflict("not_in_this_state", "x"), 409, "Draai dicht."),
        (Invalid("invalid", "x", {"body": ["Write it in at least one language."]}), 422,
         'id="body.nl-wrong"'),
    ],
)  # fmt: skip
def test_what_is_refused_comes_back_with_what_was_written(
    error: Exception, status: int, said: str, lars: Browser, catalog: FakeTransport
) -> None:
    catalog.answers["catalog.save_article_draft"] = error
    answer = lars.post(f"{PATH}/draft", {**FILLED, "version": "1"})
    assert answer.status_code == status
    assert said in answer.text
    assert "Draai dicht." in answer.text


def test_what_keeps_it_from_being_published_is_said(lars: Browser, catalog: FakeTransport) -> None:
    catalog.answers["catalog.get_article_draft"] = {
        **DRAFT,
        "problems": {"slug": ["Another article has this short name. Choose another."]},
    }
    shown = lars.get(f"{PATH}/draft").text
    assert "Another article has this short name. Choose another." in shown
    assert f'action="{PATH}/draft/publish"' not in shown
