"""A round on the pages: walked stop by stop, read by the desk, and written down by who plans it."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from gateway.accounts.members import Members
from gateway.testing import FakeTransport
from servicekit.errors import Invalid

from .conftest import Browser
from .test_plans_pages import FORM, MADE, PLAN, PLAN_ID
from .test_team import ORDER_ID, PROVIDER, listing, whole

PLACE = {"location_id": "01926f00-3000-7a04-8d33-7e8f9a0b1e77", "path": "De Sluis / Keuken"}
ASSET = {
    "asset_id": "01926f00-3000-7a04-8d33-7e8f9a0b1e78",
    "code": "BB-12",
    "name": {"nl": "Blusser", "en": "Extinguisher"},
}
OF_PLAN = ("title", "location", "asset", "points", "optional")
POINTS = [{"text": "Sealed?", "optional": False}, {"text": "Label <legible>?", "optional": True}]
COUNTS = {"stops": 2, "open": 1, "done": 1, "not_reachable": 0, "defect": 0}


def stop(number: int, standing: str = "open", **more: Any) -> dict[str, Any]:
    return {
        "number": number, "title": f"Stop {'ABC'[number - 1]}", "location": None, "asset": None, "points": [],
        "optional": False, "standing": standing, "ticked": [], "note": None, "at": None, "by": None, **more,
    }  # fmt: skip


def walked(*stops: dict[str, Any], **more: Any) -> dict[str, Any]:
    said = {
        "state": "in_progress",
        "actions": ["tick_stop", "complete"],
        "stop_counts": COUNTS,
        "planned": True,
    }
    return whole(**{**said, "stops": list(stops), **more})


STOPS = (
    stop(1, "done", by="Tom", at="2026-11-26T08:00:00Z"),
    stop(2, location=PLACE, asset=ASSET, points=POINTS),
    stop(3, optional=True),
)


@pytest.fixture
def tom(browser: Callable[..., Browser], transport: FakeTransport) -> Browser:
    visitor = browser("team", provider_id=PROVIDER, language="en")
    transport.answers["dispatch.get_work_order"] = walked(*STOPS)
    transport.answers["dispatch.act_on_work_order"] = walked(*STOPS)
    transport.answers["intake.get_proposals"] = {"duplicates": []}
    visitor.get("/style")
    return visitor


def test_the_first_stop_that_is_open_is_the_one_to_answer(tom: Browser) -> None:
    page = unescape(tom.get(f"/team/orders/{ORDER_ID}").text)
    assert 'name="stop" value="2"' in page
    for said in (
        "1 of 3 answered",
        "De Sluis / Keuken",
        "BB-12",
        "Label <legible>?",
        "All is well",
        "Planned work",
    ):
        assert said in page


def test_another_stop_is_answered_when_it_is_asked_for(tom: Browser) -> None:
    assert 'name="stop" value="3"' in tom.get(f"/team/orders/{ORDER_ID}?stop=3").text


def test_what_is_found_goes_along_with_its_stop(tom: Browser, transport: FakeTransport) -> None:
    said = {"version": "4", "stop": "2", "outcome": "defect", "checklist": ["1"], "note": "Seal broken"}
    answer = tom.post(f"/team/orders/{ORDER_ID}/tick-stop", said)
    assert answer.status_code == 303
    asked = transport.asked("dispatch.act_on_work_order")
    told = {name: asked[name] for name in ("action", "version", "stop", "outcome", "checklist", "note")}
    assert told == {"action": "tick_stop", "version": 4, "stop": 2, "outcome": "defect", "checklist": [1],
                    "note": "Seal broken"}  # fmt: skip


def test_what_is_refused_comes_back_at_its_stop_with_what_was_typed(
    tom: Browser, transport: FakeTransport
) -> None:
    transport.answers["dispatch.act_on_work_order"] = Invalid("checklist", "No.", {"checklist": ["Sealed?"]})
    said = {"version": "4", "stop": "3", "outcome": "done", "note": "Half of it"}
    answer = tom.post(f"/team/orders/{ORDER_ID}/tick-stop", said)
    assert answer.status_code == 422
    assert 'name="stop" value="3"' in answer.text
    assert "Half of it" in answer.text


@pytest.mark.parametrize("said", [{}, {"stop": "x", "outcome": "done"}, {"stop": "2", "outcome": "fine"}])
def test_what_is_no_answer_is_not_sent(tom: Browser, transport: FakeTransport, said: dict[str, str]) -> None:
    assert tom.post(f"/team/orders/{ORDER_ID}/tick-stop", {"version": "4", **said}).status_code == 422
    assert "dispatch.act_on_work_order" not in [name for name, *_ in transport.calls]


def test_what_is_open_there_already_is_said_before_it_is_reported_twice(
    tom: Browser, transport: FakeTransport
) -> None:
    known = {"kind": "fault", "state": "triage", "product": None, "path": PLACE["path"], "summary": None,
             "received_at": "2026-11-25T10:00:00Z", "request_id": None, "reference": None}  # fmt: skip
    transport.answers["intake.get_proposals"] = {"duplicates": [known, {**known, "kind": "wish"}]}
    page = tom.get(f"/team/orders/{ORDER_ID}").text
    assert page.count("Already reported here") == 1
    asked = transport.asked("intake.get_proposals")
    assert (asked["location_id"], asked["asset_id"]) == (PLACE["location_id"], ASSET["asset_id"])


def test_of_a_defect_that_was_reported_nothing_more_is_asked(tom: Browser, transport: FakeTransport) -> None:
    transport.answers["dispatch.get_work_order"] = walked(stop(1, "defect", note="Leaks"))
    page = tom.get(f"/team/orders/{ORDER_ID}?stop=1").text
    assert "A fault was reported from this stop" in page
    assert "/tick-stop" not in page


def test_a_round_that_has_not_begun_shows_its_stops_and_asks_nothing(
    tom: Browser, transport: FakeTransport
) -> None:
    transport.answers["dispatch.get_work_order"] = walked(*STOPS, state="accepted", actions=["start"])
    page = tom.get(f"/team/orders/{ORDER_ID}").text
    assert "Stop C" in page
    assert "/tick-stop" not in page


def test_the_list_of_the_team_says_what_is_planned_and_how_far_it_is(
    tom: Browser, transport: FakeTransport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Members, "of", lambda _self, _provider_id: [])
    transport.answers["dispatch.get_work_list"] = listing(walked())
    page = tom.get("/team").text
    assert "Planned work" in page
    assert "1 in order" in page


@pytest.fixture
def karin(browser: Callable[..., Browser], transport: FakeTransport) -> Browser:
    product = {"product_id": FORM["product_id"], "slug": "onderhoud", "name": {"nl": "Onderhoud"}}
    place = {**PLACE, "name": "Keuken", "key": "keuken"}
    transport.answers |= {
        "intake.save_plan": {**PLAN, "days": []},
        "intake.list_locations": {"items": [place], "next_cursor": None},
        "intake.list_assets": {"items": [ASSET], "next_cursor": None},
        "catalog.list_products": {"items": [product], "next_cursor": None},
        "dispatch.list_providers": {"items": []},
    }
    visitor = browser("manager")
    visitor.get("/manage/plans/new")
    return visitor


ROWS = {
    "stop0_title": "Keuken", "stop0_where": "de sluis / keuken", "stop0_points": "Schoon?\n? Bloemen?\n",
    "stop2_title": "", "stop2_where": "bb-12", "stop2_optional": "yes",
}  # fmt: skip


def test_rows_become_stops_and_empty_ones_are_left_out(karin: Browser, transport: FakeTransport) -> None:
    assert karin.post("/manage/plans", {**FORM, **ROWS}).status_code == 303
    assert transport.asked("intake.save_plan")["stops"] == [
        {"title": "Keuken", "location_id": PLACE["location_id"], "optional": False,
         "points": [{"text": "Schoon?", "optional": False}, {"text": "Bloemen?", "optional": True}]},
        {"title": "bb-12", "asset_id": ASSET["asset_id"], "points": [], "optional": True},
    ]  # fmt: skip


def test_a_place_that_is_not_there_is_said_at_its_stop(karin: Browser) -> None:
    answer = karin.post(
        "/manage/plans", {**FORM, "stop0_title": "Zolder", "stop0_where": "De Sluis / Zolder"}
    )
    assert answer.status_code == 422
    assert "stop0_where-wrong" in answer.text
    assert 'value="Zolder"' in answer.text


def test_more_room_is_given_without_losing_what_was_written(karin: Browser, transport: FakeTransport) -> None:
    page = karin.post("/manage/plans", {**FORM, **ROWS, "more": "yes"}).text
    assert "intake.save_plan" not in [name for name, *_ in transport.calls]
    assert len(re.findall(r'name="stop\d+_title"', page)) == 12
    assert "? Bloemen?" in page


def test_a_plan_shows_its_stops_and_how_each_round_went(karin: Browser, transport: FakeTransport) -> None:
    stops = [{key: each[key] for key in OF_PLAN} for each in STOPS]
    transport.answers["intake.get_plan"] = {
        **PLAN,
        "stops": stops,
        "days": [{**MADE, "stop_counts": {**COUNTS, "defect": 2}}],
    }
    page = unescape(karin.get(f"/manage/plans/{PLAN_ID}").text)
    for said in ("Stop A", "De Sluis / Keuken", "2 gebrek", "mag worden overgeslagen"):
        assert said in page
    form = unescape(karin.get(f"/manage/plans/{PLAN_ID}/change").text)
    assert 'value="BB-12"' in form
    assert "? Label <legible>?" in form
