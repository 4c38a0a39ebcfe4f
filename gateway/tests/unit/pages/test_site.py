"""The service site: finding, reporting, following one's own requests; signed in or not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from gateway.often import FINDING, HELPED
from gateway.pages.site import finding
from gateway.testing import FakeTransport
from servicekit.errors import Conflict, Invalid, NotFound, Unavailable

from .conftest import Browser
from .site_samples import ARTICLE, LUNCH, PERSON_ID, PRODUCT, REQUEST_ID, ROOM, order, request

Browsers = Callable[..., Browser]
SANNE: dict[str, Any] = {"person_id": PERSON_ID, "language": "en"}
REPORT = {"answers.problem": "cold", "text": "It stays cold.", "location_id": ROOM["location_id"]}


def page(*items: Any) -> dict[str, Any]:
    return {"items": list(items), "next_cursor": None}


@pytest.fixture
def services(transport: FakeTransport) -> FakeTransport:
    """A catalogue with one product, one answer; one person with one request."""
    transport.answers = {
        "catalog.list_products": page(PRODUCT),
        "catalog.list_articles": page(ARTICLE),
        "catalog.get_product": {**PRODUCT, "withdrawn_at": None},
        "intake.preview_promise": {
            "respond_by": "2126-11-26T10:30:00Z",
            "resolve_by": "2126-11-27T16:30:00Z",
        },
        "intake.list_requests": page(request()),
        "intake.get_request": request(),
        "intake.get_own_person": {"name": "Sanne", "location": ROOM},
        "intake.list_locations": page(),
        "intake.receive_request": {"request_id": REQUEST_ID, "reference": "SD-26-000123"},
        "monitoring.list_norms": page() | {"opening_hours": None},
    }
    return transport


def speaking_english(visitor: Browser) -> Browser:
    visitor.client.set_cookie(
        "__Host-desk-likings", "language=en&theme=system&density=comfortable&keys=on",
        domain="desk.example", secure=True,
    )  # fmt: skip
    return visitor


# --- finding ---


def test_what_waits_for_ones_own_word_stands_above_what_is_newer(
    services: FakeTransport, browser: Browsers
) -> None:
    newer = [request(summary=f"Nieuwer {number}") for number in range(6)]
    asked = request(summary="Gevraagd", waiting={"counterparty": "requester", "question": "Welke?"})
    done = request(summary="Gereed", state="ready")
    services.answers["intake.list_requests"] = page(*newer, asked, done)
    for path in ("/", "/requests"):
        shown = browser("requester", **SANNE).get(path).text
        assert shown.index("Gevraagd") < shown.index("Gereed") < shown.index("Nieuwer 0")


def test_a_stranger_finds_answers_and_products(services: FakeTransport, browser: Browsers) -> None:
    shown = speaking_english(browser()).get("/?q=radiator").text
    assert "My room does not get warm" in shown
    assert "Turn the knob to 3" in shown
    assert "/products/heating-fault?q=radiator" in shown
    assert "within 2 working days" in shown


def test_a_stranger_is_known_to_services_as_a_visitor_and_nothing_else(
    services: FakeTransport, browser: Browsers
) -> None:
    browser().get("/?q=radiator")
    actors = {envelope["actor"] for envelope in services.envelopes}
    assert {(actor.kind, actor.roles, actor.person_id) for actor in actors} == {
        ("anonymous", frozenset({"visitor"}), None)
    }
    assert not any(target.startswith("intake.list") for target, _ in services.calls)


def test_how_the_work_is_done_is_not_shown_to_anybody(services: FakeTransport, browser: Browsers) -> None:
    for path in ("/?q=radiator", "/products/heating-fault", "/report/heating-fault", "/"):
        shown = browser().get(path).text
        assert "vonk-val" not in shown
        assert "secret key cabinet" not in shown


def test_a_search_without_a_script_asks_for_no_more_than_it_shows(
    services: FakeTransport, browser: Browsers
) -> None:
    shown = browser().get("/?q=radiator")
    assert "<html" in shown.text
    assert [target for target, _ in services.calls] == ["catalog.list_articles", "catalog.list_products"]


def test_searching_while_typing_asks_for_what_is_found_alone(
    services: FakeTransport, browser: Browsers
) -> None:
    part = browser().get("/?q=radiator", **{"HX-Request": "true", "HX-Target": "found"})
    assert "<html" not in part.text
    assert "heating-fault" in part.text
    assert [target for target, _ in services.calls] == ["catalog.list_articles", "catalog.list_products"]


def test_what_one_reported_already_is_pointed_out(services: FakeTransport, browser: Browsers) -> None:
    part = browser("requester", **SANNE).get("/?q=radiatoren", **{"HX-Request": "true", "HX-Target": "found"})
    assert f"/requests/{REQUEST_ID}" in part.text


def test_staff_see_their_own_requests_and_not_everybodys(services: FakeTransport, browser: Browsers) -> None:
    browser("agent", **SANNE).get("/requests")
    assert {call["requester_id"] for target, call in services.calls if target == "intake.list_requests"} == {
        PERSON_ID
    }


def test_a_catalogue_that_is_away_does_not_take_the_page_along(
    services: FakeTransport, browser: Browsers
) -> None:
    for target in ("catalog.list_products", "catalog.list_articles", "monitoring.list_norms"):
        services.answers[target] = Unavailable("away")
    visitor = speaking_english(browser())
    shown = visitor.get("/?q=radiator")
    assert shown.status_code == 200
    assert "Searching does not work just now" in shown.text
    assert 'href="/report?text=radiator"' in shown.text


@pytest.mark.parametrize("which", ["heating-fault", PRODUCT["product_id"]])
def test_a_product_says_what_it_promises_and_asks(
    services: FakeTransport, browser: Browsers, which: str
) -> None:
    shown = speaking_english(browser()).get(f"/products/{which}").text
    assert "Done by Wednesday 27 November" in shown
    assert "Within 2 working days" in shown
    assert "What do you notice?" in shown


def test_what_is_not_offered_any_more_is_not_there(services: FakeTransport, browser: Browsers) -> None:
    services.answers["catalog.list_products"] = page()
    services.answers["catalog.get_product"] = {**PRODUCT, "withdrawn_at": "2026-11-01T10:00:00Z"}
    assert browser().get("/products/heating-fault").status_code == 404
    assert browser().get(f"/products/{PRODUCT['product_id']}").status_code == 404


@pytest.mark.parametrize("roles", [(), ("requester",)])
def test_an_answer_that_helped_is_counted_and_nothing_is_reported(
    services: FakeTransport, browser: Browsers, roles: tuple[str, ...]
) -> None:
    services.answers["catalog.judge_article"] = {}
    visitor = browser(*roles)
    visitor.get("/?q=radiator")
    article_id = ARTICLE["article_id"]
    assert visitor.post(f"/articles/{article_id}/helped").headers["Location"] == "/"
    assert services.asked("catalog.judge_article") == {"article_id": article_id, "helped": True}
    assert "intake.receive_request" not in [target for target, _ in services.calls]


@pytest.mark.parametrize("path", ["helped", "report"])
def test_what_is_said_of_an_answer_counts_for_the_version_that_was_read(
    services: FakeTransport, browser: Browsers, path: str
) -> None:
    services.answers["catalog.judge_article"] = {}
    visitor = browser()
    visitor.get("/?q=radiator")
    visitor.post(f"/articles/{ARTICLE['article_id']}/{path}", {"version": "3"})
    assert services.asked("catalog.judge_article")["version"] == 3


def test_who_says_so_again_and_again_is_thanked_and_counted_no_more(
    services: FakeTransport, browser: Browsers
) -> None:
    services.answers["catalog.judge_article"] = {}
    visitor = browser()
    visitor.get("/?q=radiator")
    path = f"/articles/{ARTICLE['article_id']}"
    said = [visitor.post(f"{path}/{what}").status_code for what in ("helped", "report") * HELPED.most]
    assert set(said) == {303}
    assert [target for target, _ in services.calls].count("catalog.judge_article") == HELPED.most


def test_a_stranger_who_searches_without_end_gets_the_page_and_asks_no_service(
    services: FakeTransport, browser: Browsers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "FINDING", replace(FINDING, most=2))
    stranger = browser()
    searched = [stranger.get("/?q=radiator") for _ in range(4)]
    reported = stranger.get("/report?text=radiator koud")
    assert {page.status_code for page in (*searched, reported)} == {200}
    asked = [target for target, _ in services.calls]
    assert (asked.count("catalog.list_products"), asked.count("intake.get_proposals")) == (2, 0)


def test_an_answer_that_did_not_help_leads_to_the_report_with_ones_words(
    services: FakeTransport, browser: Browsers
) -> None:
    services.answers["catalog.judge_article"] = Unavailable("away")
    visitor = browser()
    visitor.get("/?q=radiator")
    fields = {"text": "radiator koud & nat", "product": PRODUCT["product_id"]}
    sent = visitor.post(f"/articles/{ARTICLE['article_id']}/report", fields)
    assert sent.headers["Location"] == f"/report/{PRODUCT['product_id']}?text=radiator+koud+%26+nat"
    assert services.asked("catalog.judge_article")["helped"] is False


@pytest.mark.parametrize("product", ["../sign-out", "//evil.example", "a?b", "a/../b"])
def test_a_report_leads_to_no_other_place(services: FakeTransport, browser: Browsers, product: str) -> None:
    visitor = browser()
    visitor.get("/?q=radiator")
    sent = visitor.post(f"/articles/{ARTICLE['article_id']}/report", {"product": product})
    assert sent.headers["Location"] == "/report"


# --- reporting ---


def test_ones_usual_place_is_proposed_first(services: FakeTransport, browser: Browsers) -> None:
    shown = browser("requester", **SANNE).get("/report/heating-fault").text
    assert f'value="{ROOM["location_id"]}" checked' in shown


def test_a_report_goes_out_as_it_was_filled_in(services: FakeTransport, browser: Browsers) -> None:
    visitor = browser("requester", **SANNE)
    visitor.get("/report/heating-fault")
    sent = visitor.post("/report/heating-fault", REPORT)
    assert sent.headers["Location"] == f"/requests/{REQUEST_ID}?new=1"
    assert services.asked("intake.receive_request") == {
        "channel": "site",
        "text": "It stays cold.",
        "product_id": PRODUCT["product_id"],
        "location_id": ROOM["location_id"],
        "answers": {"problem": "cold"},
    }


def test_a_report_that_is_sent_twice_is_one(services: FakeTransport, browser: Browsers) -> None:
    visitor = browser("requester", **SANNE)
    visitor.get("/report/heating-fault")
    key = "0192-" + "a" * 31
    visitor.post("/report/heating-fault", {**REPORT, "key": key})
    keys = {
        target: envelope["idempotency_key"]
        for (target, _), envelope in zip(services.calls, services.envelopes, strict=True)
    }
    assert keys["intake.receive_request"] == key
    # A key is of one command; what only reads has none, or the service would refuse the command.
    assert {keys[target] for target in keys if target != "intake.receive_request"} == {None}


def test_an_order_has_a_number_and_a_moment(services: FakeTransport, browser: Browsers) -> None:
    services.answers["catalog.list_products"] = page(LUNCH)
    visitor = browser("requester", **SANNE)
    visitor.get("/report/meeting-lunch")
    visitor.post(
        "/report/meeting-lunch", {"quantity": "12", "wanted_day": "2027-01-12", "wanted_hour": "12:15"}
    )
    asked = services.asked("intake.receive_request")
    assert asked["quantity"] == 12
    assert asked["text"] == "Meeting lunch"
    assert asked["wanted"]["from"] == datetime(2027, 1, 12, 11, 15, tzinfo=UTC)


@pytest.mark.parametrize("path", ["/products/meeting-lunch", "/report/meeting-lunch"])
def test_what_is_ordered_for_a_moment_is_not_promised_for_another(
    services: FakeTransport, browser: Browsers, path: str
) -> None:
    rules = {"cutoff": None, "capacity": None, "free_cancel": None}
    lunch = {**LUNCH, "ordering": rules, "withdrawn_at": None}
    services.answers |= {"catalog.list_products": page(lunch), "catalog.get_product": lunch}
    shown = speaking_english(browser("requester", **SANNE)).get(path).text
    assert "There at the moment you choose" in shown
    assert "Done by" not in shown


def test_what_is_wrong_stands_at_the_field_and_what_was_typed_survives(
    services: FakeTransport, browser: Browsers
) -> None:
    services.answers["intake.receive_request"] = Invalid(
        "answers_invalid", "Not all answers are right yet.", {"answers.problem": ["Answer this question."]}
    )
    visitor = browser("requester", **SANNE)
    visitor.get("/report/heating-fault")
    shown = visitor.post("/report/heating-fault", {**REPORT, "text": "Still <b>cold</b>"})
    assert shown.status_code == 422
    assert 'id="answers.problem-wrong"' in shown.text
    assert "Still &lt;b&gt;cold&lt;/b&gt;" in shown.text
    assert f'value="{ROOM["location_id"]}" checked' in shown.text


def test_words_that_fit_one_place_say_which(services: FakeTransport, browser: Browsers) -> None:
    services.answers["intake.list_locations"] = page(ROOM)
    visitor = browser("requester", **SANNE)
    visitor.get("/report")
    visitor.post("/report", {"text": "It smells", "place_q": "sluis 3.12"})
    assert services.asked("intake.receive_request")["location_id"] == ROOM["location_id"]


def test_words_that_fit_several_places_are_asked_about(services: FakeTransport, browser: Browsers) -> None:
    other = {**ROOM, "location_id": "01926f00-7000-7a01-8e44-8f9a0b1c2d99", "path": "De Sluis / 3.13"}
    services.answers["intake.list_locations"] = page(ROOM, other)
    visitor = browser("requester", **SANNE)
    visitor.get("/report")
    shown = visitor.post("/report", {"text": "It smells", "place_q": "sluis 3"})
    assert shown.status_code == 422
    assert "De Sluis / 3.13" in shown.text
    assert "intake.receive_request" not in [target for target, _ in services.calls]


def test_what_a_stranger_writes_is_kept_until_they_have_signed_in(
    services: FakeTransport, browser: Browsers
) -> None:
    stranger = browser()
    assert stranger.get("/report/heating-fault").status_code == 200
    kept = stranger.post("/report/heating-fault", REPORT)
    assert kept.status_code == 401
    assert 'name="resume" value=""' not in kept.text
    assert "intake.receive_request" not in [target for target, _ in services.calls]


# --- following ---


def shown_request(services: FakeTransport, browser: Browsers, **changes: Any) -> str:
    services.answers["intake.get_request"] = request(**changes)
    return speaking_english(browser("requester", **SANNE)).get(f"/requests/{REQUEST_ID}").text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"state": "triage"}, "The service desk is looking at it."),
        ({"orders": []}, "We are giving it to who will do it."),
        ({"orders": [order("issued")]}, "Vonk &amp; Val has been asked to do the work."),
        ({"orders": [order("in_progress")]}, "Vonk &amp; Val is working on it."),
        (
            {"orders": [order("scheduled", "2126-11-28T09:00:00Z", "2126-11-28T11:00:00Z")]},
            "Vonk &amp; Val comes Thursday 28 November 2126 between 10:00 and 12:00.",
        ),
        (
            {"orders": [order("scheduled", "2026-11-20T09:00:00Z") | {"nobody_came": True}]},
            "It seems that nobody came. We are sorry.",
        ),
        ({"orders": [order("refused")]}, "We are giving it to who will do it."),
        ({"state": "ready", "closes_at": "2126-12-02T16:30:00Z"}, "It is done. Is it solved for you?"),
        ({"state": "closed", "resolution": "answered", "answer": {"text": "Turn it on."}}, "Turn it on."),
        (
            {"waiting": {"counterparty": "requester", "question": "Which room?", "reason": "x"}},
            "Which room?",
        ),
    ],
)
def test_what_happens_now_is_said_in_a_sentence(
    services: FakeTransport, browser: Browsers, changes: dict[str, Any], sentence: str
) -> None:
    assert sentence in shown_request(services, browser, **changes)


def test_what_one_answered_is_shown_beside_what_was_asked(services: FakeTransport, browser: Browsers) -> None:
    services.answers["intake.get_request"] = request(answers={"problem": "cold"}, product={**PRODUCT})
    shown = speaking_english(browser("requester", **SANNE)).get(f"/requests/{REQUEST_ID}").text
    assert "<dt>What do you notice?</dt>" in shown
    assert ">Cold</dd>" in shown


def test_a_promise_that_was_not_kept_is_owned_up_to(services: FakeTransport, browser: Browsers) -> None:
    late = {"respond_by": "2026-01-05T10:00:00Z", "resolve_by": "2026-01-06T10:00:00Z"}
    assert "We are sorry: we are late." in shown_request(services, browser, promise=late)
    asked = {"counterparty": "requester", "question": "Which room?", "reason": "x"}
    assert "We are sorry" not in shown_request(services, browser, promise=late, waiting=asked)
    money = {"counterparty": "requester", "question": None, "reason": "awaiting_approval"}
    assert "We are sorry" not in shown_request(
        services, browser, promise=late, waiting=money, state="awaiting_approval"
    )


@pytest.mark.parametrize(
    ("state", "resolution", "offered"),
    [
        ("triage", None, {"reply", "withdraw"}),
        ("in_progress", None, {"reply", "withdraw"}),
        ("ready", None, {"reply", "confirm", "reopen"}),
        ("closed", "solved", {"reopen"}),
        ("closed", "rejected", set()),
        ("closed", "withdrawn", set()),
    ],
)
def test_one_is_offered_what_can_be_done_now(
    services: FakeTransport, browser: Browsers, state: str, resolution: str | None, offered: set[str]
) -> None:
    shown = shown_request(
        services, browser, state=state, resolution=resolution, closes_at="2126-12-02T16:30:00Z"
    )
    actions = {"reply", "confirm", "reopen", "withdraw"}
    assert {name for name in actions if f'action="/requests/{REQUEST_ID}/{name}"' in shown} == offered


@pytest.mark.parametrize(
    ("action", "fields", "target", "arguments"),
    [
        ("reply", {"text": "Room 3.12"}, "intake.reply_to_desk", {"text": "Room 3.12"}),
        ("confirm", {"version": "7"}, "intake.confirm_request", {"version": 7}),
        (
            "reopen",
            {"version": "7", "reason": "Cold"},
            "intake.reopen_request",
            {"version": 7, "reason": "Cold"},
        ),
        (
            "withdraw",
            {"version": "7", "reason": "x"},
            "intake.withdraw_request",
            {"version": 7, "reason": "x"},
        ),
    ],
)
def test_ones_word_goes_to_the_desk(
    services: FakeTransport,
    browser: Browsers,
    action: str,
    fields: dict[str, str],
    target: str,
    arguments: dict[str, Any],
) -> None:
    services.answers[target] = request()
    visitor = browser("requester", **SANNE)
    visitor.get(f"/requests/{REQUEST_ID}")
    assert visitor.post(f"/requests/{REQUEST_ID}/{action}", fields).status_code == 303
    assert services.asked(target) == {"request_id": REQUEST_ID, **arguments}


def test_what_was_closed_too_long_ago_is_explained_and_the_words_are_kept(
    services: FakeTransport, browser: Browsers
) -> None:
    services.answers["intake.get_request"] = request(state="closed", resolution="solved")
    services.answers["intake.reopen_request"] = Conflict("too_late", "It was closed too long ago.")
    visitor = browser("requester", **SANNE)
    visitor.get(f"/requests/{REQUEST_ID}")
    shown = visitor.post(f"/requests/{REQUEST_ID}/reopen", {"version": "7", "reason": "It leaks again"})
    assert shown.status_code == 409
    assert "It leaks again" in shown.text


def test_anothers_request_is_not_there(services: FakeTransport, browser: Browsers) -> None:
    services.answers["intake.get_request"] = NotFound("no_such_request")
    visitor = browser("requester", **SANNE)
    assert visitor.get(f"/requests/{REQUEST_ID}").status_code == 404
    assert visitor.post(f"/requests/{REQUEST_ID}/confirm", {"version": "7"}).status_code in (403, 404)


def test_internal_lines_are_not_told_even_to_staff_who_follow_their_own(
    services: FakeTransport, browser: Browsers
) -> None:
    note = {
        "at": "2026-11-25T10:00:00Z",
        "type": "note",
        "by": None,
        "data": {"text": "SECRET"},
        "public": False,
    }
    services.answers["intake.get_request"] = request(timeline=[note])
    assert "SECRET" not in browser("agent", **SANNE).get(f"/requests/{REQUEST_ID}").text


def test_norms_are_read_by_anybody_in_plain_words(services: FakeTransport, browser: Browsers) -> None:
    hours = {day: [["07:30", "17:30"]] for day in ("monday", "tuesday", "wednesday", "thursday", "friday")}
    level = {
        "kind": None,
        "priority": "P3",
        "respond": {"amount": 240, "unit": "working_minutes"},
        "restore": {"amount": 1200, "unit": "working_minutes"},
        "resolve": {"amount": 3000, "unit": "working_minutes"},
    }
    services.answers["monitoring.list_norms"] = page(level, {**level, "priority": None, "kind": "wish"}) | {
        "opening_hours": hours,
        "kept": [
            {"priority": "P3", "clock": "resolve", "met": 47, "late": 3},
            {"priority": "P1", "clock": "resolve", "met": 1, "late": 0},
            {"priority": "P3", "clock": "restore", "met": 0, "late": 0},
        ],
        "kept_days": 90,
    }
    shown = speaking_english(browser()).get("/norms").text
    for words in ("within 4 working hours", "within 2 working days", "within 5 working days"):
        assert words in shown
    assert "Monday to Friday" in shown
    assert "07:30 to 17:30" in shown
    assert "94%" in shown
    assert "of 50 in time" in shown
    assert "100%" not in shown, "of a priority that is not published nothing is said"
