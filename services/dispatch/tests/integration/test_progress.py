from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from dispatch.domain.errors import CheckFirst, NotAllowed, NotYours, RoundOver
from dispatch.domain.work_order_states import Action
from dispatch.handlers.acting import act_on_work_order, reroute_work_order
from servicekit.errors import NotFound, Stale

from ..samples import (  # noqa: TID252  samples of this service alone
    AGENT,
    OWNER,
    PORTAL,
    RPC,
    TEAM,
    executor_of,
    known_id,
    step,
)
from .conftest import House

MOVE = (step("move"), step("paint"), step("clean", "bezemwijs", "move", "paint"))


def start(house: House, *steps: Any, check: bool = False) -> None:
    house.publishes(*(steps or MOVE), check=check)
    house.hears_accepted()


def test_a_step_is_issued_when_all_that_it_waits_for_is_complete(house: House) -> None:
    start(house)
    house.completes("move")
    assert house.states()["clean"] == "prepared"
    house.completes("paint")
    assert house.states()["clean"] == "issued"
    assert house.changes()[-1] == ("issue", "issued")


def test_the_process_is_complete_once(house: House) -> None:
    start(house)
    for key in ("paint", "move", "clean"):
        house.completes(key)
    house.does("clean", "close")
    assert [fact["round"] for fact in house.facts("process_completed")] == [1]


def test_an_action_takes_few_statements(house: House, counted: Callable[[], Any]) -> None:
    start(house)
    order_id = house.orders()["move"]["work_order_id"]
    with counted() as statements, house.work(actor=AGENT) as work:
        act_on_work_order(work, order_id, Action.ACCEPT)
    # lock, order, order, history, outbox
    assert len(statements) == 5, statements


def test_where_the_product_asks_for_it_the_desk_checks_before_it_is_complete(house: House) -> None:
    start(house, step("move"), step("clean", "huisdienst", "move"), check=True)
    house.completes("move")
    assert house.states()["clean"] == "issued"  # the next executor does not wait for the check
    house.completes("clean")
    with pytest.raises(CheckFirst):
        house.does("move", "close")
    house.does("move", "check")
    assert house.facts("process_completed") == []
    house.does("clean", "check")
    assert len(house.facts("process_completed")) == 1


def test_failed_work_is_done_again_by_the_same_provider_for_the_reason_given(house: House) -> None:
    start(house, step("move"), check=True)
    house.completes("move")
    failed = house.does("move", "fail", reason="Kast staat scheef")
    assert failed["state"] == "rejected"
    again = house.orders()["move"]
    assert (again["replaces"], again["state"], again["remark"]) == (
        failed["work_order_id"],
        "issued",
        "Kast staat scheef",
    )
    assert again["provider"]["slug"] == "huisdienst"
    planned = house.facts("work_orders_planned")[-1]
    assert [one["replaces"] for one in planned["orders"]] == [str(failed["work_order_id"])]
    house.does("move", "accept", "complete", "check")
    assert len(house.facts("process_completed")) == 1


def test_failed_work_may_go_to_another_provider(house: House) -> None:
    start(house, step("move"), check=True)
    house.completes("move")
    house.does("move", "fail", reason="Nooit meer", provider_id=PORTAL.provider_id)
    assert house.orders()["move"]["provider"]["slug"] == "bezemwijs"


def test_after_the_customer_was_told_bad_work_is_a_reopening(house: House) -> None:
    start(house, step("move"))
    house.completes("move")
    with pytest.raises(RoundOver):
        house.does("move", "fail", reason="too late")


def test_a_refused_order_stays_visible_and_can_go_to_another(house: House) -> None:
    start(house, step("move"), step("clean", "huisdienst", "move"))
    refused = house.does("move", "refuse", reason="Geen tijd", actor=executor_of(TEAM))
    assert [one["number"] for one in house.orders(state="refused").values()] == [refused["number"]]
    assert refused["open"]
    with house.work(actor=AGENT) as work:
        new = reroute_work_order(work, refused["work_order_id"], PORTAL.provider_id, "Geen tijd")
    assert (new["provider"]["slug"], new["state"], new["step"]) == ("bezemwijs", "issued", "move")
    assert house.orders(state="refused") == {}
    assert house.changes()[-1] == ("reroute", "not_carried_out")
    house.completes("move")
    assert house.states()["clean"] == "issued"


