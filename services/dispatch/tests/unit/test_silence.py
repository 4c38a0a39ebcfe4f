"""Which word a provider owes after each action in each state; and that a sign changes nothing of the work."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from dispatch.domain import silence
from dispatch.domain.silence import Outcome, Patience, Step
from dispatch.domain.work_order_states import TABLE, Action, Party, State
from dispatch.domain.work_orders import Author, Details, act

from ..samples import NOW, order  # noqa: TID252  samples of this service alone

ALL = frozenset(Party)
BY = Author("service", "dispatch")
TOLD = {"of": "unanswered", "since": NOW.isoformat(), "step": "reminded", "told_at": NOW.isoformat()}
WATCHED = [State.ISSUED, State.ACCEPTED, State.SCHEDULED, State.IN_PROGRESS, State.PAUSED]
SIGNS = [(state, action) for state in WATCHED for action in silence.SIGNS if action in TABLE[state]]


@pytest.mark.parametrize("state", list(State))
def test_a_word_is_owed_of_what_is_in_a_providers_hands_alone(state: State) -> None:
    owed, look_at = silence.begin(state, NOW)
    assert (owed is not None) == (state in WATCHED)
    assert (look_at is not None) == (state in WATCHED)


@pytest.mark.parametrize(("state", "action"), SIGNS, ids=[f"{s}-{a}" for s, a in SIGNS])
def test_a_sign_changes_nothing_of_the_work_itself(state: State, action: Action) -> None:
    before = order(
        state=state, silence=TOLD, reason="as it was", note="kept", planned_from=NOW, planned_until=NOW
    )
    changed = act(before, action, Details(reason="They called."), BY, ALL, NOW).order
    ours = {"silence", "look_at", "version", "updated_at"}
    assert {k: v for k, v in vars(changed).items() if k not in ours} == {
        k: v for k, v in vars(before).items() if k not in ours
    }


@pytest.mark.parametrize("state", list(State))
def test_no_sign_is_possible_where_nobody_owes_a_word(state: State) -> None:
    signs = {action for action in silence.SIGNS if action in TABLE[state]}
    assert bool(signs) == (state in WATCHED)
    assert (Action.SUSPECT_NO_SHOW in signs) == (state is State.SCHEDULED)


@pytest.mark.parametrize("by", [Action.ACCEPT, Action.REFUSE])
def test_word_of_the_executor_ends_it_as_word(by: Action) -> None:
    assert silence.ended(by, State.ISSUED, TOLD) is Outcome.WORD


def test_a_withdrawn_request_ends_it_as_over_and_a_reroute_of_an_unanswered_order_too() -> None:
    assert silence.ended(Action.CANCEL, State.ISSUED, TOLD) is Outcome.OVER
    assert silence.ended(Action.REROUTE, State.ISSUED, TOLD) is Outcome.OVER


def test_what_is_escalated_is_looked_at_no_more() -> None:
    done = TOLD | {"step": Step.ESCALATED.value}
    assert silence.due(done, Patience(), None, "P1") is None  # type: ignore[arg-type]


def test_a_plan_in_the_past_is_waited_for_from_now() -> None:
    before = order(state=State.ACCEPTED)
    details = Details(planned_from=NOW - timedelta(days=3))
    owed = act(before, Action.SCHEDULE, details, BY, ALL, NOW).order.silence
    assert owed is not None
    assert owed["since"] == NOW.isoformat()


def test_own_terms_go_before_the_houses_and_what_is_not_said_is_the_houses() -> None:
    found = Patience.of({"answer_minutes": 10, "plan_minutes": 20}, {"plan_minutes": 5, "word_minutes": None})
    assert (found.answer_minutes, found.plan_minutes) == (10, 5)
    assert found.word_minutes == Patience.word_minutes


def test_a_delivery_that_gets_through_begins_the_term_but_undoes_no_reminder() -> None:
    waiting = TOLD | {"step": "waiting", "told_at": None}
    later = NOW + timedelta(hours=1)
    fresh = act(replace(order(), silence=waiting), Action.DELIVER, Details(), BY, ALL, later).order.silence
    kept = act(replace(order(), silence=TOLD), Action.DELIVER, Details(), BY, ALL, later).order.silence
    assert fresh is not None
    assert fresh["since"] == later.isoformat()
    assert kept == TOLD
