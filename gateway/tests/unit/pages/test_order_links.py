"""The links to an order, as the desk ends them and mails them anew; and what then opens nothing any more."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from gateway.house import House
from gateway.order_links import GOOD_FOR
from gateway.testing import FakeTransport
from servicekit.errors import Conflict
from servicekit.personal_links import PersonalLinks

from .conftest import Browser
from .test_supplier import LINKS, ORDER_ID, PROVIDER, SUPPLIER, access
from .test_team import whole

PAGE = f"/desk/orders/{ORDER_ID}/link"


@pytest.fixture
def desk(browser: Callable[..., Browser], transport: FakeTransport) -> Browser:
    """Of the order's links those are good that were made after they were ended twice."""

    def by_link(work_order_id: str, serial: int) -> Any:
        return whole(provider=SUPPLIER) if serial == 2 else Conflict("link_ended", "Taken back.")

    transport.answers["dispatch.get_order_by_link"] = by_link
    transport.answers["dispatch.list_supplier_access"] = access("granted")
    transport.answers["dispatch.get_work_order"] = whole(provider=SUPPLIER)
    transport.answers["dispatch.get_order_links"] = LINKS | {
        "serial": 2, "used_at": "2026-11-25T09:00:00Z", "ended_at": "2026-11-25T10:00:00Z",
        "ended_by": "Amira", "ended_why": "Verkeerd adres",
    }  # fmt: skip
    visitor = browser("agent", language="en")
    visitor.get("/style")
    return visitor


@pytest.mark.parametrize(("serial", "status"), [(0, 410), (1, 410), (2, 200)])
def test_of_links_that_were_ended_only_later_ones_open_the_order(
    serial: int, status: int, desk: Browser, browser: Callable[..., Browser], house: House
) -> None:
    until = house.demo_clock.now() + timedelta(days=2)
    mailed = PersonalLinks(house.settings.link_keys, "order").make(
        UUID(ORDER_ID), UUID(PROVIDER), until, serial
    )
    given, ends = house.order_links.make(ORDER_ID, PROVIDER, serial)
    assert ends - house.demo_clock.now() <= GOOD_FOR
    stranger = browser()
    for signed in (mailed, given):
        assert re.fullmatch(r"[\w.-]+", signed)  # nothing at which a mail program cuts an address off
        answer = stranger.get(f"/orders/{signed}")
        assert answer.status_code == status
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert ("heeft deze link ingetrokken" in answer.text) is (status == 410)
        assert stranger.post(f"/orders/{signed}/refuse", {"version": "4"}).status_code == max(
            status, 410 if serial < 2 else 422
        )


def test_the_key_of_a_form_is_kept_for_what_it_does_and_not_used_for_opening_the_link(
    desk: Browser, browser: Callable[..., Browser], house: House, transport: FakeTransport
) -> None:
    transport.answers["dispatch.act_on_work_order"] = whole(provider=SUPPLIER, state="accepted")
    stranger, path = browser(), f"/orders/{house.order_links.make(ORDER_ID, PROVIDER, 2)[0]}"
    stranger.get(path)
    stranger.post(f"{path}/accept", {"version": "4", "key": "0123"})
    sent = zip(transport.calls, transport.envelopes, strict=True)
    keys = {call[0]: envelope["idempotency_key"] for call, envelope in sent}
    assert keys["dispatch.act_on_work_order"] == "0123"
    assert keys["dispatch.get_order_by_link"] is None


def test_the_desk_sees_when_one_was_used_and_gets_one_that_is_good(
    desk: Browser, browser: Callable[..., Browser]
) -> None:
    page = desk.get(PAGE).text
    for said in ("Last used", "Verkeerd adres", "Amira", "orders@bezemwijs.example"):
        assert said in page
    path = page.partition('value="/orders/')[2].partition('"')[0]
    assert browser().get(f"/orders/{path}").status_code == 200


@pytest.mark.parametrize(("form", "send"), [({"send": "1"}, True), ({}, False)])
def test_the_desk_ends_the_links_with_a_reason_and_mails_one_anew(
    form: dict[str, str], send: bool, desk: Browser, transport: FakeTransport
) -> None:
    transport.answers["dispatch.end_order_links"] = LINKS
    assert desk.post(f"{PAGE}/end", {"reason": "Verkeerd adres", **form}).status_code == 303
    assert transport.asked("dispatch.end_order_links") == {
        "work_order_id": ORDER_ID, "reason": "Verkeerd adres", "send": send,
    }  # fmt: skip


def test_why_must_be_said(desk: Browser, transport: FakeTransport) -> None:
    answer = desk.post(f"{PAGE}/end", {"reason": ""})
    assert answer.status_code == 422
    assert not [call for call in transport.calls if call[0] == "dispatch.end_order_links"]


def test_a_link_is_mailed_again_or_it_is_said_why_not(desk: Browser, transport: FakeTransport) -> None:
    transport.answers["dispatch.send_order_link"] = LINKS
    assert desk.post(f"{PAGE}/send", {}).status_code == 303
    transport.answers["dispatch.send_order_link"] = Conflict("no_addresses", "None.")
    answer = desk.post(f"{PAGE}/send", {})
    assert answer.status_code == 409
    assert "This supplier has no mail addresses" in answer.text