def test_rerouting_one_of_two_does_not_complete_the_process(house: House) -> None:
    start(house, step("move"), step("paint"))
    house.completes("move")
    order = house.orders()["paint"]
    with house.work(actor=AGENT) as work:
        reroute_work_order(work, order["work_order_id"], PORTAL.provider_id, "Other")
    assert house.facts("process_completed") == []
    house.completes("paint")
    assert len(house.facts("process_completed")) == 1


def test_a_step_that_the_desk_drops_holds_nothing_up(house: House) -> None:
    start(house, step("move"), step("clean", "huisdienst", "move"))
    house.does("move", "cancel", reason="Niet nodig")
    assert house.states() == {"move": "cancelled", "clean": "issued"}
    house.completes("clean")
    assert len(house.facts("process_completed")) == 1


def test_a_pause_says_why_and_for_whom(house: House) -> None:
    start(house, step("move"))
    why = {"reason": "no_access", "counterparty": "requester"}
    house.does("move", "accept", "start")
    shown = house.does("move", "pause", pause=why, note="Deur op slot")
    assert shown["pause"] == why
    fact = house.facts("work_order_changed")[-1]
    assert (fact["pause"], fact["note"], fact["by"]) == (
        why,
        "Deur op slot",
        {"kind": "person", "name": "Amira"},
    )
    assert house.does("move", "resume")["pause"] is None


def test_two_who_act_at_the_same_version_one_wins(house: House) -> None:
    start(house, step("move"))
    shown = house.does("move", "accept", version=1)
    with pytest.raises(Stale):
        house.does("move", "start", version=1)
    assert house.does("move", "start", version=shown["version"])["state"] == "in_progress"


def test_a_team_acts_on_its_own_orders_and_no_others(house: House) -> None:
    start(house)
    house.does("move", "accept", actor=executor_of(TEAM))
    with pytest.raises(NotFound):
        house.does("move", "start", actor=executor_of(PORTAL))
    with pytest.raises(NotFound):
        house.does("move", "start", actor=executor_of(RPC))


@pytest.mark.parametrize("action", ["check", "fail", "close"])
def test_executors_do_not_judge_their_own_work(house: House, action: str) -> None:
    start(house, step("move"), check=True)
    house.completes("move")
    with pytest.raises(NotYours):
        house.does("move", action, actor=executor_of(TEAM), reason="fine")


def test_readers_only_read(house: House) -> None:
    start(house, step("move"))
    with pytest.raises(NotYours):
        house.does("move", "accept", actor=OWNER)


def test_what_the_state_does_not_know_is_refused(house: House) -> None:
    start(house, step("move"))
    with pytest.raises(NotAllowed):
        house.does("move", "complete")


def test_an_order_that_does_not_exist_is_not_found(house: House) -> None:
    with house.work(actor=AGENT) as work, pytest.raises(NotFound):
        act_on_work_order(work, known_id("nothing"), Action.ACCEPT)


def test_a_portal_supplier_confirms_a_cancellation(house: House) -> None:
    start(house, step("clean", "bezemwijs"))
    assert house.does("clean", "cancel", reason="Niet nodig")["state"] == "cancellation_requested"
    shown = house.does("clean", "confirm_cancellation", actor=executor_of(PORTAL))
    assert (shown["state"], shown["open"]) == ("cancelled", False)


def test_a_step_that_is_given_to_another_before_its_turn_still_waits_for_its_turn(house: House) -> None:
    start(house)
    order = house.orders()["clean"]
    with house.work(actor=AGENT) as work:
        new = reroute_work_order(work, order["work_order_id"], TEAM.provider_id, "Bezemwijs kan niet")
    assert (new["state"], new["provider"]["slug"]) == ("prepared", "huisdienst")
    house.completes("move")
    assert house.states()["clean"] == "prepared"
    house.completes("paint")
    assert house.states()["clean"] == "issued"
