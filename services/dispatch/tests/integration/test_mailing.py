"""What a supplier with the portal hears by mail, and what not."""

from __future__ import annotations

from typing import Any

import pytest
from dispatch.domain.providers import Provider
from dispatch.domain.supplier_access import Access
from dispatch.handlers import guarding, profiles
from dispatch.handlers.acting import reroute_work_order

from ..samples import (  # noqa: TID252  samples of this service alone
    AGENT,
    NOW,
    PORTAL,
    RPC,
    TEAM,
    executor_of,
    step,
)
from .conftest import House
from .test_silence import HOUR, WINDOW, ZONE

ADDRESSES = ["orders@bezemwijs.example", "planning@bezemwijs.example"]
PROFILE: dict[str, Any] = {
    "skills": [], "places": [], "hours": [], "capacity": None, "absences": [], "patience": {}, "zone": ZONE,
}  # fmt: skip


def keeps(house: House, provider: Provider, *emails: str) -> None:
    with house.work(actor=AGENT) as work:
        profiles.save_provider_profile(work, provider.provider_id, 0, emails=emails, **PROFILE)


def told(house: House) -> list[str]:
    return [fact["news"] for fact in house.facts("provider_told")]


@pytest.fixture
def mailed(house: House) -> House:
    keeps(house, PORTAL, *ADDRESSES)
    house.publishes(step("clean", "bezemwijs"))
    house.hears_accepted()
    return house


def test_a_new_order_is_told_to_all_its_addresses_with_what_the_work_is(mailed: House) -> None:
    (fact,) = mailed.facts("provider_told")
    order = mailed.orders()["clean"]
    assert (fact["to"], fact["news"]) == (ADDRESSES, "issued")
    assert (fact["number"], fact["work_order_id"]) == (order["number"], str(order["work_order_id"]))
    assert "contact" not in fact
    assert "cost" not in str(fact)


def test_the_language_of_its_mails_is_that_of_its_profile(house: House) -> None:
    with house.work(actor=AGENT) as work:
        profiles.save_provider_profile(
            work, PORTAL.provider_id, 0, emails=ADDRESSES, language="en", **PROFILE
        )
    house.publishes(step("clean", "bezemwijs"))
    house.hears_accepted()
    assert [fact["language"] for fact in house.facts("provider_told")] == ["en"]


def test_its_own_words_are_no_news_to_it(mailed: House) -> None:
    mailed.does("clean", "accept", actor=executor_of(PORTAL))
    mailed.does("clean", "schedule", actor=executor_of(PORTAL), planned_from=NOW + HOUR)
    mailed.does("clean", "start", "complete", actor=executor_of(PORTAL))
    assert told(mailed) == ["issued"]


def test_what_the_desk_plans_and_the_customer_chooses_is(mailed: House) -> None:
    mailed.does("clean", "accept", actor=executor_of(PORTAL))
    mailed.does("clean", "propose", actor=executor_of(PORTAL), windows=[WINDOW])
    mailed.does("clean", "confirm_appointment", choice=0)
    mailed.does("clean", "schedule", planned_from=NOW + HOUR)
    assert told(mailed) == ["issued", "changed", "changed"]


def test_a_reminder_says_what_is_waited_for(mailed: House) -> None:
    with mailed.work(now=NOW + 4 * HOUR) as work:
        (order_id,) = guarding.look(work, ZONE)
        guarding.speak_up(work, order_id, ZONE)
    fact = mailed.facts("provider_told")[-1]
    assert (fact["news"], fact["owes"]) == ("reminded", "unanswered")


@pytest.mark.parametrize("again", [PORTAL, TEAM])
def test_one_whose_order_goes_to_another_is_told_to_stop(mailed: House, again: Provider) -> None:
    order_id = mailed.orders()["clean"]["work_order_id"]
    with mailed.work(actor=AGENT) as work:
        reroute_work_order(work, order_id, again.provider_id, "Too slow.")
    assert told(mailed) == ["issued", "stopped", *(["issued"] if again is PORTAL else [])]


def test_a_closed_request_tells_it_to_stop(mailed: House) -> None:
    mailed.hears_closed()
    assert told(mailed) == ["issued", "stopped"]


def test_who_has_no_address_or_a_program_is_not_mailed(house: House) -> None:
    keeps(house, RPC, "orders@vonk-val.example")
    house.publishes(step("clean", "bezemwijs"), step("repair", "vonk-val"))
    house.hears_accepted()
    assert told(house) == []


def test_whose_access_was_revoked_is_not_mailed(house: House) -> None:
    keeps(house, PORTAL, *ADDRESSES)
    with house.work() as work:
        work.access.save(
            Access(
                PORTAL.provider_id,
                1,
                None,
                granted_at=NOW,
                granted_by="Karin",
                revoked_at=NOW,
                revoked_by="Karin",
            )
        )
    house.publishes(step("clean", "bezemwijs"))
    house.hears_accepted()
    assert told(house) == []


def test_an_order_that_waits_for_its_turn_is_told_when_it_comes(house: House) -> None:
    keeps(house, PORTAL, *ADDRESSES)
    house.publishes(step("move"), step("clean", "bezemwijs", "move"))
    house.hears_accepted()
    assert told(house) == []
    house.completes("move")
    assert told(house) == ["issued"]
