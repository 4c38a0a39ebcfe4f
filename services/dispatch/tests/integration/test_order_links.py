"""The links to one order: which are good, when one was used, ended and mailed anew."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from dispatch.handlers import order_links
from dispatch.storage.order_links import NOTED_EVERY
from servicekit.errors import Conflict, NotFound

from ..samples import AGENT, NOW, OTHER_RPC, PORTAL, RPC, TEAM, executor_of, step  # noqa: TID252
from .conftest import House
from .test_mailing import ADDRESSES, keeps, mailed

BEZEMWIJS = executor_of(PORTAL)
assert mailed  # the fixture


def order_id(house: House) -> UUID:
    found: UUID = house.orders()["clean"]["work_order_id"]
    return found


def say(house: House, handler: Any, *given: Any, by: Any = AGENT, **more: Any) -> dict[str, Any]:
    with house.work(actor=by, **({"now": more.pop("now")} if "now" in more else {})) as work:
        found: dict[str, Any] = handler(work, order_id(house), *given, **more)
    return found


def opens(house: House, serial: int, **more: Any) -> dict[str, Any]:
    return say(house, order_links.get_order_by_link, serial, by=BEZEMWIJS, **more)


def test_ended_links_open_nothing_and_later_ones_do(mailed: House) -> None:
    assert opens(mailed, 0)["number"] == mailed.orders()["clean"]["number"]
    ended = say(mailed, order_links.end_order_links, "Verkeerd adres")
    assert (ended["serial"], ended["ended_why"], ended["ended_by"]) == (1, "Verkeerd adres", AGENT.name)
    for serial in (0, 2):
        with pytest.raises(Conflict):
            opens(mailed, serial)
    assert opens(mailed, 1)


def test_a_new_one_is_mailed_with_them_and_what_is_told_later_carries_the_serial_too(mailed: House) -> None:
    say(mailed, order_links.end_order_links, "Verkeerd adres", send=True)
    mailed.does("clean", "accept", "cancel", reason="Niet meer nodig")
    told = [(fact["news"], fact["link"]) for fact in mailed.facts("provider_told")]
    assert told == [
        ("issued", {"serial": 0, "sent": 0}),
        ("link", {"serial": 1, "sent": 1}),
        ("stopped", {"serial": 1, "sent": 1}),
    ]


def test_mailing_it_again_leaves_those_of_before_good(mailed: House) -> None:
    for count in (1, 2):
        found = say(mailed, order_links.send_order_link)
        assert (found["sent"], found["serial"], found["to"]) == (count, 0, ADDRESSES)
    assert [fact["link"]["sent"] for fact in mailed.facts("provider_told")] == [0, 1, 2]
    assert opens(mailed, 0)


def test_when_there_is_nowhere_to_mail_it_nothing_is_ended(mailed: House) -> None:
    with mailed.work() as work:
        work.connection.exec_driver_sql("UPDATE provider_profiles SET emails = '[]'")
    with pytest.raises(Conflict) as refused:
        say(mailed, order_links.end_order_links, "Verkeerd adres", send=True)
    assert refused.value.code == "no_addresses"
    assert opens(mailed, 0)


def test_when_it_was_used_is_kept_to_the_minute(mailed: House) -> None:
    assert say(mailed, order_links.get_order_links)["used_at"] is None
    later = NOW + NOTED_EVERY + timedelta(seconds=1)
    for at, kept in ((NOW, NOW), (NOW + timedelta(seconds=30), NOW), (later, later)):
        opens(mailed, 0, now=at)
        assert say(mailed, order_links.get_order_links)["used_at"] == kept
    say(mailed, order_links.end_order_links, "Verkeerd adres")
    with pytest.raises(Conflict):
        opens(mailed, 0, now=later + timedelta(hours=1))
    assert say(mailed, order_links.get_order_links)["used_at"] == later


def test_no_other_supplier_opens_or_ends_it(mailed: House) -> None:
    for provider in (RPC, OTHER_RPC, TEAM):
        with pytest.raises(NotFound):
            say(mailed, order_links.get_order_by_link, 0, by=executor_of(provider))


def test_a_team_of_our_own_has_no_links_and_a_closed_order_gets_no_mail(house: House) -> None:
    keeps(house, PORTAL, *ADDRESSES)
    house.publishes(step("clean", "bezemwijs"), step("move", TEAM.slug))
    house.hears_accepted()
    with house.work(actor=AGENT) as work, pytest.raises(Conflict):
        order_links.end_order_links(work, house.orders()["move"]["work_order_id"], "Weg")
    house.does("clean", "refuse", reason="Nee", actor=BEZEMWIJS)
    house.does("clean", "cancel", reason="Nee")
    with pytest.raises(Conflict):
        say(house, order_links.send_order_link)
