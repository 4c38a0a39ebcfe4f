from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from dispatch.domain.deliveries import Errand, Failure, NoAnswer
from dispatch.domain.errors import NothingToDeliver
from dispatch.handlers.acting import redeliver_work_order, reroute_work_order
from dispatch.handlers.delivering import claim_parcels
from dispatch.handlers.reading import get_work_order

from ..samples import AGENT, OTHER_RPC, PORTAL, RPC, TEAM, step  # noqa: TID252  samples of this service alone
from .conftest import House

SILENCE = NoAnswer(Failure.NO_ANSWER, "No answer within 5 seconds.")


@pytest.fixture
def out(house: House) -> House:
    """One order for a supplier is waiting to be brought."""
    house.publishes(step("it", "vonk-val"))
    house.hears_accepted()
    return house


def attempts(house: House) -> list[tuple[Any, ...]]:
    order_id = house.orders()["it"]["work_order_id"]
    with house.work(actor=AGENT) as work:
        lines = get_work_order(work, order_id)["attempts"]
    return [(line["generation"], line["attempt"], line["outcome"], line["late"]) for line in lines]


def delivery(house: House) -> dict[str, Any]:
    found: dict[str, Any] = house.orders()["it"]["delivery"]
    return found


def redeliver(house: House) -> dict[str, Any]:
    with house.work(actor=AGENT) as work:
        return redeliver_work_order(work, house.orders()["it"]["work_order_id"])


@pytest.mark.parametrize(
    ("answer", "state", "action"),
    [
        ({"answer": "received"}, "issued", "deliver"),
        ({"answer": "accepted", "planned_from": "2026-11-24T09:00:00Z"}, "accepted", "accept"),
        ({"answer": "refused", "reason": "Geen monteur"}, "refused", "refuse"),
    ],
)
def test_each_answer_moves_the_order(out: House, answer: dict[str, Any], state: str, action: str) -> None:
    parcel = out.delivers(answer)
    assert parcel.consignment.arguments["order"]["order_number"].endswith("-1")
    assert out.states() == {"it": state}
    fact = out.facts("work_order_changed")[-1]
    assert (fact["action"], fact["by"]) == (action, {"kind": "supplier", "name": "Vonk & Val"})
    assert fact["reason"] == answer.get("reason")
    assert fact["delivery"] == {"state": "delivered", "attempts": 1, "error": None, "next_attempt_at": None}
    assert attempts(out) == [(1, 1, answer["answer"], False)]
    assert out.claims() == []


def test_what_is_claimed_is_not_claimed_again_until_the_lease_is_over(out: House) -> None:
    assert len(out.claims()) == 1
    assert out.claims() == []
    out.time_passes()
    (again,) = out.claims()
    assert again.claim.attempt == 2


def test_replicas_share_what_is_due(house: House) -> None:
    house.publishes(step("it", "vonk-val"))
    for number in range(6):
        house.hears_accepted(request=f"r{number}")
    with house.work() as one, house.work() as other:
        first = claim_parcels(one, 3, 10, timedelta(seconds=30), [])
        second = claim_parcels(other, 10, 10, timedelta(seconds=30), [])
    taken = [parcel.claim.work_order_id for parcel in (*first, *second)]
    assert (len(first), len(second), len(set(taken))) == (3, 3, 6)


def test_a_slow_supplier_leaves_room_for_others(house: House) -> None:
    house.publishes(step("it", "vonk-val"), name="slow")
    house.publishes(step("it", "kabel-co"), name="quick")
    for number in range(5):
        house.hears_accepted(request=f"s{number}", product="slow")
    house.hears_accepted(request="q", product="quick")
    with house.work() as work:
        taken = claim_parcels(work, 10, 2, timedelta(seconds=30), [])
        rest = claim_parcels(work, 10, 10, timedelta(seconds=30), [RPC.provider_id])
    addresses = [parcel.consignment.provider.address for parcel in taken]
    assert sorted(addresses) == ["supplier_kabel", "supplier_vonk_val", "supplier_vonk_val"]
    assert rest == []


