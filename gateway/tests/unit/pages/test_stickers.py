"""Stickers on objects: scanning one, printing them, and the page of one object."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from gateway.house import House
from gateway.testing import FakeTransport
from servicekit.errors import NotFound

from gateway import stickers

from .conftest import Browser
from .site_samples import PRODUCT, REQUEST_ID, ROOM, page, request, speaking_english
from .test_assets_pages import ASSET_ID, LIFT, PLACE_ID

Browsers = Callable[..., Browser]
PART = {"HX-Request": "true", "HX-Target": "assets"}
FOLLOW_ID = "01926f3a-5c00-7a01-9d3e-3f1c5a7b9e77"
KNOWN: dict[str, Any] = {
    "request_id": None, "reference": None, "summary": None, "follow_id": FOLLOW_ID, "kind": "fault",
    "state": "in_progress", "product": {"nl": "Lift defect", "en": "Lift broken"}, "path": "De Sluis",
    "received_at": "2026-11-20T09:00:00Z", "because": [],
}  # fmt: skip
STICKER: dict[str, Any] = {
    "asset": {
        "asset_id": ASSET_ID, "code": "LIFT-1", "name": {"nl": "Lift noord", "en": "Lift north"},
        "kind": "lift", "product": "heating-fault",
        "location": {"location_id": PLACE_ID, "name": "De Sluis", "path": "De Sluis"},
    },
    "known": [KNOWN],
}  # fmt: skip
USUAL = {
    "product_id": PRODUCT["product_id"], "slug": "heating-fault", "name": PRODUCT["name"],
    "category": PRODUCT["category"], "kind": "fault", "confidence": 1.0, "because": [],
}  # fmt: skip
HISTORY = {
    "years": [{"year": 2026, "faults": 3, "requests": 5, "cost_cents": 123450}],
    "total": {"faults": 3, "requests": 5, "cost_cents": 123450},
}


@pytest.fixture
def services(transport: FakeTransport) -> FakeTransport:
    transport.answers |= {
        "catalog.list_products": page(PRODUCT),
        "catalog.get_product": {**PRODUCT, "withdrawn_at": None},
        "catalog.list_articles": page(),
        "intake.preview_promise": {"respond_by": None, "resolve_by": None},
        "intake.get_own_person": {"name": "Sanne", "location": ROOM},
        "intake.list_locations": page(),
        "intake.get_sticker": STICKER,
        "intake.get_proposals": {"products": [USUAL], "duplicates": [KNOWN]},
        "intake.receive_request": {"request_id": REQUEST_ID, "reference": "SD-26-000123"},
        "intake.list_assets": page(LIFT),
        "intake.get_asset": LIFT,
        "intake.get_asset_history": HISTORY,
        "intake.list_requests": page(request()),
        "intake.list_plans": page(),
        "dispatch.list_providers": page({"slug": "vonk-val", "name": "Vonk & Val"}),
    }
    return transport


@pytest.fixture
def reachable(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """People reach the site from outside."""
    settings = replace(house.settings, public_url="https://desk.example/")
    monkeypatch.setitem(house.__dict__, "settings", settings)


# --- scanning ---


def test_a_sticker_opens_the_report_form_at_its_object(services: FakeTransport, browser: Browsers) -> None:
    stranger = browser()
    assert stranger.get("/o/lift-1").headers["Location"] == "/report?o=LIFT-1"
    shown = speaking_english(stranger).get("/report?o=LIFT-1").text
    for said in ("Lift north", "LIFT-1", 'value="fault" checked'):
        assert said in shown
    assert 'name="location_id"' not in shown


def test_what_is_known_of_it_stands_first_and_once(services: FakeTransport, browser: Browsers) -> None:
    shown = speaking_english(browser()).get("/report?o=LIFT-1").text
    assert shown.count(f'name="follows" value="{FOLLOW_ID}"') == 1
    assert shown.index(FOLLOW_ID) < shown.index('name="text"')


def test_the_usual_product_of_the_object_is_proposed_with_the_object(
    services: FakeTransport, browser: Browsers
) -> None:
    shown = unescape(browser("requester").get("/report?o=LIFT-1").text)
    assert "/report/heating-fault?o=LIFT-1&" in shown
    assert services.asked("intake.get_proposals")["asset_id"] == ASSET_ID


def test_a_report_about_a_scanned_object_names_it_and_no_place(
    services: FakeTransport, browser: Browsers
) -> None:
    sanne = browser("requester")
    sanne.get("/report?o=LIFT-1")
    sanne.post("/report", {"o": "LIFT-1", "text": "Hij staat stil", "kind": "fault"})
    sent = services.asked("intake.receive_request")
    assert (sent["asset_id"], sent["text"]) == (ASSET_ID, "Hij staat stil")
    assert "location_id" not in sent


def test_who_reports_the_same_need_not_write_anything(services: FakeTransport, browser: Browsers) -> None:
    sanne = speaking_english(browser("requester"))
    sanne.get("/report?o=LIFT-1")
    sanne.post("/report", {"o": "LIFT-1", "text": "", "kind": "fault", "follows": FOLLOW_ID})
    sent = services.asked("intake.receive_request")
    assert (sent["follows"], sent["text"]) == (FOLLOW_ID, "The same: Lift north (LIFT-1)")


def test_a_stranger_keeps_the_object_while_signing_in(services: FakeTransport, browser: Browsers) -> None:
    stranger = browser()
    stranger.get("/report?o=LIFT-1")
    answer = stranger.post("/report", {"o": "LIFT-1", "text": "Staat stil", "follows": FOLLOW_ID})
    assert answer.status_code == 401
    assert 'name="resume" value="' in answer.text


def test_a_sticker_that_nobody_knows_leads_to_the_plain_form(
    services: FakeTransport, browser: Browsers
) -> None:
    services.answers["intake.get_sticker"] = NotFound("no_such_asset", "There is no such object.")
    services.answers["intake.find_counter_tag"] = NotFound("no_such_item", "There is no such thing.")
    answer = speaking_english(browser()).get("/o/<b>weg")
    assert answer.status_code == 404
    assert 'href="/report"' in answer.text
    assert "<b>" not in answer.text


# --- the tag of a key ---

KEY = {"number": "K-101", "kind": "key"}
ITEM = {**KEY, "item_id": ASSET_ID, "version": 3, "name": "Sleutel archief", "place": "Sleutelkast 2",
        "withdrawn": False, "out": None}  # fmt: skip


@pytest.fixture
def tagged(services: FakeTransport) -> FakeTransport:
    services.answers |= {
        "intake.get_sticker": NotFound("no_such_asset", "There is no such object."),
        "intake.find_counter_tag": KEY,
        "intake.find_counter_item": ITEM,
        "intake.get_counter_item": ITEM,
        "intake.list_counter_entries": page(),
    }
    return services


@pytest.mark.parametrize("role", ["reception", "agent", "manager"])
def test_a_tag_that_the_counter_scans_opens_its_page(
    tagged: FakeTransport, browser: Browsers, role: str
) -> None:
    answer = browser(role).get("/o/K-101")
    assert answer.headers["Location"] == f"/desk/counter/items/{ASSET_ID}"


@pytest.mark.parametrize("role", [None, "requester", "team", "supplier"])
def test_anybody_else_reads_where_to_bring_it_and_not_what_it_opens(
    tagged: FakeTransport, browser: Browsers, role: str | None
) -> None:
    answer = browser(role).get("/o/K-101") if role else browser().get("/o/K-101")
    assert answer.status_code == 200
    assert "Breng het naar de balie" in answer.text
    assert "archief" not in answer.text.lower()
    assert "intake.find_counter_item" not in [target for target, _ in tagged.calls]


def test_a_code_that_is_of_nothing_is_said_to_be_so_at_the_counter_too(
    tagged: FakeTransport, browser: Browsers
) -> None:
    tagged.answers["intake.find_counter_item"] = NotFound("no_such_item", "There is no such thing.")
    assert browser("reception").get("/o/K-999").status_code == 404


@pytest.mark.usefixtures("reachable")
def test_the_page_of_a_key_has_its_code_and_it_can_be_kept(tagged: FakeTransport, browser: Browsers) -> None:
    here = f"/desk/counter/items/{ASSET_ID}"
    desk = browser("reception").client
    assert 'class="qr"' in desk.get(here, base_url="https://desk.example").text
    kept = desk.get(f"{here}/qr/png", base_url="https://desk.example")
    assert kept.data.startswith(b"\x89PNG")


# --- choosing an object without a sticker ---


def test_the_objects_at_the_usual_place_are_offered(services: FakeTransport, browser: Browsers) -> None:
    shown = browser("requester").get("/report").text
    assert f'name="asset_id" value="{ASSET_ID}"' in shown
    assert services.asked("intake.list_assets")["location_id"] == ROOM["location_id"]


def test_another_place_offers_what_is_there(services: FakeTransport, browser: Browsers) -> None:
    shown = browser("requester").get(f"/report?location_id={PLACE_ID}", **PART).text
    assert services.asked("intake.list_assets")["location_id"] == PLACE_ID
    assert shown.lstrip().startswith('<div id="assets">')


def test_an_object_that_was_chosen_goes_along(services: FakeTransport, browser: Browsers) -> None:
    sanne = browser("requester")
    sanne.get("/report")
    given = {"text": "Staat stil", "location_id": ROOM["location_id"], "asset_id": ASSET_ID}
    sanne.post("/report", given)
    sent = services.asked("intake.receive_request")
    assert (sent["asset_id"], sent["location_id"]) == (ASSET_ID, ROOM["location_id"])


def test_a_stranger_is_not_told_what_there_is(services: FakeTransport, browser: Browsers) -> None:
    browser().get(f"/report?location_id={PLACE_ID}")
    assert "intake.list_assets" not in [target for target, _ in services.calls]


# --- the page of an object ---


def test_the_desk_reads_what_an_object_has_been_through(services: FakeTransport, browser: Browsers) -> None:
    shown = speaking_english(browser("agent")).get(f"/desk/assets/{ASSET_ID}").text
    for said in ("Lift north", "Vonk &amp; Val", "2026", "€ 1234.50", request()["reference"]):
        assert said in shown
    asked = [given for target, given in services.calls if target == "intake.list_requests"]
    assert {each["asset_id"] for each in asked} == {ASSET_ID}
    assert services.asked("intake.list_plans")["location_id"] == PLACE_ID


def test_without_an_address_of_the_site_there_are_no_stickers(
    services: FakeTransport, browser: Browsers
) -> None:
    amira = speaking_english(browser("agent"))
    assert "PUBLIC_URL" in amira.get(f"/desk/assets/{ASSET_ID}").text
    assert "PUBLIC_URL" in amira.get("/desk/assets/stickers").text
    assert amira.get(f"/desk/assets/{ASSET_ID}/qr/svg").status_code == 404


@pytest.mark.usefixtures("reachable")
def test_a_sheet_has_a_sticker_for_each_object_that_was_found(
    services: FakeTransport, browser: Browsers
) -> None:
    shown = browser("agent").get("/desk/assets/stickers?q=lift&kind=lift").text
    assert shown.count('class="qr"') == 1
    assert "Lift &lt;noord&gt;" in shown
    asked = services.asked("intake.list_assets")
    assert (asked["q"], asked["kind"], asked["withdrawn"]) == ("lift", "lift", False)


@pytest.mark.usefixtures("reachable")
@pytest.mark.parametrize(("kind", "begin"), [("svg", b"<?xml"), ("png", b"\x89PNG")])
def test_the_code_of_one_can_be_kept(
    services: FakeTransport, browser: Browsers, kind: str, begin: bytes
) -> None:
    amira = browser("agent").client
    answer = amira.get(f"/desk/assets/{ASSET_ID}/qr/{kind}", base_url="https://desk.example")
    assert answer.data.startswith(begin)
    assert answer.headers["Content-Type"].startswith(stickers.FORMATS[kind])


def test_a_sticker_says_where_to_report_it() -> None:
    assert stickers.address("https://desk.example/", "LIFT-1") == "https://desk.example/o/LIFT-1"
    drawn = stickers.inline("https://desk.example/o/LIFT-1")
    assert "style" not in drawn
    assert drawn != stickers.inline("https://desk.example/o/LIFT-2")
