from __future__ import annotations

from dataclasses import replace

import pytest
from dispatch.domain.confidence import VEIL
from dispatch.domain.processes import Process, is_complete, ready_to_issue
from dispatch.domain.work_order_states import State
from hypothesis import given
from hypothesis import strategies as st

from ..samples import NOW, known_id, order  # noqa: TID252  samples of this service alone

HEARD = Process(known_id("request"), "SD-26-000123")
ACCEPTED = replace(HEARD, request={}, accepted_sequence=2)


@pytest.mark.parametrize(
    ("process", "round_"),
    [
        (HEARD, None),
        (ACCEPTED, 1),
        (replace(ACCEPTED, planned_round=1), None),
        (replace(ACCEPTED, closed_sequence=3), None),
        (replace(ACCEPTED, planned_round=1, reopened_round=2, reopened_sequence=9), 2),
        (replace(ACCEPTED, planned_round=1, reopened_round=2, reopened_sequence=9, closed_sequence=7), 2),
        (replace(ACCEPTED, planned_round=1, reopened_round=2, reopened_sequence=9, closed_sequence=11), None),
        (replace(ACCEPTED, reopened_round=2, reopened_sequence=9), 2),  # accepted was heard last
        (replace(HEARD, reopened_round=2, reopened_sequence=9), None),  # answered at the desk, then reopened
    ],
)
def test_which_round_is_wanted_follows_from_all_that_was_heard(process: Process, round_: int | None) -> None:
    assert process.round_to_plan == round_


def test_a_step_begins_when_all_that_it_waits_for_is_done() -> None:
    last = order("c", State.PREPARED, depends_on=("a", "b"))
    done, busy = order("a", State.TECHNICALLY_COMPLETE), order("b", State.IN_PROGRESS)
    assert ready_to_issue([done, busy, last]) == []
    assert ready_to_issue([done, replace(busy, state=State.CHECKED), last]) == [last]


@pytest.mark.parametrize(
    ("state", "begins"),
    [(s, s in ("technically_complete", "checked", "administratively_complete", "cancelled")) for s in State],
)
def test_in_which_states_of_one_step_the_next_begins(state: State, begins: bool) -> None:
    last = order("b", State.PREPARED, depends_on=("a",))
    assert bool([o for o in ready_to_issue([order("a", state), last]) if o.step == "b"]) is begins


def test_an_order_that_was_replaced_does_not_count() -> None:
    refused = order("a", State.CANCELLED, replaced_by=known_id("new"))
    new = order("a", State.ACCEPTED, work_order_id=known_id("new"))
    last = order("b", State.PREPARED, depends_on=("a",))
    assert ready_to_issue([refused, new, last]) == []
    assert not is_complete([refused, new])
    assert is_complete([refused, replace(new, state=State.TECHNICALLY_COMPLETE)])


@pytest.mark.parametrize("check", [False, True])
@pytest.mark.parametrize("state", list(State))
def test_in_which_states_a_round_is_complete(state: State, check: bool) -> None:
    finished = {"checked", "administratively_complete"} | (set() if check else {"technically_complete"})
    assert is_complete([order("a", state, check_required=check)]) is (state in finished)


def test_dropped_steps_do_not_hold_up_the_rest_but_nothing_done_is_not_complete() -> None:
    assert is_complete([order("a", State.TECHNICALLY_COMPLETE), order("b", State.CANCELLED)])
    assert not is_complete([order("a", State.CANCELLED), order("b", State.CANCELLED)])
    assert not is_complete([])


@given(st.permutations(["accepted", "reopened", "closed"]))
def test_facts_in_any_order_lead_to_the_same_process(heard: list[str]) -> None:
    known = {
        "accepted": {"request": {}, "accepted_sequence": 2},
        "reopened": {"reopened_sequence": 9, "reopened_round": 2},
        "closed": {"closed_sequence": 7},
    }
    process = HEARD
    for fact in heard:
        process = replace(process, **known[fact])
    assert process.round_to_plan == 2
    assert not process.is_closed


@pytest.mark.parametrize("state", list(State))
def test_where_the_step_asks_for_it_the_next_waits_for_its_check_too(state: State) -> None:
    first = order("a", state, check_required=True, check_by="team_lead", check_holds=True)
    last = order("b", State.PREPARED, depends_on=("a",))
    begins = state in ("checked", "administratively_complete", "cancelled")
    assert bool([each for each in ready_to_issue([first, last]) if each.step == "b"]) is begins


WEIGHED = {"sequence": 3, "priority": "P1", "due_at": "2026-11-23T12:00:00Z"}
TOLD = replace(ACCEPTED, request={"priority": "P3", "due_at": None, "text": "Cold"}, weighed=WEIGHED)


@pytest.mark.parametrize(
    ("process", "priority"),
    [
        (TOLD, "P1"),
        (replace(TOLD, accepted_sequence=3), "P1"),
        (replace(TOLD, accepted_sequence=4), "P3"),  # it was told anew after it was weighed
        (replace(TOLD, corrected_sequence=4), "P3"),
        (replace(TOLD, weighed=None), "P3"),
    ],
)
def test_the_priority_that_was_told_last_stands_whichever_fact_came_first(
    process: Process, priority: str
) -> None:
    request = process.as_weighed().request
    assert request is not None
    assert (request["priority"], request["text"]) == (priority, "Cold")
    assert request["due_at"] == (WEIGHED["due_at"] if priority == "P1" else None)


def test_what_was_weighed_before_the_request_was_heard_waits_for_it() -> None:
    assert replace(HEARD, weighed=WEIGHED).as_weighed().request is None


def test_what_is_made_confidential_is_put_away_with_what_was_said() -> None:
    confided = replace(TOLD, confided=True, said={"round 2": "Again"}).as_confided()
    assert confided.request is not None
    assert (confided.request["text"], confided.request["sealed"]["text"]) == (VEIL, "Cold")
    assert confided.request["sealed"]["said"] == {"round 2": "Again"}
    assert TOLD.as_confided() == TOLD


def test_what_is_said_later_is_put_away_beside_what_was_said_before() -> None:
    heard = replace(TOLD, confided=True).as_said("round 2", "Again").as_said("correction 1", "Not Kees")
    assert heard.said == {"round 2": "Again", "correction 1": "Not Kees"}
    assert heard.request is not None
    assert heard.request["sealed"]["said"] == heard.said
    assert heard.as_said("round 3", None) == heard


def test_what_has_orders_waits_for_nothing() -> None:
    waiting = replace(HEARD, waiting_since=NOW, unplannable_told=True, waiting_reason="no product")
    assert waiting.no_longer_waiting() == HEARD
