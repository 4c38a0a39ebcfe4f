"""The service site: finding answers and products; signed in or not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from gateway.often import FINDING, HELPED
from gateway.pages.site import finding
from gateway.testing import FakeTransport
from servicekit.errors import Unavailable

from ..site_samples import (  # noqa: TID252  samples of these tests alone
    ARTICLE,
    PERSON_ID,
    PRODUCT,
    REQUEST_ID,
    SANNE,
    Browsers,
    page,
    request,
    speaking_english,
)


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
