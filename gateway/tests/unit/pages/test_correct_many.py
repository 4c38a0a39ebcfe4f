"""Many requests corrected at once: looked at, done, and undone while nothing has left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from gateway.testing import FakeTransport

from .conftest import Browser

ONE = "01926f00-1000-7a01-8e44-8f9a0b1c2d01"
OTHER = "01926f00-1000-7a01-8e44-8f9a0b1c2d02"
PLACE = "01926f00-2000-7a01-8e44-8f9a0b1c2d01"
BATCH = "01926f00-7000-7a01-8e44-8f9a0b1c2d01"
CAUSES = [{"key": "reported-wrongly", "name": {"nl": "Verkeerd gemeld", "en": "Wrong"}, "active": True}]
SAID = {"what": "place", "location_id": PLACE, "cause": "reported-wrongly", "request": [ONE, OTHER]}
PATH = "/desk/correct-many"


def foreseen(request_id: str, **changed: Any) -> dict[str, Any]:
    return {
        "request_id": request_id, "reference": f"SD-26-{request_id[-6:]}", "summary": "Koud", "version": 3,
        "work_order_id": None, "number": None, "effect": "replan", "before": {}, "after": {}, "problem": None,
        "stops": [{"number": "SD-26-000001-1", "provider": {"name": "Vonk & Val"}}], "issues": [],
        "overrules": [], "keeps": [],
        **changed,
    }  # fmt: skip


def item(position: int, **changed: Any) -> dict[str, Any]:
    return {
        "position": position, "request_id": ONE, "reference": "SD-26-000001", "summary": "Koud",
        "number": None, "state": "done", "problem": None, "why_not": None, **changed,
    }  # fmt: skip


def a_batch(*items: dict[str, Any]) -> dict[str, Any]:
    return {
        "batch_id": BATCH, "at": "2026-11-25T08:00:00Z", "by": {"name": "Amira"}, "what": "place",
        "cause": "reported-wrongly", "note": None, "counts": {"done": 1}, "open": False, "items": list(items),
    }  # fmt: skip


@pytest.fixture
def amira(browser: Callable[..., Browser], transport: FakeTransport) -> Browser:
    transport.answers["intake.list_correction_causes"] = {"items": CAUSES}
    transport.answers["intake.list_locations"] = {
        "items": [{"location_id": PLACE, "path": "De Kade", "name": "De Kade"}]
    }
    signed_in = browser("agent")
    signed_in.get(f"{PATH}?request={ONE}&request={OTHER}&what=place")
    return signed_in


def test_looking_shows_of_each_what_follows_and_ticks_what_can_be_done(
    amira: Browser, transport: FakeTransport
) -> None:
    refused = foreseen(OTHER, problem={"code": "not_allowed", "text": "It is closed.", "errors": None})
    transport.answers["intake.preview_corrections"] = {"items": [foreseen(ONE), refused], "more": False}
    page = amira.post(PATH, {**SAID, "act": "look"}).text
    assert transport.asked("intake.preview_corrections")["request_ids"] == [ONE, OTHER]
    assert f'value="{ONE}.3." checked' in page
    assert f'value="{OTHER}.3." disabled' in page
    assert "It is closed." in page
    assert "SD-26-000001-1" in page


def test_a_rule_in_the_way_of_one_may_be_let_go_and_is_seen_at_that_one(
    amira: Browser, transport: FakeTransport
) -> None:
    refused = foreseen(OTHER, problem={"code": "not_offered", "text": "Only for others.", "errors": None})
    transport.answers["intake.preview_corrections"] = {"items": [foreseen(ONE), refused], "more": False}
    assert 'name="overrule"' in amira.post(PATH, {**SAID, "act": "look"}).text
    passes = foreseen(OTHER, overrules=["outside_audience"])
    transport.answers["intake.preview_corrections"] = {"items": [foreseen(ONE), passes], "more": False}
    page = amira.post(PATH, {**SAID, "act": "look", "overrule": "De directie komt."}).text
    assert page.count("Buiten de doelgroep") == 1
    asked = [given for target, given in transport.calls if target == "intake.preview_corrections"]
    assert asked[-1]["overrule"] == "De directie komt."


def test_what_is_ticked_is_corrected_as_it_was_looked_at(amira: Browser, transport: FakeTransport) -> None:
    transport.answers["intake.correct_requests"] = {"batch_id": BATCH}
    answer = amira.post(PATH, {**SAID, "act": "do", "item": [f"{ONE}.3."]})
    assert answer.headers["Location"] == f"{PATH}/{BATCH}"
    asked = transport.asked("intake.correct_requests")
    assert asked["items"] == [{"request_id": ONE, "version": 3}]
    assert (asked["what"], asked["location_id"]) == ("place", PLACE)


def test_a_wrong_day_and_number_are_put_right_for_all(amira: Browser, transport: FakeTransport) -> None:
    transport.answers["intake.preview_corrections"] = {"items": [foreseen(ONE)], "more": False}
    said = {**SAID, "what": "data", "wanted_day": "2026-12-01", "wanted_hour": "09:00", "quantity": "12"}
    assert amira.post(PATH, {**said, "act": "look"}).status_code == 200
    asked = transport.asked("intake.preview_corrections")
    assert asked["quantity"] == 12
    assert asked["wanted"]["from"] == datetime(2026, 12, 1, 8, tzinfo=UTC)


def test_what_each_has_of_its_own_is_not_asked_for_all(amira: Browser) -> None:
    text = amira.get(f"{PATH}?request={ONE}&request={OTHER}&what=data").text
    assert 'name="wanted_day"' in text
    assert 'name="quantity"' in text
    assert 'name="requested_for_id"' not in text


def test_nothing_ticked_is_said_and_nothing_done(amira: Browser, transport: FakeTransport) -> None:
    assert amira.post(PATH, {**SAID, "act": "do"}).status_code == 422


def test_what_can_not_be_undone_says_why_and_has_no_box(amira: Browser, transport: FakeTransport) -> None:
    transport.answers["intake.get_correction_batch"] = a_batch(
        item(1), item(2, why_not="It is with Vonk & Val.")
    )
    page = amira.get(f"{PATH}/{BATCH}").text
    assert page.count('name="position"') == 1
    assert "It is with Vonk &amp; Val." in page
    transport.answers["intake.undo_corrections"] = {
        **a_batch(item(1)),
        "outcomes": [{"position": 1, "problem": None}],
    }
    assert amira.post(f"{PATH}/{BATCH}/undo", {"position": ["1"]}).status_code == 303
    assert transport.asked("intake.undo_corrections")["positions"] == [1]


def test_undoing_nothing_is_asked_about(amira: Browser, transport: FakeTransport) -> None:
    transport.answers["intake.get_correction_batch"] = a_batch(item(1))
    amira.get(f"{PATH}/{BATCH}")
    answer = amira.post(f"{PATH}/{BATCH}/undo", {})
    assert answer.status_code == 422
    assert "Vink aan wat u ongedaan wilt maken." in answer.text