@pytest.mark.parametrize("failure", list(Failure))
def test_every_failed_attempt_is_kept_with_its_reason(out: House, failure: Failure) -> None:
    out.delivers(NoAnswer(failure, "What went wrong."))
    assert attempts(out) == [(1, 1, failure.value, False)]
    assert delivery(out)["error"] == "What went wrong."
    assert out.states() == {"it": "issued"}


def test_it_is_tried_again_later_and_then_given_up_visibly(out: House) -> None:
    out.delivers(SILENCE)
    assert delivery(out)["state"] == "pending"
    assert out.changes() == []
    assert out.claims() == []  # not before its time
    for _ in range(2):
        out.time_passes()
        out.delivers(SILENCE)
    assert (delivery(out)["state"], delivery(out)["attempts"]) == ("failed", 3)
    assert out.changes() == [("delivery_failed", "issued")]
    out.time_passes()
    assert out.claims() == []
    assert [one["step"] for one in out.orders(delivery="failed").values()] == ["it"]


def test_redelivery_starts_again_under_the_same_number(out: House) -> None:
    first = out.delivers(SILENCE, delays=())
    assert delivery(out)["state"] == "failed"
    assert redeliver(out)["delivery"]["state"] == "pending"
    second = out.delivers({"answer": "accepted"})
    numbers = [parcel.consignment.arguments["order"]["order_number"] for parcel in (first, second)]
    assert numbers[0] == numbers[1]
    assert attempts(out) == [(1, 1, "no_answer", False), (2, 1, "accepted", False)]
    assert out.states() == {"it": "accepted"}


def test_a_refused_order_may_be_offered_again(out: House) -> None:
    out.delivers({"answer": "refused", "reason": "Vandaag niet"})
    redeliver(out)
    parcel = out.delivers({"answer": "accepted"})
    assert parcel.consignment.arguments["order"]["offer"] == 2
    assert out.states() == {"it": "accepted"}


def test_a_team_has_nothing_delivered(house: House) -> None:
    house.publishes(step("it"))
    house.hears_accepted()
    with pytest.raises(NothingToDeliver):
        redeliver(house)


def test_a_lost_reply_is_made_good_by_the_next_attempt(out: House) -> None:
    out.delivers(SILENCE)  # the supplier accepted, but nobody heard it
    out.time_passes()
    out.delivers({"answer": "accepted"})
    assert out.changes() == [("accept", "accepted")]


def test_a_claim_that_lapsed_still_brings_its_answer_once(out: House) -> None:
    (slow,) = out.claims()
    out.time_passes()
    (quick,) = out.claims()
    out.brings(slow, {"answer": "accepted"})
    out.brings(quick, {"answer": "accepted"})
    assert out.changes() == [("accept", "accepted")]
    assert attempts(out) == [(1, 1, "accepted", False), (1, 2, "accepted", True)]


def test_a_failure_of_a_lapsed_claim_does_not_count(out: House) -> None:
    (slow,) = out.claims()
    out.time_passes()
    (quick,) = out.claims()
    out.brings(slow, SILENCE, delays=())
    assert delivery(out)["state"] == "pending"
    out.brings(quick, {"answer": "received"})
    assert delivery(out)["state"] == "delivered"


def test_an_answer_after_it_was_given_up_is_still_good(out: House) -> None:
    (slow,) = out.claims()
    out.time_passes()
    (quick,) = out.claims()
    out.brings(quick, SILENCE, delays=())
    assert delivery(out)["state"] == "failed"
    out.brings(slow, {"answer": "accepted"})
    assert (delivery(out)["state"], out.states()["it"]) == ("delivered", "accepted")


