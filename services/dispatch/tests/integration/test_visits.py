"""Several orders of one provider, done in one go."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from typing import Any
from uuid import UUID

import deskcontracts
import pytest
from dispatch import heard
from dispatch.domain.errors import CannotGather
from dispatch.domain.work_order_states import Action
from dispatch.handlers import planning, visiting, visits
from dispatch.handlers.acting import act_on_work_order
from servicekit.actor import Actor
from servicekit.errors import NotFound, Stale

from ..samples import AGENT, NOW, PORTAL, TEAM, executor_of, known_id, step  # noqa: TID252  samples of this service alone
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
            return visiting.act_on_visit(work, visit["visit_id"], Action(action), **details)


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
    assert visit["actions"] == ["accept", "schedule", "start", "complete", "refuse"]
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
    visit = lamps.plan(*ids)
    with pytest.raises(CannotGather, match="another visit"):
        lamps.plan(*ids[:2])
    with house.work(actor=TOM) as work:
        left = visits.leave_visit(work, visit["visit_id"], ids[0])
    assert [order["work_order_id"] for order in left["orders"]] == ids[1:]
    with house.work(actor=TOM) as work:
        left = visits.leave_visit(work, visit["visit_id"], ids[1])
    assert left["orders"] == [], "one order alone is no visit"
    assert len(lamps.plan(*ids)["orders"]) == 3


def test_others_come_along_until_somebody_begins_and_then_it_is_not_taken_apart(
    lamps: Visits, house: House
) -> None:
    *two, third = lamps.ids()
    visit = lamps.plan(*two)
    with house.work(actor=TOM) as work:
        company = visits.get_company(work, third)
        assert [each["visit_id"] for each in company["visits"]] == [visit["visit_id"]]
        assert company["could"] == []
    with house.work(actor=AGENT) as work:
        joined = visits.join_visit(work, visit["visit_id"], [third], visit["version"])
    assert len(joined["orders"]) == 3
    with pytest.raises(Stale):
        lamps.act(visit, "complete", version=visit["version"])
    lamps.act(visit, "start", version=joined["version"])
    for ask in (
        lambda work: visits.dissolve_visit(work, visit["visit_id"]),
        lambda work: visits.join_visit(work, visit["visit_id"], [third]),
    ):
        with pytest.raises(CannotGather), house.work(actor=TOM) as work:
            ask(work)
    with house.work(actor=TOM) as work:
        assert len(visits.get_company(work, third)["visit"]["orders"]) == 3


def test_a_visit_is_taken_apart_with_which_nobody_has_begun(lamps: Visits, house: House) -> None:
    visit = lamps.plan()
    with house.work(actor=AGENT) as work:
        assert visits.dissolve_visit(work, visit["visit_id"], visit["version"])["orders"] == []
    with house.work(actor=AGENT) as work:
        company = visits.get_company(work, lamps.ids()[0])
    assert company["visit"] is None
    assert [each["alike"] for each in company["could"]] == [True, True]


def test_what_is_cancelled_refused_or_withdrawn_leaves_and_the_others_go_on(
    lamps: Visits, house: House
) -> None:
    visit = lamps.plan()
    house.hears_closed(request="two")
    lamps.act(visit, "start")
    done = lamps.act(visit, "complete")
    assert outcomes(done) == ["done", "done"]
    assert {fact["request_id"] for fact in house.facts("process_completed")} == {
        str(known_id("one")), str(known_id("three"))
    }  # fmt: skip


def test_who_refuses_a_visit_refuses_each_order_and_the_desk_finds_another_for_each(lamps: Visits) -> None:
    refused = lamps.act(lamps.plan(), "refuse", reason="Geen tijd")
    assert states(refused) == ["refused"] * 3
    with lamps.house.work(actor=TOM) as work:
        assert visits.list_visits(work)["items"] == []


def test_what_becomes_danger_or_confidential_leaves_at_once(lamps: Visits, house: House) -> None:
    visit = lamps.plan()
    weighed = deskcontracts.example("intake.priority_changed") | {"priority": "P1", "sequence": 99}
    confided = deskcontracts.example("intake.request_confided")
    with house.work() as work:
        fact = weighed | {"request_id": str(known_id("one"))}
        planning.priority_changed(work, heard.PriorityChanged().load(fact))
    with house.work(actor=TOM) as work:
        assert len(visits.get_visit(work, visit["visit_id"])["orders"]) == 2
    with house.work() as work:
        fact = confided | {"request_id": str(known_id("two"))}
        planning.request_confided(work, heard.RequestConfided().load(fact))
    with pytest.raises(CannotGather, match="never part of a visit"):
        lamps.plan()
    with house.work(actor=TOM) as work:
        assert visits.get_visit(work, visit["visit_id"])["orders"] == []


@pytest.mark.parametrize("deed", ["accept", "withdraw"])
def test_putting_together_and_what_happens_to_an_order_at_the_same_moment_come_one_after_the_other(
    lamps: Visits, house: House, deed: str
) -> None:
    ids, hold = lamps.ids(), Barrier(2)

    def happens() -> None:
        hold.wait()
        if deed == "withdraw":
            house.hears_closed(request="two")
        else:
            with house.work(actor=TOM) as work:
                act_on_work_order(work, ids[1], Action.ACCEPT)

    def plans() -> dict[str, Any] | None:
        hold.wait()
        try:
            return lamps.plan(*ids)
        except CannotGather:
            return None

    with ThreadPoolExecutor(2) as pool:
        other, made = pool.submit(happens), pool.submit(plans)
        other.result(60)
        visit = made.result(60)
    with house.work() as work:
        inside = work.visits.of_orders(ids)
    assert (ids[1] in inside) is (deed == "accept"), "what was cancelled is in no visit, in either order"
    assert deed == "withdraw" or visit is not None


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
        lambda work: visiting.act_on_visit(work, visit["visit_id"], Action.START),
        lambda work: visits.leave_visit(work, visit["visit_id"], lamps.ids()[0]),
    ):
        with pytest.raises(NotFound), house.work(actor=stranger) as work:
            ask(work)
    with pytest.raises(CannotGather):
        lamps.plan(*lamps.ids()[:2], by=stranger)
    with house.work(actor=stranger) as work:
        assert visits.list_visits(work) == {"items": [], "likely": [], "free": []}


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
