"""Several orders in one go, on the pages of those who do them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from gateway.testing import FakeTransport
from servicekit.errors import Invalid, Stale

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
        "version": 3,
        "begun": False,
        "actions": ["schedule", "start", "complete"],
        "orders": [order(checklist=[]), order(work_order_id=OTHER_ID, number="SD-26-000124-1", checklist=[])],
        **changed,
    }


@pytest.fixture
def tom(browser: Callable[..., Browser], transport: FakeTransport) -> Browser:
    transport.answers["dispatch.get_visit"] = one_visit()
    transport.answers["dispatch.list_visits"] = {"items": [one_visit()], "likely": [], "free": []}
    return browser("team")


def test_what_could_be_one_visit_is_put_together_by_one_button(
    tom: Browser, transport: FakeTransport
) -> None:
    two = [order(), order(work_order_id=OTHER_ID, number="SD-26-000124-1")]
    transport.answers["dispatch.list_visits"] = {"items": [], "likely": [two], "free": two}
    transport.answers["dispatch.plan_visit"] = {"visit_id": VISIT_ID}
    page = tom.get("/team/visits").text
    assert page.count('name="work_order_id"') == 4, "proposed, and to choose from"
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
    assert tom.post(f"{PATH}/start", {"version": "3"}).headers["Location"] == PATH
    assert transport.asked("dispatch.act_on_visit") == {
        "visit_id": VISIT_ID, "version": 3, "action": "start"
    }  # fmt: skip


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
    answer = tom.post(f"{PATH}/leave", {"work_order_id": OTHER_ID, "version": "3"})
    assert answer.headers["Location"] == PATH
    assert transport.asked("dispatch.leave_visit") == {
        "visit_id": VISIT_ID, "version": 3, "work_order_id": OTHER_ID
    }  # fmt: skip


def test_when_the_last_ones_are_taken_apart_one_comes_back_at_the_list(
    tom: Browser, transport: FakeTransport
) -> None:
    assert f'action="{PATH}/dissolve"' in tom.get(PATH).text
    transport.answers["dispatch.dissolve_visit"] = one_visit(orders=[])
    assert tom.post(f"{PATH}/dissolve", {"version": "3"}).headers["Location"] == "/team/visits"


def test_a_visit_that_somebody_began_is_not_taken_apart(tom: Browser, transport: FakeTransport) -> None:
    transport.answers["dispatch.get_visit"] = one_visit(begun=True)
    assert f'action="{PATH}/dissolve"' not in tom.get(PATH).text


def test_what_changed_meanwhile_is_said_and_shown_as_it_is_now(
    tom: Browser, transport: FakeTransport
) -> None:
    tom.get(PATH)
    transport.answers["dispatch.join_visit"] = Stale("stale", "Orders joined or left.")
    answer = tom.post(f"{PATH}/join", {"work_order_id": OTHER_ID, "version": "2"})
    assert answer.status_code == 412
    assert 'role="alert"' in answer.text


def test_a_visit_is_refused_whole_with_the_reason(tom: Browser, transport: FakeTransport) -> None:
    transport.answers["dispatch.get_visit"] = one_visit(actions=["accept", "refuse"])
    assert f'action="{PATH}/refuse"' in tom.get(PATH).text
    assert tom.post(f"{PATH}/refuse", {"version": "3"}).status_code == 422
    transport.answers["dispatch.act_on_visit"] = {**one_visit(), "outcomes": [{"outcome": "done"}] * 2}
    answer = tom.post(f"{PATH}/refuse", {"reason": "Geen tijd", "version": "3"})
    assert answer.headers["Location"] == "/team/visits"


def test_the_desk_chooses_of_whom(browser: Callable[..., Browser], transport: FakeTransport) -> None:
    transport.answers["dispatch.list_visits"] = {"items": [], "likely": [], "free": []}
    transport.answers["dispatch.list_providers"] = {"items": [{"provider_id": PROVIDER, "name": "Bezemwijs"}]}
    page = browser("agent").get(f"/team/visits?provider={PROVIDER}").text
    assert "Bezemwijs" in page
    assert transport.asked("dispatch.list_visits") == {"provider_id": PROVIDER}