def test_an_answer_after_cancellation_is_kept_and_changes_nothing(out: House) -> None:
    (parcel,) = out.claims()
    out.hears_closed()
    assert out.states() == {"it": "cancellation_requested"}  # it was under way: they may know
    out.brings(parcel, {"answer": "accepted"})
    assert out.states() == {"it": "cancellation_requested"}
    assert attempts(out) == [(1, 1, "accepted", True)]
    recall = out.delivers({"answer": "cancelled"}, Errand.CANCELLATION)
    assert recall.consignment.arguments["reason"] == "request_withdrawn"
    assert out.states() == {"it": "cancelled"}
    assert out.changes()[-1] == ("confirm_cancellation", "cancelled")


def test_a_supplier_that_will_not_cancel_is_shown(out: House) -> None:
    out.delivers({"answer": "accepted"})
    out.hears_closed()
    out.delivers({"answer": "refused", "reason": "Al klaar"}, Errand.CANCELLATION)
    assert out.states() == {"it": "cancellation_requested"}
    assert (delivery(out)["state"], "Al klaar" in delivery(out)["error"]) == ("failed", True)
    out.does("it", "complete")
    assert out.states() == {"it": "technically_complete"}
    assert out.facts("process_completed") == []  # the request was withdrawn


def test_a_recall_that_does_not_arrive_can_be_sent_again(out: House) -> None:
    out.delivers({"answer": "accepted"})
    out.hears_closed()
    out.delivers(SILENCE, Errand.CANCELLATION, delays=())
    assert out.changes()[-1] == ("delivery_failed", "cancellation_requested")
    redeliver(out)
    out.delivers({"answer": "cancelled"}, Errand.CANCELLATION)
    assert out.states() == {"it": "cancelled"}


def test_rerouting_recalls_the_order_and_offers_a_new_one(out: House) -> None:
    out.delivers({"answer": "accepted"})
    order = out.orders()["it"]
    with out.work(actor=AGENT) as work:
        new = reroute_work_order(work, order["work_order_id"], OTHER_RPC.provider_id, "Duurt te lang")
    assert new["delivery"]["state"] == "pending"
    parcels = {parcel.consignment.provider.address: parcel for parcel in out.claims()}
    assert parcels["supplier_vonk_val"].claim.errand is Errand.CANCELLATION
    brought = parcels["supplier_kabel"].consignment.arguments["order"]
    assert (brought["order_number"], brought["remark"]) == (new["number"], "Duurt te lang")


def test_rerouting_to_the_same_supplier_is_new_work(out: House) -> None:
    out.delivers({"answer": "refused", "reason": "Vol"})
    order = out.orders()["it"]
    with out.work(actor=AGENT) as work:
        new = reroute_work_order(work, order["work_order_id"], RPC.provider_id, "Toch maar wel")
    (parcel,) = out.claims()
    assert parcel.consignment.arguments["order"]["order_number"] == new["number"] != order["number"]


def test_an_order_that_somebody_accepted_by_telephone_is_not_brought_any_more(out: House) -> None:
    out.does("it", "accept")
    assert delivery(out)["state"] == "delivered"
    assert out.claims() == []


def test_a_step_that_begins_later_is_brought_then(house: House) -> None:
    house.publishes(step("move"), step("it", "vonk-val", "move"))
    house.hears_accepted()
    assert house.claims() == []
    house.completes("move")
    assert len(house.claims()) == 1


def test_portals_and_teams_are_never_called(house: House) -> None:
    house.publishes(step("a", TEAM.slug), step("b", PORTAL.slug))
    house.hears_accepted()
    assert house.claims() == []


def test_how_long_until_the_next_is_due(out: House) -> None:
    with out.work() as work:
        assert work.deliveries.seconds_to_next() == 0
    out.delivers(SILENCE, delays=(60,))
    with out.work() as work:
        assert 50 < (work.deliveries.seconds_to_next() or 0) <= 60
    out.time_passes()
    out.delivers({"answer": "received"})
    with out.work() as work:
        assert work.deliveries.seconds_to_next() is None
