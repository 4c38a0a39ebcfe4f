"""Moments that are proposed to the requester: chosen on the site or by the link, proposed by who comes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from gateway.house import House
from gateway.testing import FakeTransport
from servicekit.errors import Conflict, Invalid, Unavailable

from .conftest import Browser
from .site_samples import PERSON_ID, REQUEST_ID, order, request

ORDER_ID = "01926f00-6000-7a01-8e44-8f9a0b1c2d01"
OTHER_ID = "01926f00-6100-7a01-8e44-8f9a0b1c2d01"
WINDOWS = [
    {"from": "2126-12-01T08:00:00+00:00", "until": "2126-12-01T10:00:00+00:00"},
    {"from": "2126-12-02T08:00:00+00:00", "until": "2126-12-02T10:00:00+00:00"},
]
APPOINTMENT: dict[str, Any] = {
    "work_order_id": ORDER_ID, "version": 5, "title": {"nl": "Herstel", "en": "Repair"},
    "provider": "Vonk & Val", "state": "proposed", "windows": WINDOWS, "chosen": None, "wish": None,
    "planned_from": None, "planned_until": None,
}  # fmt: skip


@pytest.fixture
def services(transport: FakeTransport) -> FakeTransport:
    transport.answers |= {
        "intake.get_request": request(state="in_progress", orders=[order("accepted")]),
        "dispatch.list_appointments": {"items": [APPOINTMENT]},
        "dispatch.answer_appointment": {**APPOINTMENT, "state": "confirmed"},
    }
    return transport


@pytest.fixture
def sanne(browser: Callable[..., Browser]) -> Browser:
    return browser("requester", language="en", person_id=PERSON_ID)


PATH = f"/requests/{REQUEST_ID}"


def test_the_moments_are_offered_to_the_requester(services: FakeTransport, sanne: Browser) -> None:
    page = sanne.get(PATH).text
    assert "When do they come?" in page
    assert page.count('name="choice"') == 2


def test_one_is_chosen(services: FakeTransport, sanne: Browser) -> None:
    sanne.get(PATH)
    fields = {"version": "5", "order": ORDER_ID, "choice": "1"}
    assert sanne.post(f"{PATH}/appointment", fields).status_code == 303
    assert services.asked("dispatch.answer_appointment") == {
        "work_order_id": ORDER_ID, "version": 5, "choice": 1,
    }  # fmt: skip


def test_or_another_is_asked_for(services: FakeTransport, sanne: Browser) -> None:
    sanne.get(PATH)
    fields = {"version": "5", "order": ORDER_ID, "suits": "other", "reason": "Friday"}
    assert sanne.post(f"{PATH}/appointment", fields).status_code == 303
    assert services.asked("dispatch.answer_appointment")["reason"] == "Friday"


def test_nothing_chosen_is_said_and_nothing_is_sent(services: FakeTransport, sanne: Browser) -> None:
    sanne.get(PATH)
    answer = sanne.post(f"{PATH}/appointment", {"version": "5", "order": ORDER_ID})
    assert answer.status_code == 422
    assert "dispatch.answer_appointment" not in [target for target, _ in services.calls]


def test_a_proposal_that_is_gone_is_said(services: FakeTransport, sanne: Browser) -> None:
    services.answers["dispatch.answer_appointment"] = Conflict("nothing_proposed", "There is no moment.")
    sanne.get(PATH)
    answer = sanne.post(f"{PATH}/appointment", {"version": "5", "order": ORDER_ID, "choice": "0"})
    assert answer.status_code == 409


def test_the_link_of_one_request_answers_for_no_other(
    services: FakeTransport, browser: Callable[..., Browser], house: House
) -> None:
    until = house.demo_clock.now() + timedelta(days=90)
    token = house.follow_links.make(UUID(REQUEST_ID), UUID(PERSON_ID), until)
    visitor = browser()
    visitor.get(f"/follow/{token}")
    fields = {"version": "5", "order": OTHER_ID, "choice": "0"}
    assert visitor.post(f"/follow/{token}/appointment", fields).status_code == 404
    assert visitor.post(f"/follow/{token}/appointment", {**fields, "order": ORDER_ID}).status_code == 303


def test_a_page_without_dispatch_is_a_page_all_the_same(services: FakeTransport, sanne: Browser) -> None:
    services.answers["dispatch.list_appointments"] = Unavailable("service_away")
    assert sanne.get(PATH).status_code == 200


WORK = {
    "work_order_id": ORDER_ID, "request_id": REQUEST_ID, "number": "SD-26-000123-1", "version": 4,
    "title": {"nl": "Herstel", "en": "Repair"}, "state": "accepted", "open": True, "offer": 1,
    "provider": {"provider_id": OTHER_ID, "slug": "huisdienst", "name": "Huisdienst", "kind": "team"},
    "actions": ["propose", "schedule"], "delivery": {"state": "none", "attempts": 0, "error": None},
    "summary": "Cold", "priority": "P3", "location": None, "due_at": None, "contact": None, "kind": "fault",
    "text": "Cold", "received_at": "2026-11-23T09:00:00Z", "answers": {}, "quantity": 1, "wanted": None,
    "product": None, "instructions": None, "lead_time": None, "remark": None, "history": [],
    "attempts": [], "planned_from": None, "planned_until": None, "cost_cents": None, "pause": None,
    "reason": None, "note": None, "issued_at": None, "created_at": "2026-11-23T09:00:00Z",
    "updated_at": None,
    "appointment": {"state": "another_asked", "windows": WINDOWS, "chosen": None, "wish": "Friday"},
}  # fmt: skip
TEAM_PATH = f"/team/orders/{ORDER_ID}"


@pytest.fixture
def tom(services: FakeTransport, browser: Callable[..., Browser]) -> Browser:
    services.answers |= {"dispatch.get_work_order": WORK, "dispatch.act_on_work_order": WORK}
    return browser("team", language="en", provider_id=OTHER_ID)


def test_who_comes_reads_what_would_suit_and_proposes_others(services: FakeTransport, tom: Browser) -> None:
    page = tom.get(TEAM_PATH).text
    assert "The requester asks for other moments." in page
    assert "Friday" in page
    fields = {
        "version": "4", "window0_day": "2026-12-04", "window0_from": "09:00", "window0_until": "11:00",
        "window2_day": "2026-12-05", "window2_from": "13:00", "window2_until": "15:00",
    }  # fmt: skip
    assert tom.post(f"{TEAM_PATH}/propose", fields).status_code == 303
    asked = services.asked("dispatch.act_on_work_order")
    assert (asked["action"], asked["version"]) == ("propose", 4)
    assert [str(one["from"]) for one in asked["windows"]] == [
        "2026-12-04 09:00:00+01:00", "2026-12-05 13:00:00+01:00",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "fields", [{"window0_day": "2026-12-04"}, {"window0_day": "x", "window0_from": "y", "window0_until": "z"}]
)
def test_half_a_moment_comes_back_as_it_was_filled_in(
    services: FakeTransport, tom: Browser, fields: dict[str, str]
) -> None:
    tom.get(TEAM_PATH)
    answer = tom.post(f"{TEAM_PATH}/propose", {"version": "4", **fields})
    assert answer.status_code == 422
    assert "Fill in a day, a beginning and an end for each moment." in answer.text


def test_moments_that_dispatch_refuses_are_explained_in_dutch(
    services: FakeTransport, browser: Callable[..., Browser]
) -> None:
    says = "The end of a moment lies before its beginning."
    services.answers["dispatch.act_on_work_order"] = Invalid("missing_detail", says, {"windows": [says]})
    fields = {"window0_day": "2026-08-04", "window0_from": "12:00", "window0_until": "10:00"}
    services.answers["dispatch.get_work_order"] = WORK
    tom = browser("team", provider_id=OTHER_ID)
    tom.get(TEAM_PATH)
    answer = tom.post(f"{TEAM_PATH}/propose", {"version": "4", **fields})
    assert answer.status_code == 422
    assert says not in answer.text
    assert answer.text.count("Het einde van een moment ligt voor het begin. Draai de tijden om.") > 0
