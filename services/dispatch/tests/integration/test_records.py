"""Completion with its record on a real database: what is kept, who sees it, and what the desk decides."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import Any

import deskcontracts
import pytest
from dispatch import messages
from dispatch.domain.errors import BudgetHoldersWord, CostNotSettled, PointsOpen
from dispatch.domain.work_order_states import Action
from dispatch.handlers.supplier_desk import order_of_supplier, told_by_supplier
from dispatch.handlers.terms import get_order_terms, save_order_terms
from servicekit.errors import Stale

from ..samples import AGENT, OWNER, PORTAL, RPC, TEAM, executor_of, known_id, step  # noqa: TID252  samples of this service alone
from .conftest import House

POINTS = ({"nl": "Leeg?", "en": "Empty?"}, {"nl": "Schoon?", "en": "Clean?"})
HOURS = [{"kind": "work", "minutes": 90, "rate_cents": 6000}]
MATERIAL = [{"name": "Kit", "quantity": "2.5", "unit": "litre", "price_cents": 1101}]


def begun(house: House, provider: str = "huisdienst", cost: int | None = 10_000) -> None:
    house.publishes(replace(step("clean", provider), checklist=POINTS, cost_cents=cost))
    house.hears_accepted()


def test_the_checklist_and_price_of_the_catalogue_come_with_the_order(house: House) -> None:
    fact = deepcopy(deskcontracts.example("catalog.product_published"))
    fact |= {"product_id": str(known_id("verhuizing")), "version": 1}
    house.hears("product_published", fact)
    house.has(replace(TEAM, provider_id=known_id("it"), slug="it-werkplek", name="IT Werkplek"))
    house.hears_accepted()
    move = house.orders()["move"]
    assert (move["checklist"], move["agreed_cents"]) == (fact["process"]["steps"][0]["checklist"], 4500)
    assert house.orders()["clean"]["checklist"] == []


def test_a_team_reports_points_hours_and_material_and_the_desk_reads_them(house: House) -> None:
    begun(house)
    tom = executor_of(TEAM)
    house.does("clean", "accept", actor=tom)
    with pytest.raises(PointsOpen):
        house.does("clean", "complete", actor=tom, checklist=[0])
    house.does("clean", "complete", actor=tom, checklist=[0, 1], time=HOURS, material=MATERIAL)
    order = house.orders()["clean"]
    assert order["cost_cents"] == 9000 + 2753
    assert order["record"]["material"][0]["amount_cents"] == 2753
    assert order["cost_standing"]["state"] == "over"
    assert {"accept_cost", "dispute_cost"} <= set(order["actions"])


def test_who_carries_out_the_work_does_not_decide_about_its_cost(house: House) -> None:
    begun(house, "bezemwijs")
    house.does("clean", "accept", actor=executor_of(PORTAL))
    shown = house.does("clean", "complete", actor=executor_of(PORTAL), checklist=[0, 1], cost_cents=20_000)
    assert shown["actions"] == []
    assert shown["cost_standing"]["state"] == "over"


def test_the_desk_accepts_with_its_reason_which_is_kept_and_told(house: House) -> None:
    begun(house)
    house.does("clean", "accept")
    house.does("clean", "complete", checklist=[0, 1], cost_cents=20_000)
    with pytest.raises(CostNotSettled):
        house.does("clean", "close")
    house.does("clean", "accept_cost", reason="Twee keer gereden")
    assert house.does("clean", "close")["state"] == "administratively_complete"
    told = house.facts("work_order_changed")[-2]
    assert (told["action"], told["by"]["name"]) == ("accept_cost", "Amira")
    assert told["reason"] == "Twee keer gereden"
    assert [fact["round"] for fact in house.facts("process_completed")] == [1]


def test_a_higher_cost_does_not_hold_up_the_customer(house: House) -> None:
    begun(house)
    house.does("clean", "accept")
    house.does("clean", "complete", checklist=[0, 1], cost_cents=1_000_000)
    assert len(house.facts("process_completed")) == 1


def test_the_margin_is_the_organisations_own(house: House) -> None:
    with house.work(actor=OWNER) as work:
        assert get_order_terms(work)["version"] == 0
        assert save_order_terms(work, 0, cost_margin_percent=0)["version"] == 1
    with house.work(actor=OWNER) as work, pytest.raises(Stale):
        save_order_terms(work, 0, cost_margin_percent=50)
    begun(house)
    house.does("clean", "accept")
    assert house.does("clean", "complete", checklist=[0, 1], cost_cents=10_001)["cost_standing"] is not None
    with house.work(actor=OWNER) as work:
        assert save_order_terms(work, 1, cost_margin_percent=50)["cost_margin_percent"] == 50
        found = get_order_terms(work)
        assert (found["cost_margin_percent"], found["version"]) == (50, 2)


def say(house: House, **said: Any) -> dict[str, Any]:
    number = house.orders()["clean"]["number"]
    with house.work() as work:
        loaded = messages.ReportCompletion().load({"order_number": number, **said})
        return told_by_supplier(work, RPC.address or "", action=Action.COMPLETE, **loaded)


def test_a_suppliers_program_gets_the_points_and_may_say_its_record_twice(house: House) -> None:
    begun(house, "vonk-val")
    number = house.orders()["clean"]["number"]
    (parcel,) = house.claims()
    assert parcel.consignment.arguments["order"]["checklist"] == list(POINTS)
    house.brings(parcel, {"answer": "accepted"})
    with pytest.raises(PointsOpen) as refused:
        say(house)
    assert refused.value.errors["checklist"] == ["Not ticked: Empty?", "Not ticked: Clean?"]
    for _ in range(2):
        told = say(house, checklist=[1, 0], time=HOURS, material=MATERIAL)
    assert (told["state"], told["cost_cents"]) == ("technically_complete", 11_753)
    assert [action for action, _ in house.changes()].count("complete") == 1
    house.does("clean", "dispute_cost", reason="Eén monteur was gevraagd", actor=AGENT)
    with house.work() as work:
        seen = order_of_supplier(work, RPC.address or "", number)
    assert (seen["cost_standing"]["state"], seen["cost_standing"]["reason"]) == (
        "disputed",
        "Eén monteur was gevraagd",
    )


def test_the_limit_that_the_desk_sets_is_what_the_cost_is_held_to(house: House) -> None:
    begun(house)
    house.does("clean", "accept")
    house.does("clean", "set_limit", limit_cents=20_000, actor=AGENT)
    house.does("clean", "complete", checklist=[0, 1], cost_cents=15_000)
    assert house.orders()["clean"]["cost_standing"] is None
    house.does("clean", "close", cost_cents=22_000, actor=AGENT)
    assert (house.orders()["clean"]["limit_cents"], house.orders()["clean"]["state"]) == (
        20_000,
        "administratively_complete",
    )


def decided(house: House, number: int, outcome: str) -> None:
    order_id = str(house.orders()["clean"]["work_order_id"])
    fact = deskcontracts.example("intake.extra_work_decided")
    said = {"work_order_id": order_id, "number": number, "outcome": outcome, "reason": "Vooruit dan"}
    house.hears("extra_work_decided", {**fact, "request_id": str(known_id("request")), **said})


def test_extra_work_above_what_the_desk_may_agree_to_waits_for_the_budget_holders_word(house: House) -> None:
    begun(house)
    house.does("clean", "accept")
    house.does("clean", "ask_extra", amount_cents=90_000, reason="Ook de zolder")
    order = house.orders()["clean"]
    assert order["extra_work"]["of"] == "budget_holder"
    assert not {"grant_extra", "refuse_extra", "ask_extra"} & set(order["actions"])
    with pytest.raises(BudgetHoldersWord):
        house.does("clean", "grant_extra", actor=AGENT)
    decided(house, 2, "granted")
    assert house.orders()["clean"]["extra_work"]["state"] == "asked", "an answer to another question is none"
    for _ in range(2):
        decided(house, 1, "granted")
    order = house.orders()["clean"]
    assert (order["extra_work"]["state"], order["limit_cents"]) == ("granted", 100_000)
    told = house.facts("work_order_changed")[-1]
    assert (told["action"], told["limit_cents"]) == ("grant_extra", 100_000)
    house.does("clean", "resume")
    house.does("clean", "complete", checklist=[0, 1], cost_cents=99_000)
    assert house.orders()["clean"]["cost_standing"] is None


def test_a_suppliers_program_asks_for_more_and_may_say_so_twice(house: House) -> None:
    begun(house, "vonk-val")
    (parcel,) = house.claims()
    assert parcel.consignment.arguments["order"]["limit_cents"] == 10_000
    house.brings(parcel, {"answer": "accepted"})
    number = house.orders()["clean"]["number"]
    more = {"amount_cents": 4_000, "reason": "Ook de trap"}
    for _ in range(2):
        with house.work() as work:
            said = messages.ReportProgress().load({"order_number": number, "action": "ask_extra", **more})
            told = told_by_supplier(work, RPC.address or "", **said)
    assert (told["state"], told["pause"]["counterparty"]) == ("paused", "desk")
    assert (told["extra_work"]["state"], told["extra_work"]["number"]) == ("asked", 1)
    assert [action for action, _ in house.changes()].count("ask_extra") == 1
    house.does("clean", "refuse_extra", reason="Alleen de kamer", actor=AGENT)
    with house.work() as work:
        seen = order_of_supplier(work, RPC.address or "", number)
    assert (seen["extra_work"]["state"], seen["extra_work"]["decision"]) == ("refused", "Alleen de kamer")


def test_the_desk_decides_what_is_left_to_it_and_about_little(house: House) -> None:
    begun(house)
    house.does("clean", "accept")
    house.does("clean", "ask_extra", amount_cents=90_000, reason="Ook de zolder")
    decided(house, 1, "to_desk")
    house.does("clean", "refuse_extra", reason="Eerst een offerte", actor=AGENT)
    house.does("clean", "ask_extra", amount_cents=9_000, reason="Alleen de trap")
    house.does("clean", "grant_extra", actor=AGENT)
    assert house.orders()["clean"]["limit_cents"] == 19_000


def test_rework_asks_for_the_points_again(house: House) -> None:
    begun(house)
    house.does("clean", "accept")
    house.does("clean", "complete", checklist=[0, 1])
    with house.work(actor=AGENT) as work:
        process = work.processes.lock(known_id("request"))
        work.processes.save(replace(process, completed_round=0))
    house.does("clean", "fail", reason="Niet schoon")
    again = house.orders()["clean"]
    assert (again["checklist"], again["record"], again["agreed_cents"]) == (list(POINTS), None, 10_000)
