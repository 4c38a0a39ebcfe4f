"""A supplier's orders, and one of them by a signed link without an account."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from gateway.house import House
from gateway.order_links import GOOD_FOR, OrderLinks
from gateway.testing import FakeTransport
from servicekit.errors import Conflict, NotFound
from servicekit.personal_links import PersonalLinks
from werkzeug.test import Client

from .conftest import Browser
from .test_team import ORDER_ID, PROVIDER, whole

OTHER_ORDER = "01926f00-5000-7a01-8e44-8f9a0b1c2d02"
OTHER_PROVIDER = "01926f00-4000-7a01-8e44-8f9a0b1c2d02"
LINKS = {"work_order_id": ORDER_ID, "serial": 0, "used_at": None, "ended_at": None, "ended_by": None,
         "ended_why": None, "sent": 0, "sent_at": None, "to": ["orders@bezemwijs.example"]}  # fmt: skip
SUPPLIER = {"provider_id": PROVIDER, "name": "Bezemwijs", "kind": "supplier"}


@pytest.fixture
def stranger(browser: Callable[..., Browser]) -> Browser:
    return browser()


@pytest.fixture
def dispatch(transport: FakeTransport) -> FakeTransport:
    """Dispatch with one order of one supplier, shown to nobody but them, as the real one does."""

    def get(work_order_id: str) -> Any:
        actor = transport.envelopes[-1]["actor"]
        if work_order_id == ORDER_ID and actor.provider_id in (None, PROVIDER):
            return whole(provider=SUPPLIER)
        return NotFound("work_order_not_found", "There is no such work order.")

    def by_link(work_order_id: str, serial: int) -> Any:
        return get(work_order_id) if serial == 0 else Conflict("link_ended", "Taken back.")

    transport.answers["dispatch.get_work_order"] = get
    transport.answers["dispatch.get_order_by_link"] = by_link
    transport.answers["dispatch.get_order_links"] = LINKS
    transport.answers["dispatch.list_supplier_access"] = access("granted")
    transport.answers["dispatch.act_on_work_order"] = lambda **_: whole(provider=SUPPLIER, state="accepted")
    return transport


def access(standing: str) -> dict[str, Any]:
    return {"items": [{"provider_id": PROVIDER, "standing": standing}]}


def path(house: House, order: str = ORDER_ID, provider: str = PROVIDER) -> str:
    return f"/orders/{house.order_links.make(order, provider)[0]}"


def test_the_link_shows_its_order_to_who_has_no_account(
    stranger: Browser, house: House, dispatch: FakeTransport
) -> None:
    answer = stranger.get(path(house))
    assert answer.status_code == 200
    assert "Bezemwijs" in answer.text
    assert f'action="{path(house)}/accept"'.split("/orders/")[0] in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_acting_by_link_is_recorded_as_the_supplier(
    stranger: Browser, house: House, dispatch: FakeTransport
) -> None:
    stranger.get(path(house))
    answer = stranger.post(f"{path(house)}/accept", {"version": "4", "note": "Morgen om acht."})
    assert answer.status_code == 303
    asked = dispatch.asked("dispatch.act_on_work_order")
    assert (asked["work_order_id"], asked["action"], asked["note"]) == (ORDER_ID, "accept", "Morgen om acht.")
    actor = dispatch.envelopes[-1]["actor"]
    assert (actor.kind, actor.name, actor.roles, actor.provider_id) == (
        "supplier", "Bezemwijs", {"supplier"}, PROVIDER,
    )  # fmt: skip


def test_the_link_of_a_mail_opens_its_order_and_lets_it_be_accepted(
    stranger: Browser, house: House, dispatch: FakeTransport
) -> None:
    address = mailed_link(house)
    assert "Bezemwijs" in stranger.get(address).text
    assert stranger.post(f"{address}/accept", {"version": "4"}).status_code == 303
    assert dispatch.envelopes[-1]["actor"].provider_id == PROVIDER


def test_the_link_of_a_mail_ends_at_its_date_and_with_its_key(
    stranger: Browser, house: House, dispatch: FakeTransport
) -> None:
    old = stranger.get(mailed_link(house, timedelta(minutes=-2)))
    assert old.status_code == 410
    assert "newer mail" in old.text or "nieuwere mail" in old.text
    assert stranger.get(mailed_link(house, keys=["another key"])).status_code == 404
    assert stranger.get(mailed_link(house, purpose="follow")).status_code == 404
    assert dispatch.calls == []


def test_a_supplier_that_is_shut_out_comes_in_by_no_mailed_link_either(
    stranger: Browser, house: House, dispatch: FakeTransport
) -> None:
    dispatch.answers["dispatch.list_supplier_access"] = access("revoked")
    assert stranger.get(mailed_link(house)).status_code == 410


def mailed_link(
    house: House, ends: timedelta = GOOD_FOR, keys: list[str] | None = None, purpose: str = "order"
) -> str:
    """As notifications makes it."""
    links = PersonalLinks(keys or house.settings.link_keys, purpose)
    return f"/orders/{links.make(UUID(ORDER_ID), UUID(PROVIDER), house.demo_clock.now() + ends)}"


def test_who_is_signed_in_does_not_matter_to_a_link(
    browser: Callable[..., Browser], house: House, dispatch: FakeTransport
) -> None:
    agent = browser("agent")
    agent.get(path(house))
    agent.post(f"{path(house)}/accept", {"version": "4"})
    assert dispatch.envelopes[-1]["actor"].kind == "supplier"


def test_a_link_reaches_no_other_order_and_no_other_providers(
    stranger: Browser, house: House, dispatch: FakeTransport
) -> None:
    stranger.get("/style")
    for wrong in (path(house, OTHER_ORDER), path(house, provider=OTHER_PROVIDER)):
        assert stranger.get(wrong).status_code == 410
        assert stranger.post(f"{wrong}/accept", {"version": "4"}).status_code == 410
    assert not [call for call in dispatch.calls if call[0] == "dispatch.act_on_work_order"]


def test_a_link_has_one_way_of_being_written(house: House) -> None:
    """Of the last letter's bits two mean nothing, so that four letters would do."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    good, _expires = house.order_links.make(ORDER_ID, PROVIDER)
    for letter in letters:
        if good[-1] != letter:
            with pytest.raises(NotFound):
                house.order_links.read(good[:-1] + letter)


