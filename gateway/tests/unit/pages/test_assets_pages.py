"""The register of objects, on its pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from gateway.testing import FakeTransport
from servicekit.errors import Invalid

from .conftest import Browser

ASSET_ID = "01926f3a-5c00-7a01-9d3e-3f1c5a7b9e88"
PLACE_ID = "01926f3a-5c00-7a01-9d3e-3f1c5a7b9e99"
PLACE = {"location_id": PLACE_ID, "key": "sluis", "name": "De Sluis", "path": "De Sluis"}
LIFT: dict[str, Any] = {
    "asset_id": ASSET_ID, "code": "LIFT-1", "name": {"nl": "Lift <noord>", "en": "Lift north"},
    "kind": "lift", "location": PLACE, "warranty_until": "2028-01-31", "supplier": "vonk-val",
    "product": "lift-defect", "withdrawn": False, "changed_at": "2026-11-20T09:00:00Z",
}  # fmt: skip
FORM = {
    "code": "LIFT-2", "name_nl": "Lift zuid", "name_en": "Lift south", "kind": "lift", "place": "De Sluis",
    "warranty_until": "2028-01-31", "supplier": "vonk-val", "product": "",
}  # fmt: skip


@pytest.fixture
def known(transport: FakeTransport) -> FakeTransport:
    transport.answers |= {
        "intake.list_assets": {"items": [LIFT], "next_cursor": "verder"},
        "intake.list_asset_kinds": {"items": ["lift", "printer"]},
        "intake.get_asset": LIFT,
        "intake.save_assets": {"created": 1, "updated": 0, "unchanged": 0, "items": []},
        "intake.list_locations": {"items": [PLACE], "next_cursor": None},
        "dispatch.list_providers": {"items": [{"slug": "vonk-val", "name": "Vonk & Val"}]},
        "catalog.list_products": {"items": [], "next_cursor": None},
    }
    return transport


@pytest.fixture
def karin(browser: Callable[..., Browser], known: FakeTransport) -> Browser:
    return browser("manager")


def test_the_list_shows_what_is_known_of_each_and_goes_on(karin: Browser, known: FakeTransport) -> None:
    page = karin.get("/desk/assets?q=noord&kind=lift").text
    for said in ("LIFT-1", "Lift &lt;noord&gt;", "De Sluis", "31 jan 2028", "cursor=verder"):
        assert said in page
    asked = known.asked("intake.list_assets")
    assert asked == {"q": "noord", "kind": "lift", "withdrawn": False, "limit": 50}


def test_the_desk_looks_in_the_register_and_changes_nothing_there(
    browser: Callable[..., Browser], known: FakeTransport
) -> None:
    page = browser("agent").get("/desk/assets").text
    assert "LIFT-1" in page
    assert "/manage/assets" not in page


def test_a_new_object_is_kept_as_it_was_filled_in(karin: Browser, known: FakeTransport) -> None:
    karin.get("/manage/assets/new")
    answer = karin.post("/manage/assets", FORM)
    assert answer.headers["Location"] == "/desk/assets?q=LIFT-2"
    assert known.asked("intake.save_assets") == {"items": [{
        "code": "LIFT-2", "name": {"nl": "Lift zuid", "en": "Lift south"}, "kind": "lift",
        "location_key": "sluis", "warranty_until": date(2028, 1, 31), "supplier": "vonk-val",
        "withdrawn": False,
    }]}  # fmt: skip


def test_a_code_that_is_taken_is_refused_before_it_changes_another(
    karin: Browser, known: FakeTransport
) -> None:
    karin.get("/manage/assets/new")
    answer = karin.post("/manage/assets", {**FORM, "code": "lift-1"})
    assert answer.status_code == 422
    assert "Deze code staat al op een ander object" in answer.text
    assert "intake.save_assets" not in [target for target, _ in known.calls]


def test_a_change_keeps_the_code_that_is_on_the_sticker(karin: Browser, known: FakeTransport) -> None:
    assert "Garantie tot en met" in karin.get(f"/manage/assets/{ASSET_ID}").text
    karin.post(f"/manage/assets/{ASSET_ID}", {**FORM, "code": "ANDERS", "withdrawn": "yes"})
    [saved] = known.asked("intake.save_assets")["items"]
    assert (saved["code"], saved["withdrawn"]) == ("LIFT-1", True)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"place": "De Brug"}, "Er is geen plaats 'De Brug'"),
        ({"place": ""}, 'id="place-wrong"'),
        ({"name_en": ""}, 'id="name_en-wrong"'),
        ({"warranty_until": "ooit"}, 'id="warranty_until-wrong"'),
    ],
)
def test_what_is_not_right_is_said_at_its_field_and_nothing_is_lost(
    karin: Browser, known: FakeTransport, change: dict[str, str], says: str
) -> None:
    karin.get("/manage/assets/new")
    known.answers["intake.list_assets"] = {"items": [], "next_cursor": None}
    answer = karin.post("/manage/assets", {**FORM, **change})
    assert answer.status_code == 422
    assert says in unescape(answer.text)
    assert "Lift zuid" in answer.text


def test_what_intake_refuses_is_said_at_its_field(karin: Browser, known: FakeTransport) -> None:
    wrong = {"items.0.product": ["No product 'x' is published. Choose another, or none."]}
    known.answers["intake.save_assets"] = Invalid("invalid", "No.", wrong)
    karin.get("/manage/assets/new")
    answer = karin.post("/manage/assets", FORM)
    assert answer.status_code == 422
    assert 'id="product-wrong"' in answer.text


# --- choosing one at the desk -----------------------------------------------------------------------------


@pytest.fixture
def amira(browser: Callable[..., Browser], known: FakeTransport) -> Browser:
    return browser("agent")


def test_a_new_call_offers_what_there_is_at_the_place_and_sends_what_was_chosen(
    amira: Browser, known: FakeTransport
) -> None:
    page = amira.get(f"/desk/new?location_id={PLACE_ID}").text
    assert f'name="asset_id" value="{ASSET_ID}"' in page
    assert known.asked("intake.list_assets") == {"location_id": PLACE_ID, "withdrawn": False, "limit": 40}
    known.answers["intake.receive_request"] = {"request_id": ASSET_ID, "reference": "SD-26-000001"}
    amira.post("/desk/new", {"text": "Staat stil", "location_id": PLACE_ID, "asset_id": ASSET_ID})
    assert known.asked("intake.receive_request")["asset_id"] == ASSET_ID


def test_what_is_open_on_a_chosen_object_is_asked_without_any_words(
    amira: Browser, known: FakeTransport
) -> None:
    known.answers["intake.get_proposals"] = {"duplicates": []}
    amira.get(f"/desk/new?asset_id={ASSET_ID}&object=lift")
    assert known.asked("intake.get_proposals") == {"text": "-", "asset_id": ASSET_ID, "object": "lift"}


def test_nothing_is_offered_without_a_place(amira: Browser, known: FakeTransport) -> None:
    amira.get("/desk/new")
    assert "intake.list_assets" not in [target for target, _ in known.calls]
