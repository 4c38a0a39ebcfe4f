"""Rounds on a real database: stops come with the request, are answered one by one, and defects are told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from dispatch import messages
from dispatch.domain.errors import StopsOpen
from dispatch.domain.work_order_states import Action
from dispatch.handlers.acting import reroute_work_order
from dispatch.handlers.reading import get_work_order
from dispatch.handlers.supplier_desk import told_by_supplier

from ..samples import AGENT, PORTAL, RPC, TEAM, executor_of, known_id, step  # noqa: TID252  samples of this service alone
from .conftest import House

PLACE = {"location_id": "01936e00-0000-7000-8000-00000000c003", "path": "De Sluis / 3e verdieping"}
STOPS: list[dict[str, Any]] = [
    {"title": "Bij de lift", "location": PLACE, "asset": None, "optional": False,
     "points": [{"text": "Verzegeld?", "optional": False}]},
    {"title": "Keuken", "location": None, "asset": None, "optional": False, "points": []},
]  # fmt: skip
TOM = replace(executor_of(TEAM), id=str(known_id("tom")), person_id=str(known_id("person tom")))


def planned(house: House, provider: str = "huisdienst") -> None:
    house.publishes(step("walk", provider))
    house.hears_accepted(stops=STOPS, planned=True)


def whole(house: House) -> dict[str, Any]:
    with house.work(actor=AGENT) as work:
        return get_work_order(work, house.orders()["walk"]["work_order_id"])


def test_a_team_walks_its_round_and_each_defect_is_told_once(house: House) -> None:
    planned(house)
    assert "tick_stop" not in house.does("walk", "accept", actor=TOM)["actions"]
    assert "tick_stop" in house.does("walk", "start", actor=TOM)["actions"]
    house.does("walk", "tick_stop", actor=TOM, stop=1, outcome="defect", note="Verzegeling kapot")
    with pytest.raises(StopsOpen):
        house.does("walk", "complete", actor=TOM)
    house.does("walk", "tick_stop", actor=TOM, stop=2, outcome="done")
    house.does("walk", "complete", actor=TOM)
    (found,) = house.facts("defect_found")
    assert (found["stop"], found["title"], found["note"]) == (1, "Bij de lift", "Verzegeling kapot")
    assert (found["location"], found["reporter_id"]) == (PLACE, TOM.person_id)
    order = whole(house)
    assert order["stop_counts"] == {"stops": 2, "open": 0, "done": 1, "not_reachable": 0, "defect": 1}
    assert order["planned"] is True
    assert house.facts("work_order_changed")[-1]["stops"] == order["stop_counts"]
    assert [each["standing"] for each in order["stops"]] == ["defect", "done"]


def test_a_suppliers_program_answers_stops_over_the_broker_and_again_when_its_answer_is_lost(
    house: House,
) -> None:
    planned(house, "vonk-val")
    order = house.delivers({"answer": "accepted"}).consignment.arguments["order"]
    assert [each["number"] for each in order["stops"]] == [1, 2]
    word = {"action": "tick_stop", "stop": 1, "outcome": "defect", "note": "Lek"}
    for said in ({"action": "start"}, word, word):
        loaded = messages.ReportProgress().load({"order_number": order["order_number"], **said})
        with house.work() as work:
            told_by_supplier(work, str(RPC.address), **loaded)
    assert len(house.facts("defect_found")) == 1


def test_who_takes_a_round_over_goes_on_where_it_was(house: House) -> None:
    planned(house)
    house.does("walk", "accept", "start", actor=TOM)
    house.does("walk", "tick_stop", actor=TOM, stop=1, outcome="done", checklist=[0])
    with house.work(actor=AGENT) as work:
        reroute_work_order(work, whole(house)["work_order_id"], PORTAL.provider_id, "Tom is ziek")
    assert [each["standing"] for each in whole(house)["stops"]] == ["done", "open"]


def test_whom_a_plan_names_gets_the_first_step_and_the_process_says_who_does_the_others(house: House) -> None:
    house.publishes(step("walk"), step("after", "huisdienst", "walk"))
    house.hears_accepted(named_provider="bezemwijs")
    orders = house.orders()
    assert {key: order["provider"]["slug"] for key, order in orders.items()} == {
        "walk": "bezemwijs", "after": "huisdienst",
    }  # fmt: skip
    assert orders["walk"]["routing"] == {"by": "plan"}


def test_whom_a_plan_names_in_vain_keeps_the_work_waiting_in_the_repair_list(house: House) -> None:
    house.publishes(step("walk"))
    house.hears_accepted(named_provider="niemand")
    assert house.orders() == {}
    (told,) = house.facts("process_unplannable")
    assert told["reason"] == "unknown_provider"


def test_an_order_that_is_no_round_offers_no_stops(house: House) -> None:
    house.publishes(step("walk"))
    house.hears_accepted()
    assert Action.TICK_STOP not in house.does("walk", "accept", "start", actor=TOM)["actions"]
    assert whole(house)["stop_counts"] is None
