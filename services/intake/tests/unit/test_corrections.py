"""The life of a correction, cell by cell, and what may be corrected when."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from intake.domain.corrections import (
    DISPATCHED,
    EFFECTS,
    TABLE,
    Action,
    Correction,
    Effect,
    State,
    What,
    after,
    effect_of,
)
from intake.domain.errors import NotAllowed
from intake.domain.request_states import State as RequestState
from intake.domain.values import By
from servicekit.ids import new_id

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
# Written down apart from the table on purpose: whoever changes the one must mean the other.
CELLS = {
    ("begun", "carry_out"): "done",
    ("begun", "ask"): "cancelling",
    ("begun", "refuse"): "failed",
    ("cancelling", "acknowledge"): "done",
}
# Effect by what was wrong and the state of the request; what is not here is refused.
MAY = {
    "kind": {"triage": "none", "awaiting_approval": "none", "in_progress": "none", "ready": "none",
             "closed": "none"},
    "product": {"awaiting_approval": "reassess", "in_progress": "replan"},
    "place": {"triage": "none", "awaiting_approval": "none", "in_progress": "replan"},
    "data": {"triage": "none", "in_progress": "refresh"},
    "cost_centre": {"triage": "none", "awaiting_approval": "reassess", "in_progress": "none",
                    "ready": "none", "closed": "none"},
    "provider": {"in_progress": "reroute"},
    "no_show": {"in_progress": "reroute"},
    "bad_work": {"in_progress": "rework", "ready": "reopen"},
    "price": {"in_progress": "reprice", "ready": "reprice", "closed": "reprice"},
}  # fmt: skip


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("state", State)
def test_each_cell_leads_where_it_should_or_is_forbidden(state: State, action: Action) -> None:
    expected = CELLS.get((state.value, action.value))
    if expected is None:
        with pytest.raises(NotAllowed, match=f"'{state}' cannot '{action}'"):
            after(state, action)
    else:
        assert after(state, action) == expected


def test_every_state_can_be_reached() -> None:
    assert {State.BEGUN, *TABLE.values()} == set(State)


@pytest.mark.parametrize("state", RequestState)
@pytest.mark.parametrize("what", What)
def test_each_thing_has_its_effect_in_each_state_or_is_refused(what: What, state: RequestState) -> None:
    assert EFFECTS.get((what, state)) == MAY[what.value].get(state.value)


@pytest.mark.parametrize("what", What)
def test_what_nobody_works_on_has_no_orders_to_correct(what: What) -> None:
    expected = {"kind": "none", "place": "none", "data": "none", "cost_centre": "none"}.get(what.value)
    assert effect_of(what, RequestState.IN_PROGRESS, round_=0) == expected


def correction(effect: Effect = Effect.REPLAN) -> Correction:
    return Correction(
        new_id(), new_id(), What.PRODUCT, effect, "misunderstood", None, By("person", "Amira"), AT, {}, {}, 2
    )


def answer(outcome: str = "carried_out", *stopped: tuple[str, str]) -> dict[str, object]:
    named = [{"work_order_id": name, "number": name, "state": state} for name, state in stopped]
    return {"outcome": outcome, "reason": None, "detail": None, "stopped": named, "issued": []}


@pytest.mark.parametrize("outcome", ["carried_out", "overtaken"])
def test_with_nobody_to_wait_for_it_is_done_when_dispatch_says_so(outcome: str) -> None:
    made = correction()
    made.hear(answer(outcome, ("1", "cancelled"), ("2", "technically_complete")), AT)
    made.follow({}, AT)

    assert made.state is State.DONE


def test_it_waits_for_a_supplier_that_was_asked_to_stop() -> None:
    made = correction()
    made.hear(answer("carried_out", ("1", "cancellation_requested")), AT)
    made.follow({"1": "cancellation_requested"}, AT)
    assert made.state is State.CANCELLING

    made.follow({"1": "cancelled"}, AT)

    assert made.state is State.DONE


def test_work_that_was_done_before_the_word_came_is_an_answer_too() -> None:
    made = correction()
    made.hear(answer("carried_out", ("1", "cancellation_requested")), AT)
    made.follow({"1": "technically_complete"}, AT)

    assert made.state is State.DONE


def test_an_acknowledgement_that_is_heard_first_changes_nothing() -> None:
    made = correction()
    made.follow({"1": "cancelled"}, AT)
    assert made.state is State.BEGUN

    made.hear(answer("carried_out", ("1", "cancellation_requested")), AT)
    made.follow({"1": "cancelled"}, AT)

    assert made.state is State.DONE


def test_what_dispatch_refuses_has_failed() -> None:
    made = correction()
    made.hear(answer("refused"), AT)
    made.follow({}, AT)

    assert made.state is State.FAILED


def test_an_answer_counts_once() -> None:
    made = correction()
    assert made.hear(answer(), AT)
    assert not made.hear(answer("refused"), AT)
    assert made.answer is not None
    assert made.answer["outcome"] == "carried_out"


def test_what_changes_no_work_is_not_dispatchs() -> None:
    assert set(Effect) - DISPATCHED == {Effect.NONE, Effect.REOPEN}
