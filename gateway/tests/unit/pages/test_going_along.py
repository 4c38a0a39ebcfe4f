"""What goes along with an order, where the order is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from gateway.house import House
from gateway.testing import FakeTransport

from .conftest import Browser
from .test_team import ORDER_ID, PROVIDER, order, whole
from .test_visits_pages import OTHER_ID, VISIT_ID, one_visit

REQUEST_ID = "01926f00-4000-7a01-8e44-8f9a0b1c2d01"
COMPANY = f"/desk/requests/{REQUEST_ID}/company"


def companion(**more: Any) -> dict[str, Any]:
    return {**order(work_order_id=OTHER_ID, number="SD-26-000124-1"), "alike": True, **more}


@pytest.fixture
def desk(browser: Callable[..., Browser], transport: FakeTransport) -> Browser:
    transport.answers["dispatch.list_work_orders"] = {"items": [order(state="issued")], "next_cursor": None}
    return browser("agent")


def test_the_desk_puts_an_order_together_with_what_could_go_along(
    desk: Browser, transport: FakeTransport
) -> None:
    transport.answers["dispatch.get_company"] = {"visit": None, "could": [companion()], "visits": []}
    page = desk.get(COMPANY).text
    assert f'type="hidden" name="work_order_id" value="{ORDER_ID}"' in page
    assert f'value="{OTHER_ID}" checked' in page, "the same work is ticked beforehand"
    assert 'action="/team/visits"' in page


def test_other_work_is_shown_but_not_ticked(desk: Browser, transport: FakeTransport) -> None:
    could = [companion(alike=False)]
    transport.answers["dispatch.get_company"] = {"visit": None, "could": could, "visits": []}
    assert f'value="{OTHER_ID}">' in desk.get(COMPANY).text


def test_an_order_goes_along_with_a_visit_that_is_there(desk: Browser, transport: FakeTransport) -> None:
    transport.answers["dispatch.get_company"] = {"visit": None, "could": [], "visits": [one_visit()]}
    page = desk.get(COMPANY).text
    assert f'action="/team/visits/{VISIT_ID}/join"' in page
    assert 'name="version" value="3"' in page


def test_what_is_in_a_visit_leads_to_it(desk: Browser, transport: FakeTransport) -> None:
    transport.answers["dispatch.get_company"] = {"visit": one_visit(), "could": [], "visits": []}
    page = desk.get(COMPANY).text
    assert "2 opdrachten in één bezoek" in page
    assert f'href="/team/visits/{VISIT_ID}"' in page


@pytest.mark.parametrize("answer", [{"visit": None, "could": [], "visits": []}, None])
def test_nothing_goes_along_also_when_it_cannot_be_looked_up(
    answer: dict[str, Any] | None, desk: Browser, transport: FakeTransport
) -> None:
    if answer:
        transport.answers["dispatch.get_company"] = answer
    assert "Er gaat niets mee" in desk.get(COMPANY).text


def test_of_what_is_done_nothing_is_looked_up(desk: Browser, transport: FakeTransport) -> None:
    done = {"items": [order(state="technically_complete")], "next_cursor": None}
    transport.answers["dispatch.list_work_orders"] = done
    desk.get(COMPANY)
    assert "dispatch.get_company" not in [target for target, _arguments in transport.calls]


def test_an_executor_sees_it_on_the_order(browser: Callable[..., Browser], transport: FakeTransport) -> None:
    transport.answers["dispatch.get_work_order"] = whole(state="issued")
    transport.answers["dispatch.get_company"] = {"visit": one_visit(), "could": [companion()], "visits": []}
    page = browser("supplier").get(f"/supplier/orders/{ORDER_ID}").text
    assert f'href="/supplier/visits/{VISIT_ID}"' in page
    assert f'action="/supplier/visits/{VISIT_ID}/join"' in page


@pytest.fixture
def link(house: House, transport: FakeTransport) -> str:
    """The link to one order, for who has no account."""
    transport.answers["dispatch.get_order_by_link"] = whole(state="issued")
    transport.answers["dispatch.list_supplier_access"] = {"items": []}
    transport.answers["dispatch.get_company"] = {"visit": one_visit(), "could": [companion()], "visits": []}
    return f"/orders/{house.order_links.make(ORDER_ID, PROVIDER)[0]}"


def test_who_has_the_link_to_one_order_answers_once_for_the_visit(
    browser: Callable[..., Browser], transport: FakeTransport, link: str
) -> None:
    stranger = browser()
    page = stranger.get(link).text
    assert f'action="{link}/visit/start"' in page
    assert "/join" not in page, "what could go along is for who signs in"
    transport.answers["dispatch.act_on_visit"] = {**one_visit(), "outcomes": [{"outcome": "done"}] * 2}
    assert stranger.post(f"{link}/visit/start", {"version": "3"}).headers["Location"] == link
    asked = transport.asked("dispatch.act_on_visit")
    assert asked == {"visit_id": VISIT_ID, "version": 3, "action": "start"}
    assert transport.envelopes[-1]["actor"].provider_id == PROVIDER


def test_a_link_says_nothing_of_a_visit_that_its_order_has_left(
    browser: Callable[..., Browser], transport: FakeTransport, link: str
) -> None:
    transport.answers["dispatch.get_company"] = {"visit": None, "could": [], "visits": []}
    stranger = browser()
    assert "/visit/" not in stranger.get(link).text
    stranger.post(f"{link}/visit/start", {"version": "3", "visit_id": VISIT_ID})
    assert "dispatch.act_on_visit" not in [target for target, _arguments in transport.calls]


def test_by_link_too_who_was_left_out_is_named(
    browser: Callable[..., Browser], transport: FakeTransport, link: str
) -> None:
    left = {"work_order_id": OTHER_ID, "number": "SD-26-000124-1", "outcome": "later", "text": None}
    transport.answers["dispatch.act_on_visit"] = {**one_visit(), "outcomes": [left]}
    stranger = browser()
    stranger.get(link)
    assert "SD-26-000124-1: Nog niet zover" in stranger.post(f"{link}/visit/start", {"version": "3"}).text
