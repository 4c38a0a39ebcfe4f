from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import timedelta
from typing import Any
from uuid import UUID

import deskcontracts
import pytest
from dispatch import heard
from dispatch.domain.providers import Kind, Means
from dispatch.handlers import planning
from dispatch.handlers.providers import save_provider
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ..samples import NOW, RPC, accepted, known_id, step  # noqa: TID252  samples of this service alone
from .conftest import House

MOVE = (step("move"), step("it", "vonk-val"), step("clean", "bezemwijs", "move", "it"))


def test_an_accepted_request_becomes_orders_in_one_fact(house: House) -> None:
    house.publishes(*MOVE)
    house.hears_accepted()
    assert house.states() == {"move": "issued", "it": "issued", "clean": "prepared"}
    (planned,) = house.facts()
    assert [order["number"][-2:] for order in planned["orders"]] == ["-1", "-2", "-3"]
    assert planned["round"] == 1


def test_planning_takes_few_statements(house: House, counted: Callable[[], Any]) -> None:
    house.publishes(*MOVE)
    with counted() as statements:
        house.hears_accepted()
    # process, product, providers, process, orders, deliveries, outbox
    assert len(statements) == 7, statements


def test_a_doubled_acceptance_plans_once(house: House) -> None:
    house.publishes(*MOVE)
    house.hears_accepted()
    house.hears_accepted()
    assert len(house.facts()) == 1


def test_a_request_waits_for_its_product_and_is_planned_when_it_arrives(house: House) -> None:
    house.hears_accepted()
    assert house.facts() == []
    house.publishes(*MOVE)
    assert house.states()["move"] == "issued"


def test_the_desk_is_told_once_when_the_product_does_not_come(house: House) -> None:
    house.hears_accepted()
    for minutes in (0, 2, 4):
        with house.work(now=NOW + timedelta(minutes=minutes)) as work:
            planning.tell_unplannable(work, timedelta(minutes=1))
    (told,) = house.facts()
    assert told["reason"] == "unknown_product_version"
    house.publishes(*MOVE)
    assert [fact.get("reason") for fact in house.facts()] == ["unknown_product_version", None]


def test_a_missing_provider_is_told_at_once_and_planned_when_saved(house: House) -> None:
    house.publishes(step("paint", "schilders"))
    house.hears_accepted()
    (told,) = house.facts()
    assert told["reason"] == "unknown_provider"
    assert "schilders" in told["detail"]
    with house.work() as work:
        save_provider(work, "schilders", "Schilders", Kind.TEAM, Means.NONE)
    assert house.states() == {"paint": "issued"}


def test_a_circle_is_told_and_never_planned(house: House) -> None:
    house.publishes(step("a", "huisdienst", "b"), step("b", "huisdienst", "a"))
    house.hears_accepted()
    (told,) = house.facts()
    assert told["reason"] == "invalid_process"
    assert house.orders() == {}


def test_a_product_without_steps_is_the_desks_own_and_nothing_is_said(house: House) -> None:
    house.publishes()
    house.hears_accepted()
    with house.work(now=NOW + timedelta(hours=1)) as work:
        planning.tell_unplannable(work, timedelta(minutes=1))
    assert house.facts() == []
    assert house.orders() == {}


def test_a_product_as_the_catalogue_publishes_it(house: House) -> None:
    fact = deepcopy(deskcontracts.example("catalog.product_published"))
    fact["process"]["steps"] = fact["process"]["steps"][:1]
    house.hears("product_published", fact)
    house.hears_accepted(product="x")
    request = accepted()
    request["product"] |= {"product_id": fact["product_id"], "version": fact["version"]}
    from dispatch import heard

    with house.work() as work:
        planning.request_accepted(
            work, heard.RequestAccepted().load(request | {"request_id": str(known_id("second"))})
        )
    assert house.orders()["move"]["title"]["nl"] == "Meubels en dozen verhuizen"
    assert house.orders()["move"]["check_required"] is True


def test_a_withdrawn_product_still_serves_running_requests(house: House) -> None:
    house.publishes(*MOVE)
    withdrawn = deskcontracts.example("catalog.product_withdrawn")
    house.hears("product_withdrawn", withdrawn | {"product_id": str(known_id("verhuizing")), "version": 1})
    house.hears_accepted()
    assert len(house.orders()) == 3


def test_a_withdrawal_may_be_heard_before_the_publication(house: House) -> None:
    withdrawn = deskcontracts.example("catalog.product_withdrawn")
    house.hears("product_withdrawn", withdrawn | {"product_id": str(known_id("verhuizing")), "version": 1})
    house.hears_accepted()
    house.publishes(*MOVE)
    assert len(house.orders()) == 3


