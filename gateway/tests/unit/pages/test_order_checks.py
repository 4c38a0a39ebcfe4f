"""Work that is done and waits for a look: of the desk, of a team's lead, of the requester."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from gateway.pages.desk.course import picture
from gateway.pages.process_picture import boxes_of_steps
from gateway.pages.words import words
from gateway.testing import FakeTransport
from servicekit.errors import Forbidden

from .conftest import Browser
from .site_samples import PERSON_ID, REQUEST_ID, request
from .site_samples import order as mirrored
from .test_team import ORDER_ID, PROVIDER, order, whole

DONE: dict[str, Any] = {
    "state": "technically_complete", "open": False, "check_required": True, "check_by": "team_lead",
    "check_holds": True,
}  # fmt: skip
WAITING = {
    "work_order_id": ORDER_ID, "version": 7, "title": {"nl": "Kast plaatsen", "en": "Place the cupboard"},
    "provider": "Huisdienst", "state": "technically_complete", "done_at": "2026-11-25T08:00:00Z",
}  # fmt: skip
PATH = f"/requests/{REQUEST_ID}"


@pytest.fixture
def lead(browser: Callable[..., Browser]) -> Browser:
    return browser("team", "team_lead", provider_id=PROVIDER, language="en")


@pytest.fixture
def sanne(browser: Callable[..., Browser], transport: FakeTransport) -> Browser:
    transport.answers |= {
        "intake.get_request": request(state="in_progress", orders=[mirrored("technically_complete")]),
        "dispatch.list_checks": {"items": [WAITING]},
        "dispatch.answer_check": WAITING,
    }
    return browser("requester", language="en", person_id=PERSON_ID)


def test_a_lead_finds_what_the_team_has_done_and_opens_it(transport: FakeTransport, lead: Browser) -> None:
    transport.answers["dispatch.list_work_orders"] = {"items": [order(**DONE)], "next_cursor": None}
    page = lead.get("/team/checks").text
    assert transport.asked("dispatch.list_work_orders")["awaiting_check"] == "team_lead"
    assert f'href="/team/orders/{ORDER_ID}"' in page
    assert "the next steps wait for it" in page


def test_only_a_lead_has_that_list(browser: Callable[..., Browser], transport: FakeTransport) -> None:
    transport.answers["dispatch.list_work_orders"] = {"items": [], "next_cursor": None}
    member = browser("team", provider_id=PROVIDER, language="en")
    assert member.get("/team/checks").status_code == 403
    assert "/team/checks" not in member.get("/team").text


def test_the_desk_has_its_own_and_what_requesters_must_look_at(
    browser: Callable[..., Browser], transport: FakeTransport
) -> None:
    transport.answers["dispatch.list_work_orders"] = {"items": [order(**DONE)], "next_cursor": None}
    page = browser("agent", language="en").get("/desk/checks").text
    asked = [given["awaiting_check"] for target, given in transport.calls if target.endswith("work_orders")]
    assert asked == ["desk", "customer"]
    assert f'href="/desk/requests/{order()["request_id"]}"' in page


@pytest.mark.parametrize(("action", "fields"), [("check", {}), ("fail", {"reason": "Crooked"})])
def test_a_lead_says_whether_it_is_right(
    transport: FakeTransport, lead: Browser, action: str, fields: dict[str, str]
) -> None:
    offered = whole(**DONE, actions=["check", "fail"])
    transport.answers["dispatch.get_work_order"] = offered
    transport.answers["dispatch.act_on_work_order"] = offered
    page = lead.get(f"/team/orders/{ORDER_ID}").text
    assert "Waits for a check by: The team lead" in page
    answer = lead.post(f"/team/orders/{ORDER_ID}/{action}", {"version": "4", **fields})
    assert answer.status_code == 303
    assert transport.asked("dispatch.act_on_work_order")["action"] == action


def test_the_requester_is_asked_to_look(sanne: Browser) -> None:
    page = sanne.get(PATH).text
    assert "Is this right?" in page
    assert "Place the cupboard" in page


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ({"right": "yes"}, {"right": True}),
        ({"right": "no", "reason": "It leaks"}, {"right": False, "reason": "It leaks"}),
    ],
)
def test_and_says_what_they_see(
    transport: FakeTransport, sanne: Browser, typed: dict[str, str], sent: dict[str, Any]
) -> None:
    sanne.get(PATH)
    assert sanne.post(f"{PATH}/check", {"version": "7", "order": ORDER_ID, **typed}).status_code == 303
    asked = transport.asked("dispatch.answer_check")
    assert asked == {"work_order_id": ORDER_ID, "version": 7, **sent}


def test_what_is_not_right_must_be_said(transport: FakeTransport, sanne: Browser) -> None:
    sanne.get(PATH)
    answer = sanne.post(f"{PATH}/check", {"version": "7", "order": ORDER_ID, "right": "no"})
    assert answer.status_code == 422
    assert "dispatch.answer_check" not in [target for target, _ in transport.calls]


def test_when_it_cannot_be_asked_the_page_is_there_without(transport: FakeTransport, sanne: Browser) -> None:
    transport.answers["dispatch.list_checks"] = Forbidden("forbidden", "Not you.")
    page = sanne.get(PATH)
    assert page.status_code == 200
    assert "Is this right?" not in page.text


def test_pictures_say_who_checks() -> None:
    step = {
        "key": "look", "title": {"nl": "Kijken", "en": "Look"}, "provider": "", "role": "plumbing",
        "check": {"by": "customer", "holds": True}, "depends_on": [],
    }  # fmt: skip
    (box,) = boxes_of_steps([step], words("en"), {})
    assert box.under == "Role: plumbing · ✓ The requester"
    shown = [order(**DONE, step="look"), order(step="mend", depends_on=["look"], work_order_id="2")]
    found = picture(words("en"), shown)
    assert found is not None
    assert found.nodes[0].under == "To check: The team lead"
