"""What suppliers with the portal and teams hear by mail of a visit: once, and not once for each order."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from dispatch.domain.providers import Provider
from dispatch.domain.work_order_states import Action
from dispatch.handlers import visits
from dispatch.handlers.acting import act_on_work_order, reroute_work_order
from dispatch.handlers.visiting import act_on_visit
from servicekit.actor import Actor

from ..samples import (  # noqa: TID252  samples of this service alone
    AGENT,
    NOW,
    PORTAL,
    TEAM,
    executor_of,
    step,
)
from .conftest import House
from .test_mailing import keeps
from .test_silence import HOUR

REQUESTS = ("one", "two", "three")
WORDS = "Hier werkt Sanne: {}"


class Mailed:
    """Three orders of one provider, of which all mails so far are left out."""

    def __init__(self, house: House, provider: Provider) -> None:
        self.house, self.provider = house, provider
        keeps(house, provider, "planning@provider.example")
        house.publishes(step("lamp", provider.slug))
        for name in REQUESTS:
            house.hears_accepted(request=name, text=WORDS.format(name))
        self._before = len(house.facts("provider_told"))

    def ids(self) -> list[UUID]:
        from dispatch.handlers.reading import list_work_orders
        from dispatch.storage.reading import Filter

        with self.house.work(actor=AGENT) as work:
            found = list_work_orders(work, Filter(oldest_first=True), None, 100)["items"]
        return [each["work_order_id"] for each in found]

    def plan(self, *ids: UUID, actor: Actor = AGENT) -> UUID:
        with self.house.work(actor=actor) as work:
            made = visits.plan_visit(work, ids or self.ids(), "E\u00e9n ladder")
        return UUID(str(made["visit_id"]))

    def says(self, visit_id: UUID, action: Action, actor: Actor = AGENT, **said: Any) -> None:
        with self.house.work(actor=actor) as work:
            act_on_visit(work, visit_id, action, **said)

    def visits(self) -> list[dict[str, Any]]:
        return self.house.facts("visit_told")

    def news(self) -> list[str]:
        return [each["news"] for each in self.visits()]

    def of_orders(self) -> list[str]:
        return [each["news"] for each in self.house.facts("provider_told")[self._before :]]


@pytest.fixture(params=[PORTAL, TEAM], ids=["supplier", "team"])
def mailed(house: House, request: pytest.FixtureRequest) -> Mailed:
    return Mailed(house, request.param)


@pytest.fixture
def supplier(house: House) -> Mailed:
    return Mailed(house, PORTAL)


def test_a_visit_is_told_once_with_its_orders_and_its_place_and_no_word_of_who_reported(
    mailed: Mailed,
) -> None:
    mailed.plan()
    (fact,) = mailed.visits()
    assert (fact["news"], fact["to"]) == ("planned", ["planning@provider.example"])
    assert len(fact["orders"]) == 3
    assert fact["location"] == fact["orders"][0]["location"]
    assert "Sanne" not in str(fact)
    assert mailed.of_orders() == []


def test_its_new_moment_is_told_once_and_not_with_each_order(mailed: Mailed) -> None:
    visit_id = mailed.plan()
    mailed.says(visit_id, Action.SCHEDULE, planned_from=NOW + HOUR)
    assert mailed.news() == ["planned", "moved"]
    assert mailed.visits()[-1]["planned_from"].startswith((NOW + HOUR).isoformat()[:16])
    assert mailed.of_orders() == []


def test_who_came_along_and_who_was_taken_out_is_told_once_each(mailed: Mailed) -> None:
    *two, third = mailed.ids()
    visit_id = mailed.plan(*two)
    with mailed.house.work(actor=AGENT) as work:
        visits.join_visit(work, visit_id, [third])
    with mailed.house.work(actor=AGENT) as work:
        visits.leave_visit(work, visit_id, two[0])
    came, went = mailed.visits()[1:]
    assert set(came["joined"]) < {each["number"] for each in came["orders"]}
    assert (len(came["joined"]), len(went["left"]), len(went["orders"])) == (1, 1, 2)
    assert mailed.news() == ["planned", "changed", "changed"]


def test_what_is_taken_apart_is_told_once_for_all_of_them(mailed: Mailed) -> None:
    visit_id = mailed.plan()
    with mailed.house.work(actor=AGENT) as work:
        visits.dissolve_visit(work, visit_id)
    assert mailed.news() == ["planned", "apart"]
    assert (len(mailed.visits()[-1]["left"]), mailed.visits()[-1]["orders"]) == (3, [])


def test_who_would_be_left_alone_is_named_with_who_left(mailed: Mailed) -> None:
    one, two, _ = mailed.ids()
    visit_id = mailed.plan(one, two)
    with mailed.house.work(actor=AGENT) as work:
        visits.leave_visit(work, visit_id, one)
    assert mailed.news() == ["planned", "apart"]
    assert len(mailed.visits()[-1]["left"]) == 2


def test_a_supplier_that_has_to_stop_hears_in_the_same_mail_what_goes_on(supplier: Mailed) -> None:
    supplier.plan()
    with supplier.house.work(actor=AGENT) as work:
        reroute_work_order(work, supplier.ids()[0], TEAM.provider_id, "Too slow.")
    (stopped,) = supplier.house.facts("provider_told")[3:]
    assert (stopped["news"], len(stopped["together"])) == ("stopped", 2)
    assert supplier.news() == ["planned"]


def test_a_team_whose_order_is_cancelled_hears_what_is_left_of_its_visit(house: House) -> None:
    team = Mailed(house, TEAM)
    team.plan()
    house.hears_closed(request="one")
    assert team.news() == ["planned", "changed"]
    assert len(team.visits()[-1]["orders"]) == 2


def test_what_a_supplier_does_with_its_visit_itself_is_no_news_to_it(supplier: Mailed) -> None:
    own = executor_of(PORTAL)
    visit_id = supplier.plan(actor=own)
    supplier.says(visit_id, Action.SCHEDULE, own, planned_from=NOW + HOUR)
    supplier.says(visit_id, Action.REFUSE, own, reason="Geen tijd.")
    assert (supplier.news(), supplier.of_orders()) == ([], [])


def test_one_order_that_is_moved_by_itself_is_told_as_an_order(supplier: Mailed) -> None:
    supplier.plan()
    with supplier.house.work(actor=AGENT) as work:
        first = supplier.ids()[0]
        act_on_work_order(work, first, Action.ACCEPT)
        act_on_work_order(work, first, Action.SCHEDULE, planned_from=NOW + HOUR)
    assert supplier.of_orders() == ["changed"]
    assert supplier.news() == ["planned"]