def test_a_reopened_request_gets_its_final_step_again(house: House) -> None:
    house.publishes(*MOVE)
    house.hears_accepted()
    for key in ("move", "it", "clean"):
        house.completes(key)
    house.hears_reopened(reason="Nog niet schoon")
    order = house.orders()["clean"]
    assert (order["round"], order["state"], order["remark"]) == (2, "issued", "Nog niet schoon")
    assert order["number"].endswith("-4")
    house.completes("clean")
    assert [fact["round"] for fact in house.facts("process_completed")] == [1, 2]


def test_a_reopening_of_a_request_that_never_came_here_does_nothing(house: House) -> None:
    house.hears_reopened()
    assert house.facts() == []


def test_a_withdrawn_request_is_not_planned_whichever_was_heard_first(house: House) -> None:
    house.publishes(*MOVE)
    house.hears_closed()
    house.hears_accepted()
    assert house.facts() == []


def test_withdrawal_cancels_what_is_open_and_asks_suppliers_to_stop(house: House) -> None:
    house.publishes(*MOVE, step("paint", "bezemwijs"))
    house.hears_accepted()
    house.delivers({"answer": "accepted"})
    house.hears_closed()
    assert house.states() == {
        "move": "cancelled",  # our own team
        "it": "cancellation_requested",  # a supplier that accepted
        "clean": "cancelled",  # nobody knew of it
        "paint": "cancellation_requested",  # it stood in the supplier's work list
    }
    assert {fact["reason"] for fact in house.facts("work_order_changed") if fact["action"] == "cancel"} == {
        "request_withdrawn"
    }
    assert house.facts("process_completed") == []


def test_an_order_that_never_left_needs_no_acknowledgement(house: House) -> None:
    house.publishes(step("it", "vonk-val"))
    house.hears_accepted()
    house.hears_closed()
    assert house.states() == {"it": "cancelled"}
    assert house.claims() == []


def test_a_solved_request_leaves_its_orders_alone(house: House) -> None:
    house.publishes(step("move"))
    house.hears_accepted()
    house.completes("move")
    house.hears_closed("solved")
    assert house.states() == {"move": "technically_complete"}


def test_reopened_after_withdrawal_does_what_was_never_done(house: House) -> None:
    house.publishes(step("move"), step("clean", "huisdienst", "move"))
    house.hears_accepted()
    house.hears_closed(sequence=5)
    house.hears_reopened(sequence=6)
    assert house.states() == {"move": "issued", "clean": "prepared"}
    assert {order["round"] for order in house.orders().values()} == {2}


FACTS = ["product", "accepted", "closed", "reopened"]


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(facts=st.permutations(FACTS * 2), number=st.uuids())
def test_the_order_of_facts_makes_no_difference(house: House, facts: list[str], number: Any) -> None:
    name = f"{number}"
    for fact in facts:
        if fact == "product":
            house.publishes(step("move"), step("clean", "huisdienst", "move"), name=name)
        elif fact == "accepted":
            house.hears_accepted(request=name, product=name, sequence=2)
        elif fact == "closed":
            house.hears_closed(request=name, sequence=5)
        else:
            house.hears_reopened(request=name, sequence=6)
    found = house.orders(request_id=known_id(name))
    assert {key: (str(one["state"]), one["round"]) for key, one in found.items()} == {
        "move": ("issued", 2),
        "clean": ("prepared", 2),
    }


@pytest.mark.parametrize("delivery", ["vonk-val"])
def test_only_suppliers_that_are_called_have_deliveries(house: House, delivery: str) -> None:
    house.publishes(*MOVE)
    house.hears_accepted()
    parcels = house.claims()
    assert [parcel.consignment.provider.address for parcel in parcels] == [RPC.address]
    assert [one["delivery"]["state"] for one in house.orders().values()] == ["none", "pending", "none"]


@pytest.mark.parametrize("first", ["accepted", "weighed"])
def test_the_priority_that_was_told_last_counts_whichever_came_first(house: House, first: str) -> None:
    house.publishes(*MOVE)
    which = {"request_id": accepted()["request_id"], "sequence": 9, "priority": "P1"}
    fact = {**deskcontracts.example("intake.priority_changed"), **which}

    def weighed() -> None:
        with house.work() as work:
            planning.priority_changed(work, heard.PriorityChanged().load(fact))

    for tell in (house.hears_accepted, weighed) if first == "accepted" else (weighed, house.hears_accepted):
        tell()
    with house.work() as work:
        process = work.processes.find(UUID(accepted()["request_id"]))
    assert process.request["priority"] == "P1"
    assert process.request["due_at"] == fact["promise"]["resolve_by"]
