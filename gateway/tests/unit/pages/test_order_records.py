"""What comes with completion, as a mechanic fills it in and as the desk reads it."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from gateway.house import House
from gateway.pages.order_forms import cents
from gateway.testing import FakeTransport
from servicekit.errors import Invalid

from ..files import samples  # noqa: TID252 - the same files as their own tests
from .conftest import ACCOUNT_ID, Browser
from .test_team import ORDER_ID, PROVIDER, order, whole

POINTS = [{"nl": "Leeg?", "en": "Empty?"}, {"nl": "Schoon?", "en": "Clean?"}]
REPORTED = {
    "checklist": [0, 1],
    "time": [{"kind": "work", "minutes": 90, "rate_cents": 6000, "amount_cents": 9000}],
    "material": [
        {"name": "Kit", "quantity": "2.5", "unit": "litre", "price_cents": 1101, "amount_cents": 2753}
    ],
}
OVER = {"state": "over", "cost_cents": 20_050, "limit_cents": 11_000, "reason": None, "at": "2026-11-25"}


@pytest.fixture
def tom(browser: Callable[..., Browser], transport: FakeTransport) -> Browser:
    visitor = browser("team", provider_id=PROVIDER, language="en")
    transport.answers["dispatch.act_on_work_order"] = order(state="technically_complete")
    transport.answers["dispatch.get_work_order"] = whole(
        actions=["complete"], state="in_progress", checklist=POINTS, agreed_cents=10_000
    )
    visitor.get("/style")
    return visitor


def complete(tom: Browser, **fields: Any) -> Any:
    return tom.post(f"/team/orders/{ORDER_ID}/complete", {"version": "4", **fields})


def test_the_points_stand_in_the_form_to_be_ticked(tom: Browser) -> None:
    page = tom.get(f"/team/orders/{ORDER_ID}").text
    assert 'name="checklist" value="1"' in page
    assert "Clean?" in page
    assert "€ 100.00" in page  # the agreed price


def test_points_hours_and_material_go_along_exactly(tom: Browser, transport: FakeTransport) -> None:
    answer = complete(
        tom,
        checklist=["0", "1"],
        time0_kind="work", time0_hours="1:30", time0_rate="60",
        time1_kind="travel", time1_hours="0,5",
        material0_name="Kit", material0_quantity="2,50", material0_unit="litre", material0_price="€ 11,01",
    )  # fmt: skip
    assert answer.status_code == 303
    asked = transport.asked("dispatch.act_on_work_order")
    assert asked["checklist"] == [0, 1]
    assert asked["time"] == [
        {"kind": "work", "minutes": 90, "rate_cents": 6000}, {"kind": "travel", "minutes": 30},
    ]  # fmt: skip
    assert asked["material"] == [{"name": "Kit", "quantity": "2.5", "unit": "litre", "price_cents": 1101}]


@pytest.mark.parametrize("hours", ["soon", "1:75", "1:5", "-1", "0", "nan", ":30"])
def test_hours_that_are_none_come_back_with_what_was_typed(tom: Browser, hours: str) -> None:
    answer = complete(tom, time0_kind="work", time0_hours=hours, note="New tube.")
    assert answer.status_code == 422
    assert f'value="{hours}"' in answer.text
    assert "New tube." in answer.text


@pytest.mark.parametrize(
    "fields",
    [
        {"material0_name": "Kit"},
        {"material0_quantity": "2"},
        {"material0_name": "Kit", "material0_quantity": "0"},
        {"material0_name": "Kit", "material0_quantity": "1,23456"},
        {"material0_name": "Kit", "material0_quantity": "1", "material0_price": "much"},
        {"material0_name": "Kit", "material0_quantity": "1e9999999"},
    ],
)
def test_material_that_is_not_said_whole_comes_back(tom: Browser, fields: dict[str, str]) -> None:
    answer = complete(tom, **fields, material0_unit="piece")
    assert answer.status_code == 422
    assert "Say what was used and how much" in answer.text


def test_points_that_are_not_ticked_are_named_and_the_ticked_ones_kept(
    tom: Browser, transport: FakeTransport
) -> None:
    transport.answers["dispatch.act_on_work_order"] = Invalid(
        "points_open", "x", {"checklist": ["Not ticked: Clean?"]}
    )
    page = complete(tom, checklist=["0"]).text
    assert "still open:" in page
    assert "“Clean?”" in page
    assert "“Empty?”" not in page
    assert f'value="0" id="point0-complete-{ORDER_ID}" checked' in page


def test_what_was_reported_is_read_by_who_reported_it(tom: Browser, transport: FakeTransport) -> None:
    transport.answers["dispatch.get_work_order"] = whole(
        state="technically_complete", actions=[], checklist=POINTS, record=REPORTED, cost_cents=20_050,
        agreed_cents=10_000, cost_standing={**OVER, "state": "disputed", "reason": "One mechanic was asked"},
    )  # fmt: skip
    page = tom.get(f"/team/orders/{ORDER_ID}").text
    for shown in ("1:30", "€ 90.00", "2.5 litre", "€ 27.53", "€ 200.50", "One mechanic was asked"):
        assert shown in page


def test_a_point_that_may_stay_open_says_so_and_is_no_fault_when_it_did(
    tom: Browser, transport: FakeTransport
) -> None:
    points = [POINTS[0], {**POINTS[1], "optional": True}]
    transport.answers["dispatch.get_work_order"] = whole(
        actions=["complete"], state="in_progress", checklist=points
    )
    page = tom.get(f"/team/orders/{ORDER_ID}").text
    assert page.count('Clean? <span class="optional">(optional)</span>') == 1
    record = {"checklist": [0], "time": [], "material": []}
    transport.answers["dispatch.get_work_order"] = whole(
        state="technically_complete", actions=[], checklist=points, record=record
    )
    assert 'Clean? <span class="soft">(left open)</span>' in tom.get(f"/team/orders/{ORDER_ID}").text


def test_the_margin_is_saved_with_its_version(
    browser: Callable[..., Browser], transport: FakeTransport
) -> None:
    transport.answers |= {
        "dispatch.get_order_terms": {"cost_margin_percent": 10, "version": 3},
        "dispatch.save_order_terms": {"cost_margin_percent": 5, "version": 4},
        "dispatch.list_routing_rules": {"items": []},
        "dispatch.list_providers": {"items": []},
        "catalog.list_products": {"items": [], "next_cursor": None},
        "intake.list_locations": {"items": []},
    }
    karin = browser("manager", language="en")
    karin.get("/style")
    saved = karin.post("/manage/routing/terms", {"version": "3", "cost_margin_percent": "5"})
    assert saved.status_code == 303
    assert transport.asked("dispatch.save_order_terms") == {"version": 3, "cost_margin_percent": 5}
    for wrong in ("", "101", "x", "-1"):
        answer = karin.post("/manage/routing/terms", {"version": "3", "cost_margin_percent": wrong})
        assert answer.status_code == 422, wrong


def test_what_the_desk_may_agree_to_is_saved_in_euros(
    browser: Callable[..., Browser], transport: FakeTransport
) -> None:
    transport.answers |= {
        "dispatch.get_order_terms": {"cost_margin_percent": 10, "extra_desk_cents": 10_000, "version": 3},
        "dispatch.save_order_terms": {"cost_margin_percent": 10, "version": 4},
        "dispatch.list_routing_rules": {"items": []},
        "dispatch.list_providers": {"items": []},
        "catalog.list_products": {"items": [], "next_cursor": None},
        "intake.list_locations": {"items": []},
    }
    karin = browser("manager", language="en")
    assert 'value="100.00"' in karin.get("/manage/routing").text
    terms = {"version": "3", "cost_margin_percent": "10"}
    karin.post("/manage/routing/terms", {**terms, "extra_desk": "1.250,50"})
    assert transport.asked("dispatch.save_order_terms")["extra_desk_cents"] == 125_050
    assert karin.post("/manage/routing/terms", {**terms, "extra_desk": "veel"}).status_code == 422


def test_a_photo_goes_along_and_stays_when_something_is_not_right(
    tom: Browser, transport: FakeTransport, house: House
) -> None:
    assert 'enctype="multipart/form-data"' in tom.get(f"/team/orders/{ORDER_ID}").text
    again = complete(tom, cost="much", files=[(io.BytesIO(samples.jpeg()), "klaar.jpg")]).text
    (kept,) = re.findall(r'name="attachment" value="([^"]+)"', again)
    complete(tom, attachment=html.unescape(kept))
    (receipt,) = transport.asked("dispatch.act_on_work_order")["attachments"]
    assert house.files.receipts.read(receipt, ACCOUNT_ID).name == "klaar.jpg"


def test_files_that_came_with_it_can_be_saved(tom: Browser, transport: FakeTransport) -> None:
    file = {"file_id": "f-1", "name": "klaar.jpg", "media_type": "image/jpeg", "size": 7, "scanned": False}
    record = {"checklist": [], "time": [], "material": [], "files": [file]}
    transport.answers["dispatch.get_work_order"] = whole(state="checked", actions=[], record=record)
    page = tom.get(f"/team/orders/{ORDER_ID}").text
    assert f'href="/team/orders/{ORDER_ID}/files/f-1"' in page
    assert "not scanned" in page


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("95", 9_500), ("95,50", 9_550), ("95.50", 9_550), ("1.250,00", 125_000), ("1.250", 125_000),
        ("€ 1.250.000", 125_000_000), ("1250.5", 125_050),
    ],
)  # fmt: skip
def test_an_amount_is_read_as_it_is_written(text: str, amount: int) -> None:
    assert cents("threshold", text) == amount


def test_more_than_the_limit_is_asked_with_how_much_and_why(tom: Browser, transport: FakeTransport) -> None:
    asking = whole(actions=["ask_extra"], state="in_progress", agreed_cents=10_000, limit_cents=25_000)
    transport.answers["dispatch.get_work_order"] = asking
    page = tom.get(f"/team/orders/{ORDER_ID}").text
    assert "Ask for extra work" in page
    assert "€ 250.00" in page  # what it may cost
    path = f"/team/orders/{ORDER_ID}/ask-extra"
    assert tom.post(path, {"version": "4", "amount": "80,50", "reason": "Lek"}).status_code == 303
    asked = transport.asked("dispatch.act_on_work_order")
    said = {name: asked[name] for name in ("action", "amount_cents", "reason")}
    assert said == {"action": "ask_extra", "amount_cents": 8_050, "reason": "Lek"}
    refused = tom.post(path, {"version": "4", "amount": "", "reason": "Lek"})
    assert refused.status_code == 422
    assert 'value="Lek"' in refused.text


@pytest.mark.parametrize(
    ("state", "words"),
    [("asked", "Extra work is asked"), ("granted", "is agreed"), ("refused", "is not agreed"),
     ("withdrawn", "is not asked any more")],
)  # fmt: skip
def test_what_was_said_of_it_is_read_by_who_does_the_work(
    tom: Browser, transport: FakeTransport, state: str, words: str
) -> None:
    extra = {"state": state, "of": "budget_holder", "amount_cents": 8_050, "limit_cents": 10_000,
             "reason": "Ook <b>lek</b>", "decision": None, "number": 1}  # fmt: skip
    pause = {"reason": "extra_work", "counterparty": "requester"}
    standing = whole(actions=[], state="paused", extra_work=extra, pause=pause)
    transport.answers["dispatch.get_work_order"] = standing
    page = tom.get(f"/team/orders/{ORDER_ID}").text
    for said in (words, "€ 80.50", "Ook &lt;b&gt;lek&lt;/b&gt;", "A decision about extra work"):
        assert said in page
