"""What fails in dispatch stands in the repair list from the very commit in which it fails, until it is put
right, by whatever way.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from dispatch.domain.deliveries import Errand, Failure, NoAnswer
from dispatch.domain.providers import Kind, Means
from dispatch.errors import ERRORS
from dispatch.handlers import failing
from dispatch.handlers.acting import redeliver_work_order, reroute_work_order
from dispatch.handlers.delivering import Brought, Patience, apply_outcome
from dispatch.handlers.planning import tell_unplannable
from dispatch.handlers.providers import save_provider
from dispatch.handlers.reading import get_work_order
from dispatch.handlers.repairing import REPAIRS
from servicekit.testing.repairs import Desk, outcomes

from ..samples import AGENT, NOW, OTHER_RPC, known_id, step  # noqa: TID252  samples of this service alone
from .conftest import House

SILENCE = NoAnswer(Failure.NO_ANSWER, "No answer within 5 seconds.")
SECRET = NoAnswer(Failure.ERROR, "KeyError: 'sanne@meerwal.example, 06-12345678'")


@pytest.fixture
def desk(house: House) -> Desk:
    return Desk(house.work, REPAIRS, ERRORS)


@pytest.fixture
def out(house: House) -> House:
    """One order for a supplier is waiting to be brought."""
    house.publishes(step("it", "vonk-val"))
    house.hears_accepted()
    return house


def fail_delivery(house: House, outcome: NoAnswer = SILENCE) -> None:
    house.delivers(outcome, delays=())


def order_id(house: House) -> UUID:
    found: UUID = house.orders()["it"]["work_order_id"]
    return found


def redeliver(house: House) -> None:
    with house.work(actor=AGENT) as work:
        redeliver_work_order(work, order_id(house))


def reroute(house: House) -> None:
    with house.work(actor=AGENT) as work:
        reroute_work_order(work, order_id(house), OTHER_RPC.provider_id, "a faster one")


# --- what stands in the list -------------------------------------------------------------------------------


def test_a_delivery_stands_in_the_list_after_its_last_attempt(out: House, desk: Desk) -> None:
    out.delivers(SILENCE, delays=(60,))
    assert desk.lines() == []
    out.time_passes()
    out.delivers(SILENCE, delays=(60,))
    line = desk.only()
    assert (line["cause"], line["attempts"], line["times"]) == ("delivery:vonk-val:no_answer", 2, 1)
    number = out.orders()["it"]["number"]
    assert line["subject"] == {
        "label": number,
        "number": number,
        "reference": number.rpartition("-")[0],
        "request_id": str(known_id("request")),
        "work_order_id": str(order_id(out)),
        "provider": {"slug": "vonk-val", "name": "Vonk & Val"},
        "errand": "order",
    }


def test_what_the_supplier_said_is_not_repeated_in_the_list(out: House, desk: Desk) -> None:
    fail_delivery(out, SECRET)
    told = str(desk.only())
    assert "sanne" not in told
    assert "06-12345678" not in told


@pytest.mark.parametrize("failure", list(Failure))
def test_every_way_to_fail_has_its_sentence(failure: Failure) -> None:
    assert failing.UNDELIVERED[failure.value].endswith(".")


def test_the_order_says_where_in_the_list_it_stands(out: House, desk: Desk) -> None:
    fail_delivery(out)
    with out.work(actor=AGENT) as work:
        shown = get_work_order(work, order_id(out))
    assert str(shown["failure_id"]) == desk.only()["failure_id"]


def test_a_rolled_back_failing_leaves_nothing_in_the_list(out: House, desk: Desk) -> None:
    (parcel,) = out.claims()

    def die_before_the_commit() -> None:
        with out.work() as work:
            apply_outcome(work, parcel.claim, Brought(SILENCE, NOW, 1), Patience((), 0))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        die_before_the_commit()
    assert desk.lines() == []


def test_a_refused_order_stands_in_the_list(out: House, desk: Desk) -> None:
    out.delivers({"answer": "refused", "reason": "Vraag naar Sanne, 06-12345678"})
    line = desk.only()
    assert (line["cause"], line["replayable"]) == ("refusal:vonk-val:refused", True)
    assert "Sanne" not in str(line)


def test_an_order_that_nobody_carried_out_can_not_be_replayed(out: House, desk: Desk) -> None:
    out.delivers({"answer": "accepted"})
    out.does("it", "not_carried_out", reason="nobody at home")
    line = desk.only()
    assert (line["cause"], line["replayable"]) == ("refusal:vonk-val:not_carried_out", False)
    answer = desk.replay(UUID(line["failure_id"]))
    assert outcomes(answer) == ["refused"]
    assert "see its reason" in answer["items"][0]["detail"]


def test_a_request_without_a_provider_stands_in_the_list_at_once(house: House, desk: Desk) -> None:
    house.publishes(step("it", "nobody"))
    house.hears_accepted()
    line = desk.only()
    assert line["cause"].endswith(":unknown_provider")
    assert line["subject"]["request_id"] == str(known_id("request"))
    assert line["subject"]["label"].startswith("SD-26-")


def test_a_request_whose_reason_changes_keeps_its_row(house: House, desk: Desk) -> None:
    house.hears_accepted()
    with house.work() as work:
        tell_unplannable(work, work.now - work.now)
    assert desk.lines() == []  # not late yet
    with house.work(now=NOW.replace(hour=12)) as work:
        tell_unplannable(work, work.now - work.now)
    assert desk.only()["reason_type"] == "unknown_product_version"
    house.publishes(step("it", "nobody"))
    assert (desk.only()["reason_type"], desk.only()["times"]) == ("unknown_provider", 1)


# --- what puts it right ------------------------------------------------------------------------------------


REPAIRED: list[tuple[str, Callable[[House], Any], str]] = [
    ("redelivered by an agent", redeliver, "replayed"),
    ("given to another", reroute, "resolved"),
    ("cancelled", lambda house: house.does("it", "cancel", reason="not needed"), "resolved"),
    ("accepted by telephone", lambda house: house.does("it", "accept"), "resolved"),
    ("closed with its request", lambda house: house.hears_closed(sequence=9), "resolved"),
]


@pytest.mark.parametrize(("_how", "act", "state"), REPAIRED, ids=[row[0] for row in REPAIRED])
def test_a_failed_delivery_leaves_the_list_however_it_is_repaired(
    out: House, desk: Desk, _how: str, act: Callable[[House], Any], state: str
) -> None:
    fail_delivery(out)
    act(out)
    assert desk.lines() == []
    assert desk.only(state)["kind"] == "delivery"


@pytest.mark.parametrize(
    ("_how", "act", "state"), REPAIRED[:3] + REPAIRED[4:], ids=[row[0] for row in REPAIRED[:3] + REPAIRED[4:]]
)
def test_a_refusal_leaves_the_list_however_it_is_repaired(
    out: House, desk: Desk, _how: str, act: Callable[[House], Any], state: str
) -> None:
    out.delivers({"answer": "refused", "reason": "no time"})
    act(out)
    assert desk.lines() == []
    assert desk.only(state)["kind"] == "refusal"


def test_an_answer_after_giving_up_settles_the_failure(out: House, desk: Desk) -> None:
    (parcel,) = out.claims()
    out.brings(parcel, SILENCE, delays=())
    assert desk.only()["state"] == "open"
    out.brings(parcel, {"answer": "accepted"})
    assert desk.only("resolved")["note"] == "delivered"


def test_a_cancellation_that_cannot_be_brought_is_in_the_list_too(out: House, desk: Desk) -> None:
    out.delivers({"answer": "accepted"})
    out.does("it", "cancel", reason="not needed")
    out.delivers(SILENCE, errand=Errand.CANCELLATION, delays=())
    assert desk.only()["subject"]["errand"] == "cancellation"
    out.does("it", "confirm_cancellation")
    assert desk.states() == {"delivery": "resolved"}


@pytest.mark.parametrize("what", ["provider", "closed"])
def test_a_request_that_can_be_planned_after_all_leaves_the_list(house: House, desk: Desk, what: str) -> None:
    house.publishes(step("it", "new-co"))
    house.hears_accepted()
    assert desk.only()["kind"] == "unplannable"
    if what == "closed":
        house.hears_closed(sequence=9)
    else:
        with house.work() as work:
            save_provider(work, "new-co", "New", Kind.TEAM, Means.NONE)
    assert desk.states() == {"unplannable": "resolved"}


# --- trying again ------------------------------------------------------------------------------------------


def test_a_replayed_delivery_is_brought_once_and_settled_by_its_answer(out: House, desk: Desk) -> None:
    fail_delivery(out)
    failure = UUID(desk.only()["failure_id"])
    assert outcomes(desk.replay(failure)) == ["replayed"]
    assert outcomes(desk.replay(failure)) == ["already"]
    parcel = out.delivers({"answer": "accepted"})
    assert parcel.claim.generation == 2
    assert out.states() == {"it": "accepted"}
    assert desk.history(failure) == [
        ("replayed", "Olga", "replayed"),
        ("resolved", "Vonk & Val", "delivered"),
    ]


def test_a_replay_that_fails_again_is_open_again(out: House, desk: Desk) -> None:
    fail_delivery(out)
    desk.replay(UUID(desk.only()["failure_id"]))
    fail_delivery(out)
    assert (desk.only()["times"], desk.only()["decided_by"]) == (2, None)


def test_what_was_set_aside_is_open_again_when_it_fails_anew(out: House, desk: Desk) -> None:
    fail_delivery(out)
    failure = UUID(desk.only()["failure_id"])
    desk.set_aside(failure, reason="they are moving house")
    assert desk.only("set_aside")["note"] == "they are moving house"
    redeliver(out)
    fail_delivery(out)
    assert desk.only()["failure_id"] == str(failure)
    assert ("set_aside", "Olga", "they are moving house") in desk.history(failure)


def test_a_refusal_is_offered_again_to_the_same_provider(out: House, desk: Desk) -> None:
    out.delivers({"answer": "refused", "reason": "no time"})
    desk.replay(UUID(desk.only()["failure_id"]))
    parcel = out.delivers({"answer": "accepted"})
    assert parcel.consignment.arguments["order"]["offer"] == 2
    assert desk.states() == {"refusal": "resolved"}


def test_a_second_refusal_stands_in_the_list_anew(out: House, desk: Desk) -> None:
    out.delivers({"answer": "refused", "reason": "no time"})
    desk.replay(UUID(desk.only()["failure_id"]))
    out.delivers({"answer": "refused", "reason": "still no time"})
    assert desk.only()["times"] == 2


def test_what_still_cannot_be_planned_is_refused_with_the_reason_of_now(house: House, desk: Desk) -> None:
    house.publishes(step("it", "nobody"))
    house.hears_accepted()
    answer = desk.replay(UUID(desk.only()["failure_id"]))
    assert outcomes(answer) == ["refused"]
    assert "nobody" in answer["items"][0]["detail"]
    assert desk.only()["state"] == "open"


def test_a_whole_cause_is_replayed_each_by_itself(house: House, desk: Desk) -> None:
    house.publishes(step("it", "vonk-val"))
    for name in ("one", "two", "three"):
        house.hears_accepted(request=name)
    for parcel in house.claims():
        house.brings(parcel, SILENCE, delays=())
    house.does("it", "cancel", reason="not needed")  # one of them is repaired in another way
    answer = desk.replay(cause="delivery:vonk-val:no_answer")
    assert (answer["counts"], answer["remaining"]) == ({"replayed": 2}, 0)
    assert [parcel.claim.errand for parcel in house.claims()].count(Errand.ORDER) == 2


def test_of_two_people_one_replays_and_the_other_is_told(out: House, desk: Desk) -> None:
    fail_delivery(out)
    failure = UUID(desk.only()["failure_id"])
    told: list[str] = []
    people = [threading.Thread(target=lambda: told.extend(outcomes(desk.replay(failure)))) for _ in range(4)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert sorted(told) == ["already", "already", "already", "replayed"]
    (parcel,) = out.claims()
    assert parcel.claim.generation == 2
