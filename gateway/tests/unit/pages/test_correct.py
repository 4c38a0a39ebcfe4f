"""Putting a request right on the desk's pages, and what that adds up to for the manager."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from gateway.testing import FakeTransport
from servicekit.errors import Invalid

from .conftest import Browser

REQUEST_ID = "01926f00-1000-7a01-8e44-8f9a0b1c2d01"
ORDER_ID = "01926f00-1000-7a01-8e44-8f9a0b1c2d02"
VONK = {"provider_id": "01926f00-1000-7a01-8e44-8f9a0b1c2d03", "name": "Vonk & Val", "kind": "supplier"}
PATH = f"/desk/requests/{REQUEST_ID}/correct"
CAUSES = {"items": [{"key": "other", "name": {"nl": "Anders", "en": "Other"}, "active": True},
                    {"key": "old", "name": {"nl": "Vroeger", "en": "Before"}, "active": False}]}  # fmt: skip
ORDER = {"work_order_id": ORDER_ID, "number": "SD-26-000123-1", "step": "repair", "state": "in_progress",
         "title": {"nl": "Repareren", "en": "Repair"}, "provider": VONK, "round": 1}  # fmt: skip
REQUEST: dict[str, Any] = {
    "request_id": REQUEST_ID, "reference": "SD-26-000123", "version": 4, "state": "in_progress",
    "summary": "De radiator blijft koud", "answers": {"floor": 3}, "quantity": 2, "orders": [ORDER],
    "product": None, "kind": "fault",
}  # fmt: skip
FORESEEN = {"request_id": REQUEST_ID, "reference": "SD-26-000123", "version": 4, "what": "no_show",
            "effect": "reroute", "before": {}, "after": {}, "confides": False, "overrules": [], "keeps": [],
            "issues": [{"nl": "Repareren", "en": "Repair"}],
            "stops": [{k: ORDER[k] for k in ("work_order_id", "number", "state", "provider")}]}  # fmt: skip


@pytest.fixture
def desk(transport: FakeTransport) -> FakeTransport:
    transport.answers |= {
        "intake.get_request": REQUEST,
        "intake.list_correction_causes": CAUSES,
        "intake.correct_request": {**REQUEST, "version": 5},
        "intake.preview_correction": FORESEEN,
        "dispatch.list_providers": {"items": [VONK]},
        "catalog.list_products": {"items": []},
        "intake.list_locations": {"items": []},
    }
    return transport


def test_only_the_fields_of_what_was_wrong_are_asked(
    browser: Callable[..., Browser], desk: FakeTransport
) -> None:
    amira = browser("agent")
    assert (
        "<form"
        not in amira.get(PATH).text.split("<main", 1)[-1].split("SD-26-000123", 1)[-1].split("</nav>")[0]
    )
    page = amira.get(f"{PATH}?what=no_show").text
    assert ('name="work_order_id"' in page, 'name="provider_id"' in page) == (True, True)
    assert ('name="kind"' in page, 'name="cost"' in page) == (False, False)


def test_a_cause_that_is_not_used_any_more_is_not_offered(
    browser: Callable[..., Browser], desk: FakeTransport
) -> None:
    page = browser("agent").get(f"{PATH}?what=kind").text
    assert ('value="other"' in page, 'value="old"' in page) == (True, False)


def test_looking_shows_what_follows_and_changes_nothing(
    browser: Callable[..., Browser], desk: FakeTransport
) -> None:
    amira = browser("agent")
    amira.get(PATH)
    given = {"what": "no_show", "cause": "other", "work_order_id": ORDER_ID, "version": "4", "act": "look"}
    page = unescape(amira.post(PATH, given).text)
    assert "SD-26-000123-1 · Vonk & Val" in page
    assert desk.asked("intake.preview_correction")["work_order_id"] == ORDER_ID
    assert "intake.correct_request" not in [call[0] for call in desk.calls]


def test_correcting_goes_to_the_version_that_was_seen(
    browser: Callable[..., Browser], desk: FakeTransport
) -> None:
    amira = browser("agent")
    amira.get(PATH)
    given = {"what": "price", "cause": "other", "work_order_id": ORDER_ID, "cost": "45,50", "version": "4"}
    assert amira.post(PATH, {**given, "act": "do"}).status_code == 303
    asked = desk.asked("intake.correct_request")
    assert (asked["version"], asked["cost_cents"], asked["what"]) == (4, 4550, "price")


def test_what_is_refused_comes_back_with_what_was_chosen(
    browser: Callable[..., Browser], desk: FakeTransport
) -> None:
    desk.answers["intake.correct_request"] = Invalid("invalid", "Say why.", {"note": ["Say why."]})
    amira = browser("agent")
    amira.get(PATH)
    given = {"what": "bad_work", "cause": "other", "work_order_id": ORDER_ID, "version": "4", "act": "do"}
    answer = amira.post(PATH, given)
    assert answer.status_code == 422
    assert f'value="{ORDER_ID}" selected' in answer.text


LATE = Invalid("ordered_too_late", "Order before Wednesday noon.", {"wanted": ["Order before Wednesday."]})
PRODUCT = {"what": "product", "cause": "other", "product_id": ORDER_ID, "version": "4"}


def test_a_rule_in_the_way_may_be_let_go_with_a_reason_which_is_seen_before_it_is_done(
    browser: Callable[..., Browser], desk: FakeTransport
) -> None:
    amira = browser("agent")
    desk.answers["catalog.get_product"] = {"product_id": ORDER_ID, "questions": []}
    desk.answers["intake.preview_correction"] = LATE
    assert 'name="overrule"' not in amira.get(f"{PATH}?what=product").text
    assert 'name="overrule"' in amira.post(PATH, {**PRODUCT, "act": "look"}).text
    desk.answers["intake.preview_correction"] = {**FORESEEN, "overrules": ["ordered_late"]}
    page = amira.post(PATH, {**PRODUCT, "act": "look", "overrule": "De directie komt."}).text
    assert "Besteld na de sluitingstijd" in page
    amira.post(PATH, {**PRODUCT, "act": "do", "overrule": "De directie komt."})
    assert desk.asked("intake.correct_request")["overrule"] == "De directie komt."


def test_a_manager_sees_what_corrections_add_up_to_and_opens_each_list(
    browser: Callable[..., Browser], desk: FakeTransport
) -> None:
    line = {
        "correction_id": ORDER_ID, "request_id": REQUEST_ID, "reference": "SD-26-000123", "what": "no_show",
        "cause": "other", "state": "cancelling", "by": {"kind": "person", "name": "Amira"},
        "at": "2026-11-23T09:00:00Z",
    }  # fmt: skip
    causes = [{"key": "other", "name": {"nl": "Anders", "en": "Other"}, "count": 1}]
    counted = {
        "count": 1, "causes": causes, "whats": [{"key": "no_show", "count": 1}], "products": [],
        "providers": [{"key": VONK["provider_id"], "name": "Vonk & Val", "count": 1}],
    }  # fmt: skip
    desk.answers |= {
        "intake.list_corrections": {"items": [line], "next_cursor": None},
        "intake.count_corrections": counted,
    }
    page = unescape(browser("manager").get("/manage/corrections").text)
    assert f"/manage/corrections?providerId={VONK['provider_id']}" in page
    assert "/manage/corrections?what=no_show" in page
    assert f"/desk/requests/{REQUEST_ID}" in page


ASSET = {"asset_id": ORDER_ID, "code": "LIFT-1", "name": {"nl": "Lift noord", "en": "Lift north"}}
PLACE_ID = "01926f00-1000-7a01-8e44-8f9a0b1c2d09"


def test_at_another_place_the_objects_of_that_place_are_offered_and_the_old_one_pointed_out(
    browser: Callable[..., Browser], desk: FakeTransport
) -> None:
    desk.answers["intake.get_request"] = {**REQUEST, "asset": ASSET}
    other = {**ASSET, "asset_id": PLACE_ID, "code": "LIFT-K", "location": {"path": "De Kade"}}
    desk.answers["intake.list_assets"] = {"items": [other], "next_cursor": None}
    amira = browser("agent")
    part = {"HX-Request": "true", "HX-Target": "correct-assets"}
    page = amira.get(f"{PATH}?what=place&location_id={PLACE_ID}", **part).text
    assert "Lift noord (LIFT-1)" in page
    assert f'name="asset_id" value="{PLACE_ID}"' in page
    assert desk.asked("intake.list_assets")["location_id"] == PLACE_ID
    amira.get(PATH)
    given = {"what": "place", "cause": "other", "location_id": PLACE_ID, "asset_id": PLACE_ID}
    amira.post(PATH, {**given, "version": "4", "act": "look"})
    assert desk.asked("intake.preview_correction")["asset_id"] == PLACE_ID


def test_the_causes_are_kept_in_the_order_of_their_places_and_a_new_one_gets_a_key(
    browser: Callable[..., Browser], desk: FakeTransport
) -> None:
    desk.answers["intake.save_correction_causes"] = CAUSES
    karin = browser("manager")
    page = karin.get("/manage/corrections/causes").text
    assert ('value="Anders"' in page, 'value="Vroeger"' in page) == (True, False)
    names = ("key", "nl", "en", "place", "gone")
    lines = (
        ("other", "Anders", "Other", "9", ""),
        ("", "Te láát", "Too late!", "2", ""),
        ("", "", "", "3", ""),
        ("no", "Nee", "No", "1", "1"),
    )
    typed = {
        f"{number}.{name}": text
        for number, line in enumerate(lines, 1)
        for name, text in zip(names, line, strict=True)
    }
    typed["count"] = str(len(lines))
    assert karin.post("/manage/corrections/causes", typed).status_code == 303
    assert desk.asked("intake.save_correction_causes")["items"] == [
        {"key": "too-late", "name": {"nl": "Te láát", "en": "Too late!"}},
        {"key": "other", "name": {"nl": "Anders", "en": "Other"}},
    ]


def test_a_cause_without_its_english_name_comes_back_with_what_was_typed(
    browser: Callable[..., Browser], desk: FakeTransport
) -> None:
    karin = browser("manager")
    karin.get("/manage/corrections/causes")
    answer = karin.post("/manage/corrections/causes", {"count": "1", "1.nl": "Te laat", "1.place": "1"})
    assert answer.status_code == 422
    assert 'value="Te laat"' in answer.text
    assert "intake.save_correction_causes" not in [call[0] for call in desk.calls]


def test_a_correction_of_which_nothing_has_left_is_taken_back_in_the_dossier(
    browser: Callable[..., Browser], desk: FakeTransport
) -> None:
    desk.answers["intake.undo_correction"] = {**REQUEST, "version": 6}
    amira = browser("agent")
    amira.get(PATH)
    path = f"/desk/requests/{REQUEST_ID}/corrections/{ORDER_ID}/undo"
    assert amira.post(path, {}).headers["location"].startswith(f"/desk/requests/{REQUEST_ID}")
    assert desk.asked("intake.undo_correction")["correction_id"] == ORDER_ID
