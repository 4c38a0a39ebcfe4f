"""Several orders in one go, on the pages of those who do them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from gateway.testing import FakeTransport
from servicekit.errors import Invalid

from .conftest import Browser
from .test_team import ORDER_ID, PROVIDER, order

VISIT_ID = "01926f00-6000-7a01-8e44-8f9a0b1c2d01"
OTHER_ID = "01926f00-5000-7a01-8e44-8f9a0b1c2d02"
PATH = f"/team/visits/{VISIT_ID}"


def one_visit(**changed: Any) -> dict[str, Any]:
    return {
        "visit_id": VISIT_ID,
        "provider": {"provider_id": PROVIDER, "name": "Technische Dienst"},
        "made_at": "2026-11-25T08:00:00Z",
        "made_by": "Tom Bakker",
        "note": None,
        "actions": ["schedule", "start", "complete"],
        "orders": [order(checklist=[]), order(work_order_id=OTHER_ID, number="SD-26-000124-1", checklist=[])],
        **changed,
    }


@pytest.fixture
def tom(browser: Callable[..., Browser], transport: FakeTransport) -> Browser:
    transport.answers["dispatch.get_visit"] = one_visit()
    transport.answers["dispatch.list_visits"] = {"items": [one_visit()], "likely": []}
    return browser("team")


def test_what_could_be_one_visit_is_put_together_by_one_button(
    tom: Browser, transport: FakeTransport
) -> None:
    two = [order(), order(work_order_id=OTHER_ID, number="SD-26-000124-1")]
    transport.answers["dispatch.list_visits"] = {"items": [], "likely": [two]}
    transport.answers["dispatch.plan_visit"] = {"visit_id": VISIT_ID}
    page = tom.get("/team/visits").text
    assert page.count('name="work_order_id"') == 2
    answer = tom.post("/team/visits", {"work_order_id": [ORDER_ID, OTHER_ID]})
    assert answer.headers["Location"] == PATH
    assert transport.asked("dispatch.plan_visit")["work_order_ids"] == [ORDER_ID, OTHER_ID]


def test_one_order_is_no_visit_and_the_page_says_so(tom: Browser, transport: FakeTransport) -> None:
    tom.get("/team/visits")
    transport.answers["dispatch.plan_visit"] = Invalid("cannot_gather", "No.", {"work_order_ids": ["No."]})
    answer = tom.post("/team/visits", {"work_order_id": [ORDER_ID, OTHER_ID]})
    assert answer.status_code == 422
    assert "twee of meer opdrachten" in answer.text


def test_a_word_about_the_visit_is_one_form(tom: Browser, transport: FakeTransport) -> None:
    page = tom.get(PATH).text
    assert "2 opdrachten in één bezoek" in page
    assert f'action="{PATH}/start"' in page
    assert f'action="{PATH}/accept"' not in page
    transport.answers["dispatch.act_on_visit"] = {**one_visit(), "outcomes": [{"outcome": "done"}] * 2}
    assert tom.post(f"{PATH}/start", {}).headers["Location"] == PATH
    assert transport.asked("dispatch.act_on_visit") == {"visit_id": VISIT_ID, "action": "start"}


def test_who_was_left_out_is_named_with_why(tom: Browser, transport: FakeTransport) -> None:
    tom.get(PATH)
    left = {
        "work_order_id": OTHER_ID,
        "number": "SD-26-000124-1",
        "outcome": "points_open",
        "text": "Points.",
    }
    done = {"work_order_id": ORDER_ID, "number": "SD-26-000123-1", "outcome": "done", "text": None}
    transport.answers["dispatch.act_on_visit"] = {**one_visit(), "outcomes": [done, left]}
    page = tom.post(f"{PATH}/complete", {"cost": "12,50"}).text
    assert "SD-26-000124-1: Points." in page
    assert transport.asked("dispatch.act_on_visit")["cost_cents"] == 1250


def test_all_points_are_ticked_at_once(tom: Browser, transport: FakeTransport) -> None:
    points = [{"nl": "Stroom eraf", "en": "Power off"}]
    transport.answers["dispatch.get_visit"] = one_visit(orders=[order(checklist=points), order(checklist=[])])
    assert "Alle punten van elke opdracht" in tom.get(PATH).text
    transport.answers["dispatch.act_on_visit"] = {**one_visit(), "outcomes": []}
    tom.post(f"{PATH}/complete", {"checklist": "0"})
    assert transport.asked("dispatch.act_on_visit")["all_points"] is True


def test_an_order_is_taken_out(tom: Browser, transport: FakeTransport) -> None:
    tom.get(PATH)
    transport.answers["dispatch.leave_visit"] = one_visit()
    assert tom.post(f"{PATH}/leave", {"work_order_id": OTHER_ID}).headers["Location"] == PATH
    assert transport.asked("dispatch.leave_visit") == {"visit_id": VISIT_ID, "work_order_id": OTHER_ID}
