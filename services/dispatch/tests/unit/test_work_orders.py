from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from dispatch.domain.errors import AlreadyReplaced, CheckFirst, MissingDetail
from dispatch.domain.work_order_states import Action, Party, State
from dispatch.domain.work_orders import Author, Change, Details, WorkOrder, act

from ..samples import NOW, known_id, order  # noqa: TID252  samples of this service alone

TOM = Author("person", "Tom", "tom")
LATER = NOW + timedelta(hours=2)


def does(before: WorkOrder, action: Action, must_confirm: bool = False, **details: Any) -> Change:
    return act(before, action, Details(**details), TOM, frozenset(Party), LATER, must_confirm=must_confirm)


def test_a_change_says_what_it_was_and_what_it_became() -> None:
    change = does(order(), Action.ACCEPT, planned_from=LATER)
    assert (change.previous_state, change.order.state) == (State.ISSUED, State.ACCEPTED)
    assert change.order.version == 2
    assert change.order.updated_at == change.at == LATER
    assert change.order.planned_from == LATER
    assert change.by == TOM


@pytest.mark.parametrize(
    ("state", "action", "missing"),
    [
        (State.ISSUED, Action.REFUSE, "reason"),
        (State.ACCEPTED, Action.SCHEDULE, "planned_from"),
        (State.IN_PROGRESS, Action.PAUSE, "pause"),
        (State.IN_PROGRESS, Action.NOT_CARRIED_OUT, "reason"),
        (State.TECHNICALLY_COMPLETE, Action.FAIL, "reason"),
        (State.ISSUED, Action.CANCEL, "reason"),
        (State.REFUSED, Action.REROUTE, "reason"),
    ],
)
def test_what_must_be_said_is_asked_for(state: State, action: Action, missing: str) -> None:
    with pytest.raises(MissingDetail) as refusal:
        does(order(state=state), action)
    assert list(refusal.value.errors) == [missing]


def test_a_plan_does_not_end_before_it_begins() -> None:
    with pytest.raises(MissingDetail) as refusal:
        does(order(state=State.ACCEPTED), Action.SCHEDULE, planned_from=LATER, planned_until=NOW)
    assert "planned_until" in refusal.value.errors


def test_a_pause_is_over_when_the_work_goes_on() -> None:
    why = {"reason": "material", "counterparty": "supplier"}
    paused = does(order(state=State.IN_PROGRESS), Action.PAUSE, pause=why).order
    assert paused.pause == why
    assert does(paused, Action.RESUME).order.pause is None


def test_the_plan_and_the_cost_stay_while_the_reason_goes() -> None:
    paused = order(state=State.PAUSED, planned_from=NOW, cost_cents=100, reason="no access")
    resumed = does(paused, Action.RESUME).order
    assert (resumed.planned_from, resumed.cost_cents, resumed.reason) == (NOW, 100, None)


def test_an_order_that_must_be_checked_is_not_closed_unchecked() -> None:
    done = order(state=State.TECHNICALLY_COMPLETE, check_required=True)
    with pytest.raises(CheckFirst):
        does(done, Action.CLOSE)
    checked = does(done, Action.CHECK).order
    assert does(checked, Action.CLOSE).order.state is State.ADMINISTRATIVELY_COMPLETE


def test_an_order_that_need_not_be_checked_is_closed_directly() -> None:
    done = order(state=State.TECHNICALLY_COMPLETE)
    assert does(done, Action.CLOSE, cost_cents=9900).order.cost_cents == 9900


@pytest.mark.parametrize(
    "state", [State.ISSUED, State.ACCEPTED, State.SCHEDULED, State.IN_PROGRESS, State.PAUSED]
)
@pytest.mark.parametrize(("must_confirm", "to"), [(True, "cancellation_requested"), (False, "cancelled")])
def test_cancelling_waits_for_those_who_know(state: State, must_confirm: bool, to: str) -> None:
    assert does(order(state=state), Action.CANCEL, must_confirm, reason="not needed").order.state == to


def test_a_replaced_order_is_not_replaced_again() -> None:
    replaced = order(state=State.NOT_CARRIED_OUT, replaced_by=known_id("other"))
    with pytest.raises(AlreadyReplaced):
        does(replaced, Action.REROUTE, reason="once more")


def test_asking_again_after_a_refusal_is_a_new_offer() -> None:
    asked = does(order(state=State.REFUSED), Action.REDELIVER).order
    assert (asked.offer, asked.issued_at, asked.state) == (2, LATER, State.ISSUED)
    assert does(order(), Action.REDELIVER).order.offer == 1


def test_a_delivery_leaves_the_reason_alone() -> None:
    assert does(order(reason="rework"), Action.DELIVER).order.reason == "rework"


@pytest.mark.parametrize("state", [State.REFUSED, State.NOT_CARRIED_OUT])
def test_refused_work_stays_open_until_another_order_takes_over(state: State) -> None:
    assert order(state=state).is_open
    assert not order(state=state, replaced_by=known_id("other")).is_open


def test_a_cancellation_stays_open_though_another_order_took_over() -> None:
    assert order(state=State.CANCELLATION_REQUESTED, replaced_by=known_id("other")).is_open
