"""An executor asks for more than the limit; somebody decides; it goes on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from dispatch.domain import extra_work
from dispatch.domain.errors import (
    BudgetHoldersWord,
    ExtraAskedAlready,
    MissingDetail,
    NoExtraAsked,
    NotYours,
)
from dispatch.domain.work_order_states import TABLE, Action, Party, State
from dispatch.domain.work_orders import Author, Details, WorkOrder, act

from ..samples import NOW, order  # noqa: TID252  samples of this service alone

TOM, AMIRA, INTAKE = Author("person", "Tom"), Author("person", "Amira"), Author("service", "Karin Smit")
ALL = frozenset(Party)
MORE = Details(amount_cents=8_000, reason="De leiding is ook lek.")
PAUSE = {"reason": "material", "counterparty": "supplier"}
# What its executor, the customer and the desk say of a paused order, with what each needs.
SAID: dict[Action, Details] = {
    Action.RESUME: Details(),
    Action.SCHEDULE: Details(planned_from=NOW),
    Action.NOT_CARRIED_OUT: Details(reason="x"),
    Action.CANCEL: Details(reason="x"),
    Action.REROUTE: Details(reason="x"),
}


def say(one: WorkOrder, action: Action, details: Details = MORE, by: Author = TOM, **more: Any) -> WorkOrder:
    return act(one, action, details, by, ALL, NOW, **more).order


def asked(of: str = "desk", **more: Any) -> WorkOrder:
    return say(
        replace(order(state=State("in_progress")), limit_cents=10_000, **more), Action.ASK_EXTRA, extra_of=of
    )


@pytest.mark.parametrize(("cents", "of"), [(1, "desk"), (10_000, "desk"), (10_001, "budget_holder")])
def test_the_desk_decides_up_to_what_the_organisation_sets(cents: int, of: str) -> None:
    assert extra_work.whose(cents, 10_000) == of


@pytest.mark.parametrize(("of", "turn"), [("desk", "desk"), ("budget_holder", "requester")])
@pytest.mark.parametrize("state", ["accepted", "scheduled", "in_progress", "paused"])
def test_it_waits_with_the_reason_for_whoever_decides(state: str, of: str, turn: str) -> None:
    one = say(replace(order(state=State(state)), limit_cents=10_000), Action.ASK_EXTRA, extra_of=of)
    assert (one.state, one.pause) == (State.PAUSED, {"reason": "extra_work", "counterparty": turn})
    assert one.extra_work is not None
    kept = {name: one.extra_work[name] for name in ("state", "of", "amount_cents", "limit_cents", "reason")}
    assert kept == {
        "state": "asked",
        "of": of,
        "amount_cents": 8_000,
        "limit_cents": 10_000,
        "reason": "De leiding is ook lek.",
    }
    assert one.silence is None, "its provider owes no word while others decide"


@pytest.mark.parametrize(
    ("action", "limit", "standing"),
    [(Action.GRANT_EXTRA, 18_000, "granted"), (Action.REFUSE_EXTRA, 10_000, "refused")],
)
def test_what_is_decided_is_the_executors_turn_again(action: Action, limit: int, standing: str) -> None:
    one = say(asked(), action, Details(reason="Vooruit"), AMIRA)
    assert (one.state, one.limit_cents) == (State.PAUSED, limit)
    assert one.pause == {"reason": f"extra_work_{standing}", "counterparty": "supplier"}
    assert one.extra_work is not None
    assert (one.extra_work["state"], one.extra_work["decision"]) == (standing, "Vooruit")
    gone_on = say(one, Action.RESUME, Details())
    assert (gone_on.state, gone_on.limit_cents, gone_on.extra_work) == ("in_progress", limit, one.extra_work)


def test_a_limit_that_nobody_said_begins_with_what_is_granted() -> None:
    one = say(order(state=State("accepted")), Action.ASK_EXTRA)
    assert say(one, Action.GRANT_EXTRA, Details(), AMIRA).limit_cents == 8_000


@pytest.mark.parametrize("action", list(SAID))
def test_whatever_ends_the_waiting_takes_the_question_back(action: Action) -> None:
    one = say(asked(), action, SAID[action], must_confirm=True)
    assert (one.extra_work or {})["state"] == "withdrawn"
    assert one.limit_cents == 10_000


def test_every_word_of_a_person_about_a_paused_order_was_thought_of() -> None:
    """What leaves it paused leaves the question; the others stand in SAID."""
    leaves = {action for action, row in TABLE[State.PAUSED].items() if row.to is not State.PAUSED}
    assert leaves == {*SAID, Action.CONFIRM_APPOINTMENT, Action.HAND_OVER}


@pytest.mark.parametrize("action", [Action.TAKE, Action.SET_LIMIT, Action.DISMISS])
def test_what_changes_no_state_leaves_the_question(action: Action) -> None:
    owed = {"of": "wordless", "since": NOW.isoformat(), "step": "escalated", "told_at": NOW.isoformat()}
    one = replace(asked(), silence=owed)
    said = say(one, action, Details(limit_cents=1, reason="x"))
    assert (said.extra_work, said.pause) == (one.extra_work, one.pause)


def test_more_is_not_asked_twice_at_once_and_may_be_asked_again_later() -> None:
    with pytest.raises(ExtraAskedAlready, match="go on within the limit"):
        say(asked(), Action.ASK_EXTRA)
    later = say(say(asked(), Action.REFUSE_EXTRA, Details(reason="Nee"), AMIRA), Action.ASK_EXTRA)
    assert (later.extra_work or {})["number"] == 2


@pytest.mark.parametrize(
    ("details", "field"),
    [(Details(reason="Meer"), "amount_cents"), (Details(amount_cents=1), "reason")],
)
def test_how_much_and_why_are_said(details: Details, field: str) -> None:
    with pytest.raises(MissingDetail) as wrong:
        say(order(state=State("in_progress")), Action.ASK_EXTRA, details)
    assert field in wrong.value.errors


def test_a_no_has_a_reason() -> None:
    with pytest.raises(MissingDetail):
        say(asked(), Action.REFUSE_EXTRA, Details(), AMIRA)


@pytest.mark.parametrize("action", [Action.GRANT_EXTRA, Action.REFUSE_EXTRA, Action.EXTRA_TO_DESK])
def test_where_nothing_is_asked_nothing_is_decided(action: Action) -> None:
    for one in (
        replace(order(state=State("paused")), pause=PAUSE),
        say(asked(), Action.GRANT_EXTRA, Details(), AMIRA),
    ):
        with pytest.raises(NoExtraAsked):
            say(one, action, Details(reason="x"), INTAKE)


def test_what_is_the_budget_holders_is_not_the_desks() -> None:
    for action in (Action.GRANT_EXTRA, Action.REFUSE_EXTRA):
        with pytest.raises(BudgetHoldersWord, match="who holds the budget"):
            say(asked("budget_holder"), action, Details(reason="x"), AMIRA)
        assert say(asked("budget_holder"), action, Details(reason="x"), INTAKE).extra_work is not None
        assert not extra_work.can_be_said(action, asked("budget_holder").extra_work)
        assert extra_work.can_be_said(action, asked().extra_work)


def test_without_a_holder_the_desk_decides() -> None:
    one = say(asked("budget_holder"), Action.EXTRA_TO_DESK, Details(), INTAKE)
    assert one.pause == {"reason": "extra_work", "counterparty": "desk"}
    assert say(one, Action.GRANT_EXTRA, Details(), AMIRA).limit_cents == 18_000


def test_an_executor_does_not_grant_what_it_asked() -> None:
    with pytest.raises(NotYours):
        act(asked(), Action.GRANT_EXTRA, Details(), TOM, frozenset({Party.EXECUTOR}), NOW)
