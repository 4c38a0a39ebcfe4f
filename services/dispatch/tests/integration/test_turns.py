"""A step is given out when its turn comes, by the rules, absences and room of that moment."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from dispatch.domain.errors import CannotPlan
from dispatch.handlers import planning
from dispatch.handlers.acting import reroute_work_order

from ..samples import AGENT, NOW, PORTAL, RPC, TEAM, known_id  # noqa: TID252  samples of this service alone
from .conftest import House
from .test_routing import away, failures, hear_places, profile, save, when

STEPS = [
    {"key": "move", "title": {"nl": "V", "en": "M"}, "provider": "huisdienst", "depends_on": []},
    {"key": "clean", "title": {"nl": "S", "en": "C"}, "provider": "bezemwijs", "depends_on": ["move"]},
]
PRODUCT = {
    "product_id": str(known_id("verhuizing")), "version": 1, "check_required": False, "slug": "verhuizing",
    "name": {"nl": "Verhuizing", "en": "Move"}, "category": {"nl": "Verhuizingen", "en": "Moves"},
    "kind": "order", "priority": "P4", "process": {"steps": STEPS},
}  # fmt: skip
FIRST = when("priority", "P1", negated=True)


@pytest.fixture
def moved(house: House) -> House:
    """Bezemwijs is to clean once the Huisdienst has moved."""
    hear_places(house, {known_id("sluis"): "De Sluis"})
    house.hears("product_published", PRODUCT)
    house.hears_accepted()
    assert house.orders()["clean"]["provider"]["slug"] == "bezemwijs"
    return house


def clean(house: House) -> dict[str, Any]:
    return house.orders()["clean"]


def test_who_went_away_since_the_planning_is_passed_over(moved: House) -> None:
    profile(moved, PORTAL.provider_id, absences=[away("vonk-val")])
    assert clean(moved)["provider"]["slug"] == "bezemwijs"
    planned = clean(moved)
    moved.completes("move")
    given = clean(moved)
    assert (given["provider"]["slug"], given["state"]) == ("vonk-val", "issued")
    assert given["routing"]["by"] == "stand_in"
    assert (given["replaces"], given["issued_at"]) == (planned["work_order_id"], NOW)
    assert [parcel.consignment.order["order_number"] for parcel in moved.claims()] == [given["number"]]


def test_the_order_that_it_would_have_been_is_cancelled_before_anybody_was_told(moved: House) -> None:
    profile(moved, PORTAL.provider_id, absences=[away("vonk-val")])
    number = clean(moved)["number"]
    moved.completes("move")
    (told,) = [fact for fact in moved.facts("work_order_changed") if fact["number"] == number]
    assert (told["action"], told["state"], told["reason"]) == ("cancel", "cancelled", "routed_anew")
    (planned,) = moved.facts("work_orders_planned")[-1]["orders"]
    assert (planned["state"], planned["provider"]["slug"]) == ("issued", "vonk-val")


def test_a_rule_that_was_made_since_decides(moved: House) -> None:
    save(moved, FIRST, name="Alles naar Vonk & Val", providers=["vonk-val"])
    moved.completes("move")
    assert clean(moved)["provider"]["slug"] == "vonk-val"
    assert clean(moved)["routing"]["rule"]["name"] == "Alles naar Vonk & Val"


def test_the_reason_is_that_of_the_moment_also_when_it_stays_with_the_same(moved: House) -> None:
    save(moved, FIRST, name="Schoonmaak", providers=["bezemwijs"])
    number = clean(moved)["number"]
    moved.completes("move")
    assert clean(moved)["number"] == number
    assert clean(moved)["routing"]["rule"]["name"] == "Schoonmaak"


def test_what_a_person_decided_stays(moved: House) -> None:
    with moved.work(actor=AGENT) as work:
        reroute_work_order(work, clean(moved)["work_order_id"], RPC.provider_id, "Zo afgesproken")
    save(moved, FIRST, providers=["bezemwijs"])
    moved.completes("move")
    assert (clean(moved)["provider"]["slug"], clean(moved)["routing"]["by"]) == ("vonk-val", "hand")


def stuck(house: House) -> None:
    """When its turn comes the rule has nobody, and says that a person decides then."""
    profile(house, RPC.provider_id, absences=[away()])
    save(house, FIRST, providers=["vonk-val"], needs=["present"], otherwise="triage")
    house.completes("move")


def test_of_whom_a_rule_finds_nobody_the_step_waits_and_the_desk_hears_once(moved: House) -> None:
    stuck(moved)
    assert moved.states() == {"move": "technically_complete", "clean": "prepared"}
    (told,) = moved.facts("process_unplannable")
    assert (told["reason"], told["round"], told["step"]) == ("nobody_available", 1, "clean")
    assert failures(moved) == {("rule", "nobody_available"): "open"}
    with moved.work() as work:
        planning.plan_routed_again(work)
    assert len(moved.facts("process_unplannable")) == 1
    assert moved.facts("process_completed") == []


def test_it_goes_out_by_itself_when_somebody_is_back(moved: House) -> None:
    stuck(moved)
    profile(moved, RPC.provider_id, version=1, absences=[])
    assert (clean(moved)["state"], clean(moved)["provider"]["slug"]) == ("issued", "vonk-val")
    assert failures(moved) == {("rule", "nobody_available"): "resolved"}
    with moved.work() as work:
        assert work.processes.waiting(9) == []


def test_a_person_may_decide_meanwhile(moved: House) -> None:
    stuck(moved)
    with moved.work(actor=AGENT) as work:
        planning.plan_by_hand(work, known_id("request"), TEAM.provider_id, "Wij doen het zelf")
    assert (clean(moved)["state"], clean(moved)["provider"]["slug"]) == ("issued", "huisdienst")
    assert clean(moved)["routing"]["reason"] == "Wij doen het zelf"


def test_giving_it_to_another_sends_it_out(moved: House) -> None:
    stuck(moved)
    with moved.work(actor=AGENT) as work:
        new = reroute_work_order(work, clean(moved)["work_order_id"], TEAM.provider_id, "Wij doen het zelf")
    assert new["state"] == "issued"
    assert failures(moved) == {("rule", "nobody_available"): "resolved"}


def test_trying_again_from_the_repair_list_says_that_there_is_nobody_still(moved: House) -> None:
    stuck(moved)
    with moved.work(actor=AGENT) as work, pytest.raises(CannotPlan):
        planning.plan(work, work.processes.lock(known_id("request")), insist=True)


def test_a_request_that_ends_meanwhile_waits_for_nobody(moved: House) -> None:
    stuck(moved)
    moved.hears_closed(sequence=99)
    assert moved.states()["clean"] == "cancelled"
    assert failures(moved) == {("rule", "nobody_available"): "resolved"}
    profile(moved, RPC.provider_id, version=1, absences=[])
    assert moved.states()["clean"] == "cancelled"


def test_other_steps_go_out_while_one_waits(house: House) -> None:
    paint = {**STEPS[1], "key": "paint", "provider": "huisdienst"}
    house.hears("product_published", {**PRODUCT, "process": {"steps": [*STEPS, paint]}})
    house.hears_accepted()
    profile(house, RPC.provider_id, absences=[away(days=3)])
    save(house, when("intended", "bezemwijs"), providers=["vonk-val"], needs=["present"], otherwise="triage")
    house.completes("move")
    assert house.states() == {"move": "technically_complete", "clean": "prepared", "paint": "issued"}
    house.completes("paint")
    assert house.states()["clean"] == "prepared"
    assert len(house.facts("process_unplannable")) == 1


def test_an_absence_that_is_over_when_the_turn_comes_is_none(moved: House) -> None:
    start, end = NOW + timedelta(days=5), NOW + timedelta(days=6)
    absence = {"start": start.isoformat(), "end": end.isoformat(), "stand_in": "vonk-val"}
    profile(moved, PORTAL.provider_id, absences=[absence])
    moved.completes("move")
    assert clean(moved)["provider"]["slug"] == "bezemwijs"
