"""Several orders of one provider, done in one go."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from dispatch.domain.errors import CannotGather
from dispatch.domain.work_order_states import Action
from dispatch.handlers import visits
from servicekit.actor import Actor
from servicekit.errors import NotFound

from ..samples import NOW, PORTAL, TEAM, executor_of, known_id, step  # noqa: TID252  samples of this service alone
from .conftest import House

TOM = replace(executor_of(TEAM), id=str(known_id("tom")))
REQUESTS = ("one", "two", "three")


class Visits:
    def __init__(self, house: House) -> None:
        self.house = house
        house.publishes(step("lamp"))
        for name in REQUESTS:
            house.hears_accepted(request=name)

    def ids(self) -> list[UUID]:
        from dispatch.handlers.reading import list_work_orders
        from dispatch.storage.reading import Filter

        with self.house.work(actor=TOM) as work:
            found = list_work_orders(work, Filter(oldest_first=True), None, 100)["items"]
        return [order["work_order_id"] for order in found]

    def plan(self, *ids: UUID, by: Actor = TOM) -> dict[str, Any]:
        with self.house.work(actor=by) as work:
            return visits.plan_visit(work, ids or self.ids())

    def act(self, visit: dict[str, Any], action: str, by: Actor = TOM, **details: Any) -> dict[str, Any]:
        with self.house.work(actor=by) as work:
            return visits.act_on_visit(work, visit["visit_id"], Action(action), **details)


@pytest.fixture
def lamps(house: House) -> Visits:
    return Visits(house)


def states(visit: dict[str, Any]) -> list[str]:
    return [str(order["state"]) for order in visit["orders"]]


def outcomes(visit: dict[str, Any]) -> list[str]:
    return [str(each["outcome"]) for each in visit["outcomes"]]


def test_what_is_said_of_a_visit_is_done_to_each_order_and_moves_each_request(
    lamps: Visits, house: House
) -> None:
    visit = lamps.plan()
    assert states(visit) == ["issued"] * 3
    assert visit["actions"] == ["accept", "schedule", "start", "complete"]
    lamps.act(visit, "schedule", planned_from=NOW)
    begun = lamps.act(visit, "start")
    assert [order["assignee"]["name"] for order in begun["orders"]] == ["Tom"] * 3
    done = lamps.act(visit, "complete", cost_cents=1000, note="Overal een nieuwe lamp.")
    assert states(done) == ["technically_complete"] * 3
    assert outcomes(done) == ["done"] * 3
    assert done["actions"] == []
    assert [order["cost_cents"] for order in done["orders"]] == [334, 333, 333]
    completed = house.facts("process_completed")
    assert len({fact["request_id"] for fact in completed}) == len(completed) == 3


def test_an_order_that_is_not_so_far_or_whose_rules_refuse_leaves_the_others_alone(
    lamps: Visits, house: House
) -> None:
    visit = lamps.plan()
    first = lamps.ids()[0]
    with house.work(actor=TOM) as work:
        from dispatch.handlers.acting import act_on_work_order

        act_on_work_order(work, first, Action.ACCEPT)
        act_on_work_order(work, first, Action.COMPLETE)
    paused = lamps.act(visit, "pause", pause={"reason": "material", "counterparty": "supplier"})
    assert outcomes(paused) == ["over", "later", "later"]
    done = lamps.act(visit, "complete", cost_cents=100)
    assert outcomes(done) == ["over", "done", "done"]
    assert [order["cost_cents"] for order in done["orders"]] == [None, 50, 50]
    assert outcomes(lamps.act(visit, "complete", cost_cents=100)) == ["over"] * 3


def test_what_a_rule_refuses_writes_nothing(lamps: Visits, house: House) -> None:
    visit = lamps.plan()
    before = len(house.facts())
    refused = lamps.act(
        visit, "complete", by=executor_of(TEAM), planned_from=NOW, planned_until=NOW.replace(hour=1)
    )
    assert outcomes(refused) == ["missing_detail"] * 3
    assert states(refused) == ["issued"] * 3
    assert len(house.facts()) == before


def test_an_order_is_in_one_visit_until_it_leaves(lamps: Visits, house: House) -> None:
    ids = lamps.ids()
    visit = lamps.plan(*ids[:2])
    with pytest.raises(CannotGather, match="another visit"):
        lamps.plan(*ids)
    with house.work(actor=TOM) as work:
        left = visits.leave_visit(work, visit["visit_id"], ids[0])
    assert [order["work_order_id"] for order in left["orders"]] == [ids[1]]
    assert len(lamps.plan(ids[0], ids[2])["orders"]) == 2


def test_of_two_who_put_the_same_order_in_a_visit_one_wins(lamps: Visits) -> None:
    ids = lamps.ids()

    def attempt(which: list[UUID]) -> bool:
        try:
            lamps.plan(*which)
        except CannotGather:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(attempt, [ids[:2], ids[1:]])) == [False, True]


def test_the_visits_of_another_are_not_there(lamps: Visits, house: House) -> None:
    visit, stranger = lamps.plan(), executor_of(PORTAL)
    for ask in (
        lambda work: visits.get_visit(work, visit["visit_id"]),
        lambda work: visits.act_on_visit(work, visit["visit_id"], Action.START),
        lambda work: visits.leave_visit(work, visit["visit_id"], lamps.ids()[0]),
    ):
        with pytest.raises(NotFound), house.work(actor=stranger) as work:
            ask(work)
    with pytest.raises(CannotGather):
        lamps.plan(*lamps.ids()[:2], by=stranger)
    with house.work(actor=stranger) as work:
        assert visits.list_visits(work) == {"items": [], "likely": []}


def test_a_list_has_what_is_open_and_what_could_be_a_visit(
    lamps: Visits, house: House, counted: Callable[[], Any]
) -> None:
    with house.work(actor=TOM) as work:
        found = visits.list_visits(work)
    assert found["items"] == []
    assert [len(group) for group in found["likely"]] == [3]
    visit = lamps.plan()
    with counted() as statements, house.work(actor=TOM) as work:
        found = visits.list_visits(work)
    assert [each["visit_id"] for each in found["items"]] == [visit["visit_id"]]
    assert found["likely"] == []
    assert len(statements) == 5, (
        statements
    )  # visits, what they have, those orders, open ones, which are taken
    lamps.act(visit, "complete")
    with house.work(actor=TOM) as work:
        assert visits.list_visits(work)["items"] == []