def test_a_changed_link_is_no_link(stranger: Browser, house: House, dispatch: FakeTransport) -> None:
    good = path(house)
    stranger.get("/style")
    for index in (9, 20, 40, len(good) - 1):
        changed = good[:index] + ("A" if good[index] != "A" else "B") + good[index + 1 :]
        assert stranger.get(changed).status_code == 404
        assert stranger.post(f"{changed}/accept", {"version": "4"}).status_code == 404
    assert stranger.get("/orders/x").status_code == 404
    assert stranger.get("/orders/%C3%A9.%C3%A9").status_code == 404
    assert dispatch.calls == []


def test_a_link_of_another_desk_is_no_link(stranger: Browser, house: House, dispatch: FakeTransport) -> None:
    other = OrderLinks("the secret of another desk", house.demo_clock.now)
    assert stranger.get(f"/orders/{other.make(ORDER_ID, PROVIDER)[0]}").status_code == 404


def test_after_thirty_days_a_link_has_ended(stranger: Browser, house: House, dispatch: FakeTransport) -> None:
    now = house.demo_clock.now()
    old = OrderLinks(house.settings.actor_secret, lambda: now - GOOD_FOR - timedelta(seconds=1))
    nearly = OrderLinks(house.settings.actor_secret, lambda: now - GOOD_FOR + timedelta(minutes=1))
    address = f"/orders/{old.make(ORDER_ID, PROVIDER)[0]}"
    stranger.get("/style")
    assert stranger.get(address).status_code == 410
    assert stranger.post(f"{address}/accept", {"version": "4"}).status_code == 410
    assert dispatch.calls == []
    assert stranger.get(f"/orders/{nearly.make(ORDER_ID, PROVIDER)[0]}").status_code == 200


