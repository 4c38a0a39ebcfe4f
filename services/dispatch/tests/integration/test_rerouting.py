"""Given to another, or to the same again, at any moment: from every state in which an order is open, or its
work not yet with the customer. Nothing is left between two chairs, and the reason is kept with both.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from dispatch.domain.deliveries import Errand, Failure, NoAnswer
from dispatch.domain.errors import AlreadyReplaced, DispatchError, RoundOver
from dispatch.domain.providers import Provider
from dispatch.domain.work_order_states import OPEN, TABLE, Action, State
from dispatch.errors import ERRORS
from dispatch.handlers.acting import act_on_work_order, redeliver_work_order, reroute_work_order
from dispatch.handlers.reading import get_work_order
from dispatch.handlers.repairing import REPAIRS
from servicekit.testing.repairs import Desk

from ..samples import AGENT, NOW, OTHER_RPC, PORTAL, RPC, TEAM, step  # noqa: TID252  samples of this service alone
from .conftest import House

WHY = "Zij komen er niet uit"
SOON = NOW + timedelta(days=1)
PAUSE = {"reason": "material", "counterparty": "supplier"}
Get = Callable[[House], Any]


def says(*actions: str, **details: Any) -> Get:
    return lambda house: house.does("repair", *actions, **details)


def taken(*more: Get) -> tuple[Get, ...]:
    return (lambda house: house.delivers({"answer": "accepted"}), *more)


def away(house: House) -> None:
    house.delivers(NoAnswer(Failure.AWAY, "Not connected."), delays=())


def silent(house: House) -> None:
    house.delivers(NoAnswer(Failure.NO_ANSWER, "Silence."), delays=())


def full(house: House) -> None:
    house.delivers({"answer": "refused", "reason": "Vol"})


# How an order of a supplier with a program gets there; the state that it is in then; whether the supplier
# may know of it (it was sent at least once), so that it must say that it stops.
MOMENTS: dict[str, tuple[tuple[Get, ...], State, bool]] = {
    "waiting to be sent": ((), State.ISSUED, False),
    "received": ((lambda house: house.delivers({"answer": "received"}),), State.ISSUED, True),
    "delivery failed": ((away,), State.ISSUED, True),
    "no answer": ((silent,), State.ISSUED, True),
    "refused": ((full,), State.REFUSED, False),
    "accepted": (taken(), State.ACCEPTED, True),
    "scheduled": (taken(says("schedule", planned_from=SOON)), State.SCHEDULED, True),
    "started": (taken(says("start")), State.IN_PROGRESS, True),
    "paused": (taken(says("start"), says("pause", pause=PAUSE)), State.PAUSED, True),
    "not carried out": (taken(says("not_carried_out", reason="Niemand thuis")), State.NOT_CARRIED_OUT, False),
    "asked to stop": (taken(says("cancel", reason="Toch niet")), State.CANCELLATION_REQUESTED, True),
    "reported as done": (taken(says("start", "complete")), State.TECHNICALLY_COMPLETE, False),
    "checked": (taken(says("start", "complete", "check")), State.CHECKED, False),
}  # fmt: skip
DONE = ("reported as done", "checked")


def begin(house: House, moment: str, provider: str = "vonk-val") -> Any:
    """One step at that moment, and another beside it so that the round is not over; its order."""
    house.publishes(step("repair", provider), step("beside", "huisdienst"), check=True)
    house.hears_accepted()
    ways, state, _ = MOMENTS[moment]
    for way in ways:
        way(house)
    order = house.orders()["repair"]
    assert order["state"] == state
    return order


def reroute(house: House, order: Any, to: Provider) -> Any:
    with house.work(actor=AGENT) as work:
        return reroute_work_order(work, order["work_order_id"], to.provider_id, WHY)


def read(house: House, order: Any) -> Any:
    with house.work(actor=AGENT) as work:
        return get_work_order(work, order["work_order_id"])


def test_the_moments_below_are_all_in_which_somebody_can_still_be_given_it() -> None:
    reached = {state for _ways, state, _knows in MOMENTS.values()}
    assert reached == {state for state, row in TABLE.items() if Action.REROUTE in row} - {State.PREPARED}
    assert set(OPEN) - {State.PREPARED} <= reached


@pytest.mark.parametrize("to", [RPC, TEAM], ids=["the same", "a team"])
@pytest.mark.parametrize("moment", MOMENTS)
def test_at_every_moment_another_order_takes_over_and_who_knows_of_the_old_one_must_stop(
    house: House, moment: str, to: Provider
) -> None:
    before = begin(house, moment)
    assert "reroute" in before["actions"]
    new = reroute(house, before, to)
    old = read(house, before)
    assert (new["state"], new["provider"]["slug"]) == ("issued", to.slug)
    assert (new["replaces"], old["replaced_by"]) == (old["work_order_id"], new["work_order_id"])
    knows = MOMENTS[moment][2]
    stops = old["state"] == "cancellation_requested"
    assert stops is knows
    told = (old["reason"], old["history"][-1]["reason"], new["remark"], new["routing"]["reason"])
    assert told == (WHY, WHY, WHY, WHY)
    assert bool(new["rework_of"]) is (moment in DONE)
    assert "reroute" not in old["actions"]
    with pytest.raises(DispatchError):
        reroute(house, before, PORTAL)
    assert len([fact for fact in house.facts("work_order_changed") if fact["action"] == "reroute"]) == 1


@pytest.mark.parametrize("moment", MOMENTS)
def test_nothing_is_orphaned_whatever_the_moment(house: House, moment: str) -> None:
    """All errands that are left are the new order and, where it is known, the word to stop; when both were
    answered nothing is open but the new order, nothing stands in the repair list, and the round ends once.
    """
    order = begin(house, moment)
    new = reroute(house, order, OTHER_RPC)
    if moment == "asked to stop":
        house.time_passes()
    for parcel in house.claims():
        stop = parcel.claim.errand is Errand.CANCELLATION
        house.brings(parcel, {"answer": "cancelled" if stop else "accepted"})
    old = read(house, order)
    assert old["open"] is False
    assert read(house, new)["state"] == "accepted"
    assert Desk(house.work, REPAIRS, ERRORS).lines() == []
    house.does("beside", "accept", "complete", "check")
    assert house.facts("process_completed") == []
    house.does("repair", "start", "complete", "check")
    assert len(house.facts("process_completed")) == 1


def test_what_a_supplier_did_before_it_heard_changes_nothing_for_who_took_over(house: House) -> None:
    """It was done before the word came: both are done, and the desk sees two orders, not one twice."""
    order = begin(house, "started")
    new = reroute(house, order, PORTAL)
    with house.work(actor=AGENT) as work:
        act_on_work_order(work, order["work_order_id"], Action.COMPLETE)
    assert read(house, order)["state"] == "technically_complete"
    assert read(house, new)["state"] == "issued"
    with pytest.raises(AlreadyReplaced):
        reroute(house, order, TEAM)


def test_a_supplier_that_cannot_be_told_to_stop_stays_on_the_list_of_the_desk(house: House) -> None:
    order = begin(house, "accepted")
    reroute(house, order, PORTAL)
    house.delivers(NoAnswer(Failure.AWAY, "Not connected."), Errand.CANCELLATION, delays=())
    assert [line["kind"] for line in Desk(house.work, REPAIRS, ERRORS).lines()] == ["delivery"]
    with house.work(actor=AGENT) as work:
        redeliver_work_order(work, order["work_order_id"])
    house.delivers({"answer": "cancelled"}, Errand.CANCELLATION)
    assert read(house, order)["state"] == "cancelled"


def test_what_the_customer_knows_to_be_ready_is_reopened_not_given_to_another(house: House) -> None:
    house.publishes(step("repair", "vonk-val"))
    house.hears_accepted()
    house.delivers({"answer": "accepted"})
    house.does("repair", "start", "complete")
    with pytest.raises(RoundOver):
        reroute(house, house.orders()["repair"], PORTAL)


def test_what_ends_with_its_request_is_offered_to_nobody(house: House) -> None:
    order = begin(house, "accepted")
    house.hears_closed()
    assert read(house, order)["state"] == "cancellation_requested"
    assert "reroute" not in read(house, order)["actions"]
    with pytest.raises(RoundOver):
        reroute(house, order, PORTAL)
