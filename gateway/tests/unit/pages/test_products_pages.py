"""The catalogue's pages: the list, the draft with what is wrong at its field, publishing, comparing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from gateway.testing import FakeTransport
from servicekit.errors import Conflict, Invalid, NotFound, Stale

from .conftest import Browser
from .product_samples import BY, CONTENT, DRAFT, LINE, NEW, OF_LINE, PRODUCT_ID, PUBLISHED, SCHEDULED

BASE = f"/manage/products/{PRODUCT_ID}"


@pytest.fixture
def catalog(transport: FakeTransport) -> FakeTransport:
    versions = [{"version": n, "published_at": "2026-11-20T10:00:00Z", "published_by": BY} for n in (2, 1)]
    transport.answers |= {
        "catalog.list_catalogue": {"items": [LINE], "next_cursor": None},
        "catalog.get_product": PUBLISHED,
        "catalog.get_draft": DRAFT,
        "catalog.list_versions": {"items": versions, "next_cursor": None},
        "catalog.start_draft": DRAFT,
        "catalog.save_draft": {**DRAFT, "version": 4},
        "catalog.publish_draft": {"product_id": PRODUCT_ID, "version": 3, "changed": True},
        "catalog.schedule_draft": SCHEDULED,
        "catalog.unschedule_draft": DRAFT,
        "catalog.follow_draft": DRAFT,
        "catalog.discard_draft": {"product_id": PRODUCT_ID, "discarded": True},
        "catalog.withdraw_product": PUBLISHED,
        "dispatch.list_providers": {
            "items": [
                {"slug": "huisdienst", "name": "Huisdienst"},
                {"slug": "unknown-provider", "name": "unknown-provider"},
            ],
            "next_cursor": None,
        },
        "intake.list_locations": {"items": [{"key": "sluis", "path": "De Sluis"}], "next_cursor": None},
    }
    return transport


@pytest.fixture
def lars(catalog: FakeTransport, browser: Callable[..., Browser]) -> Browser:
    author = browser("product_owner", language="en")
    author.get("/style")
    return author


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({}, "Published"),
        ({"withdrawn_at": "2026-11-21T10:00:00Z"}, "Taken from the catalogue"),
        ({"version": None, "draft": OF_LINE}, "Not published yet"),
        ({"draft": {**OF_LINE, "state": "scheduled", "publish_at": "2026-12-01T07:00:00Z"}}, "Planned"),
        ({"draft": {**OF_LINE, "refused": "Taken."}}, "Could not be published"),
    ],
)
def test_each_product_says_how_it_stands(
    changes: dict[str, Any], word: str, lars: Browser, catalog: FakeTransport
) -> None:
    catalog.answers["catalog.list_catalogue"] = {"items": [{**LINE, **changes}], "next_cursor": "more"}
    shown = lars.get("/manage/products?state=draft&q=lamp").text
    assert f"{word}</span>" in shown
    assert "&lt;Lamp&gt; &amp; cord" in shown
    assert "cursor=more" in shown
    assert catalog.asked("catalog.list_catalogue") == {"state": "draft", "q": "lamp", "limit": 50}


def test_an_unknown_state_in_the_address_shows_everything(lars: Browser, catalog: FakeTransport) -> None:
    assert lars.get("/manage/products?state=nonsense").status_code == 200
    assert catalog.asked("catalog.list_catalogue") == {"limit": 50}


@pytest.mark.parametrize("draft", [DRAFT, SCHEDULED, NEW])
def test_a_draft_is_shown_whole_in_each_state(
    draft: dict[str, Any], lars: Browser, catalog: FakeTransport
) -> None:
    catalog.answers["catalog.get_draft"] = draft
    shown = lars.get(f"{BASE}/draft")
    assert shown.status_code == 200
    assert ("Take it off the calendar" in shown.text) == (draft is SCHEDULED)
    assert ("Add a question" in shown.text) == (draft is not SCHEDULED)
    assert "Give it a name" not in shown.text.replace("&#39;", "'")


def test_who_may_only_look_is_offered_no_change(
    catalog: FakeTransport, browser: Callable[..., Browser]
) -> None:
    shown = browser("manager", language="en").get(f"{BASE}/draft").text
    assert "Publish now" not in shown
    assert "Add a step" not in shown


def test_what_is_wrong_stands_at_its_field_and_in_the_margin(lars: Browser, catalog: FakeTransport) -> None:
    wrong = {"questions.1.label": ["Write the question as the requester will read it."],
             "process.steps": ["Add at least one step: someone has to carry it out."]}  # fmt: skip
    catalog.answers["catalog.get_draft"] = {**DRAFT, "problems": wrong}
    shown = lars.get(f"{BASE}/draft").text
    assert 'id="questions.1.label-wrong"' in shown
    assert 'href="#questions-1"' in shown
    assert "2 things are missing" in shown
    assert "Publish now" not in shown


def test_a_question_is_kept_with_the_revision_that_was_seen(lars: Browser, catalog: FakeTransport) -> None:
    answer = lars.post(f"{BASE}/draft/questions/0", {"version": "3", "questions.0.label.nl": "Welke lamp?"})
    assert answer.headers["Location"].endswith("/draft#questions-0")
    saved = catalog.asked("catalog.save_draft")
    assert saved["revision"] == 3
    assert saved["content"]["questions"][0]["label"]["nl"] == "Welke lamp?"
    assert saved["content"]["questions"][1] == CONTENT["questions"][1]


@pytest.mark.parametrize(
    ("path", "fields", "keys"),
    [
        ("questions", {}, ["first", "then", "new-1"]),
        ("questions/0", {"do": "remove"}, ["then"]),
        ("questions/0", {"do": "down"}, ["then", "first"]),
        ("questions/1", {"do": "up"}, ["then", "first"]),
    ],
)
def test_the_list_of_questions_is_changed_without_a_script(
    path: str, fields: dict[str, str], keys: list[str], lars: Browser, catalog: FakeTransport
) -> None:
    assert lars.post(f"{BASE}/draft/{path}", {"version": "3", **fields}).status_code == 303
    assert [each["key"] for each in catalog.asked("catalog.save_draft")["content"]["questions"]] == keys


@pytest.mark.parametrize("path", ["nothing", "nothing/0", "questions/9", "questions/x", "steps/-1"])
def test_what_is_no_part_of_a_product_is_not_found(path: str, lars: Browser) -> None:
    assert lars.post(f"{BASE}/draft/{path}", {"version": "3"}).status_code == 404


def test_when_somebody_was_first_what_was_written_is_still_there(
    lars: Browser, catalog: FakeTransport
) -> None:
    catalog.answers["catalog.save_draft"] = Stale("draft_changed", "Changed.")
    answer = lars.post(f"{BASE}/draft/about", {"version": "2", "name.nl": "Mijn lange werk", "kind": "fault"})
    assert answer.status_code == 412
    assert "Mijn lange werk" in answer.text
    assert 'name="version" value="3"' in answer.text


def test_it_is_published_now_or_on_a_date_of_the_organisations_clock(
    lars: Browser, catalog: FakeTransport
) -> None:
    assert lars.post(f"{BASE}/draft/publish", {"version": "3"}).headers["Location"] == BASE
    assert catalog.asked("catalog.publish_draft") == {"product_id": PRODUCT_ID, "revision": 3}
    lars.post(f"{BASE}/draft/schedule", {"version": "3", "publish_at": "2026-12-24T08:00"})
    asked = catalog.asked("catalog.schedule_draft")
    assert asked["publish_at"].isoformat() == "2026-12-24T08:00:00+01:00"


ONLY_HUISDIENST = {"items": [{"slug": "huisdienst", "name": "Huisdienst"}], "next_cursor": None}


@pytest.mark.parametrize("path", ["publish", "schedule"])
def test_a_draft_whose_step_names_nobody_does_not_go_out_and_says_so_at_the_step(
    path: str, lars: Browser, catalog: FakeTransport
) -> None:
    catalog.answers["dispatch.list_providers"] = ONLY_HUISDIENST
    answer = lars.post(f"{BASE}/draft/{path}", {"version": "3", "publish_at": "2026-12-24T08:00"})
    assert answer.status_code == 422
    assert "There is no team or supplier &#39;unknown-provider&#39;." in answer.text
    assert 'href="#steps-1"' in answer.text
    assert f"catalog.{path}_draft" not in [target for target, _ in catalog.calls]


def test_a_product_that_came_before_its_provider_says_so_on_its_page(
    lars: Browser, catalog: FakeTransport
) -> None:
    said = "A step names a team or supplier that does not exist: unknown-provider."
    assert said not in lars.get(BASE).text
    catalog.answers["dispatch.list_providers"] = ONLY_HUISDIENST
    assert said in lars.get(BASE).text


@pytest.mark.parametrize("moment", ["", "morgen", "2026-13-01T08:00"])
def test_what_is_no_moment_is_said_at_its_field(moment: str, lars: Browser, catalog: FakeTransport) -> None:
    answer = lars.post(f"{BASE}/draft/schedule", {"version": "3", "publish_at": moment})
    assert answer.status_code == 422
    assert 'id="publish_at-wrong"' in answer.text


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (Invalid("content_refused", "x", {"name": ["Give it a name as the requester would say it."]}), 422,
         "Give it a name as the requester would say it."),
        (Conflict("overtaken", "x"), 409, "Another version was published"),
        (Stale("draft_changed", "x"), 412, "Somebody changed this draft meanwhile."),
    ],
)  # fmt: skip
def test_what_is_refused_at_publishing_says_why(
    error: Exception, status: int, said: str, lars: Browser, catalog: FakeTransport
) -> None:
    catalog.answers["catalog.publish_draft"] = error
    answer = lars.post(f"{BASE}/draft/publish", {"version": "3"})
    assert answer.status_code == status
    assert said in answer.text


@pytest.mark.parametrize("action", ["unschedule", "follow", "discard"])
def test_the_other_actions_lead_back(action: str, lars: Browser, catalog: FakeTransport) -> None:
    answer = lars.post(f"{BASE}/draft/{action}", {"version": "3"})
    assert answer.headers["Location"] == (BASE if action == "discard" else f"{BASE}/draft")
    assert catalog.asked(f"catalog.{action}_draft") == {"product_id": PRODUCT_ID, "revision": 3}


def test_an_overtaken_draft_is_compared_before_it_goes_on(lars: Browser, catalog: FakeTransport) -> None:
    catalog.answers["catalog.get_draft"] = {**DRAFT, "current_version": 3}
    shown = lars.get(f"{BASE}/draft").text
    assert f"{BASE}/compare?before=3" in shown
    assert "Go on with this draft" in shown
    assert "Publish now" not in shown


def test_a_product_has_its_versions_and_leads_to_its_draft(lars: Browser, catalog: FakeTransport) -> None:
    shown = lars.get(BASE).text
    assert f"{BASE}/compare?before=1&amp;after=2" in shown
    assert "Open the draft" in shown
    catalog.answers["catalog.get_draft"] = NotFound("no_such_draft", "None.")
    shown = lars.get(BASE).text
    assert "Change it" in shown
    lars.post(f"{BASE}/withdraw", {"version": "2"})
    assert catalog.asked("catalog.withdraw_product") == {"product_id": PRODUCT_ID, "version": 2}


def test_the_process_is_drawn_with_its_longest_path_and_what_it_costs(lars: Browser) -> None:
    for path in (BASE, f"{BASE}/draft"):
        shown = lars.get(path).text
        assert "The process can not keep the promise." in shown
        assert 'class="process-picture"' in shown
        assert shown.count("step-box") == len(CONTENT["process"]["steps"])
        assert "Huisdienst" in shown
        assert "€45.00" in shown


def test_a_new_product_is_its_draft(lars: Browser, catalog: FakeTransport) -> None:
    catalog.answers["catalog.get_product"] = NotFound("no_such_product", "None.")
    assert lars.get(BASE).headers["Location"] == f"{BASE}/draft"
    assert lars.post("/manage/products").headers["Location"] == f"{BASE}/draft"
    catalog.answers["catalog.get_draft"] = NotFound("no_such_draft", "None.")
    assert lars.get(BASE).status_code == 404


def test_two_versions_are_told_apart_in_words(lars: Browser, catalog: FakeTransport) -> None:
    told = [{"field": "price.amount_cents", "change": "changed", "before": 100, "after": 1250}]
    catalog.answers["catalog.get_comparison"] = {"before": 1, "after": None, "differences": told}
    shown = lars.get(f"{BASE}/compare?before=1").text
    assert "From version 1 to the draft" in shown
    assert "€12.50" in shown
    assert catalog.asked("catalog.get_comparison") == {"product_id": PRODUCT_ID, "before": 1}


def test_the_preview_asks_what_a_customer_is_asked_and_sends_nothing(lars: Browser) -> None:
    shown = lars.get(f"{BASE}/preview").text
    assert 'data-asked-if="answers.first" data-asked-of="[&#34;b&#34;]"' in shown
    assert "Only for Financiën" in shown
    assert 'action="/report' not in shown