@pytest.mark.parametrize(
    "over",
    [
        {"state": "not_carried_out", "replaced_by": OTHER_ORDER},
        {"state": "cancellation_requested", "replaced_by": OTHER_ORDER},
        {"state": "cancelled"},
        {"state": "administratively_complete"},
        {"state": "rejected", "replaced_by": OTHER_ORDER},
    ],
    ids=lambda over: str(over["state"]),
)
def test_when_another_took_over_or_it_is_closed_the_link_has_ended(
    over: dict[str, Any], stranger: Browser, house: House, dispatch: FakeTransport
) -> None:
    dispatch.answers["dispatch.get_order_by_link"] = whole(provider=SUPPLIER, **over)
    stranger.get("/style")
    assert stranger.get(path(house)).status_code == 410
    assert stranger.post(f"{path(house)}/complete", {"version": "4"}).status_code == 410
    assert not [call for call in dispatch.calls if call[0] == "dispatch.act_on_work_order"]


def test_a_supplier_that_is_shut_out_does_not_come_in_by_link(
    stranger: Browser, house: House, dispatch: FakeTransport
) -> None:
    dispatch.answers["dispatch.list_supplier_access"] = access("revoked")
    stranger.get("/style")
    assert stranger.get(path(house)).status_code == 410
    assert stranger.post(f"{path(house)}/accept", {"version": "4"}).status_code == 410


def test_what_was_typed_by_link_stays_when_it_is_refused(
    stranger: Browser, house: House, dispatch: FakeTransport
) -> None:
    stranger.get(path(house))
    answer = stranger.post(f"{path(house)}/refuse", {"version": "4", "reason": ""})
    assert answer.status_code == 422
    assert '<details class="act" open>' in answer.text


def test_the_desk_gets_the_link_of_a_suppliers_order(
    browser: Callable[..., Browser], dispatch: FakeTransport
) -> None:
    page = browser("agent").get(f"/desk/orders/{ORDER_ID}/link")
    assert page.status_code == 200
    found = re.search(r'value="(/orders/[^"]+)"', page.text)
    assert found
    assert browser().get(found[1]).status_code == 200


def test_a_team_of_our_own_gets_no_link(browser: Callable[..., Browser], transport: FakeTransport) -> None:
    transport.answers["dispatch.get_work_order"] = whole()
    transport.answers["dispatch.get_order_links"] = LINKS
    assert browser("agent").get(f"/desk/orders/{ORDER_ID}/link").status_code == 409


def test_the_api_makes_the_same_link(
    client: Client, signed_in: Callable[..., dict[str, str]], dispatch: FakeTransport,
    browser: Callable[..., Browser],
) -> None:  # fmt: skip
    made = client.get(f"/v1/work-orders/{ORDER_ID}/link", headers=signed_in("agent"))
    assert made.status_code == 200
    assert made.json
    assert browser().get(made.json["path"]).status_code == 200


def test_each_finds_their_own_list(browser: Callable[..., Browser], transport: FakeTransport) -> None:
    assert browser("supplier").get("/team").headers["Location"] == "/supplier"
    assert browser("team").get("/supplier").headers["Location"] == "/team"


def test_a_supplier_is_told_of_the_desk_and_not_of_its_people(
    browser: Callable[..., Browser], transport: FakeTransport
) -> None:
    line = {
        "action": "cancel",
        "at": "2026-11-25T08:00:00Z",
        "by": {"kind": "person", "name": "Amira Haddad"},
    }
    transport.answers["dispatch.get_work_order"] = whole(provider=SUPPLIER, history=[line])
    page = browser("supplier", provider_id=PROVIDER, language="en").get(f"/supplier/orders/{ORDER_ID}").text
    assert "Amira" not in page
    assert "The desk" in page
