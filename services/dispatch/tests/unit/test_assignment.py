"""Who of a team has an order: every word in every situation, and what is offered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from dispatch.domain.assignment import WORDS, Held, offered
from dispatch.domain.errors import AlreadyTaken, MissingDetail, NotTheirs
from dispatch.domain.work_order_states import IN_HAND, TABLE, Action, Party, State
from dispatch.domain.work_orders import Author, Details, WorkOrder, act

from ..samples import NOW, order  # noqa: TID252  samples of this service alone

LATER = NOW + timedelta(hours=2)
TOM, BAS = Author("person", "Tom", "tom"), Author("person", "Bas", "bas")
TO_BAS, TO_TOM = {"account_id": "bas", "name": "Bas"}, {"account_id": "tom", "name": "Tom"}
HAS = {"tom": {**TO_TOM, "since": NOW.isoformat()}, "bas": {**TO_BAS, "since": NOW.isoformat()}}
ALL = frozenset(Party)
MEMBER = frozenset({Party.MEMBER, Party.EXECUTOR})
HELD_IN = sorted(state for state in State if Action.TAKE in TABLE[state])


def held_by(who: str | None, state: State = State.ACCEPTED, **more: Any) -> WorkOrder:
    return order(state=state, assignee=HAS[who] if who else None, **more)


def does(before: WorkOrder, action: Action, by: Author = TOM, **details: Any) -> WorkOrder:
    return act(before, action, Details(**details), by, ALL, LATER).order


# Who has it, what Tom says, with what; who has it then, or why not.
SITUATIONS = [
    (None, "take", {}, "tom"),
    ("tom", "take", {}, AlreadyTaken),
    ("bas", "take", {}, AlreadyTaken),
    (None, "give_back", {}, NotTheirs),
    ("tom", "give_back", {}, None),
    ("bas", "give_back", {}, NotTheirs),
    (None, "assign", {"assignee": TO_BAS}, "bas"),
    (None, "assign", {}, MissingDetail),
    ("tom", "assign", {"assignee": TO_BAS, "reason": "Ladders"}, "bas"),
    ("tom", "assign", {"assignee": TO_BAS}, MissingDetail),
    ("tom", "assign", {"assignee": TO_TOM, "reason": "Mine"}, AlreadyTaken),
    ("bas", "assign", {"assignee": TO_TOM, "reason": "He is ill"}, "tom"),
    (None, "come_back", {}, None),
    ("bas", "come_back", {"reason": "ill"}, None),
    ("bas", "take", {"assignee": TO_TOM}, AlreadyTaken),
    (None, "take", {"assignee": TO_BAS}, MissingDetail),
]


@pytest.mark.parametrize("state", HELD_IN)
@pytest.mark.parametrize(("who", "word", "details", "then"), SITUATIONS)
def test_every_word_whoever_has_it(
    state: State, who: str | None, word: str, details: dict[str, Any], then: Any
) -> None:
    before = held_by(who, state)
    if isinstance(then, type):
        with pytest.raises(then):
            does(before, Action(word), **details)
        return
    after = does(before, Action(word), **details)
    assert after.held.account_id == then
    assert (after.state, after.version) == (state, before.version + 1)


@pytest.mark.parametrize("state", [each for each in State if each not in HELD_IN])
@pytest.mark.parametrize("word", sorted(WORDS))
def test_what_the_team_does_not_have_nobody_has(state: State, word: Action) -> None:
    assert word not in TABLE[state]


def test_who_comes_second_reads_who_has_it() -> None:
    with pytest.raises(AlreadyTaken, match="Bas has it already") as refused:
        does(held_by("bas"), Action.TAKE)
    assert refused.value.name == "Bas"
    with pytest.raises(AlreadyTaken, match="You have it already"):
        does(held_by("tom"), Action.TAKE)


def test_what_comes_back_says_from_whom_and_why_until_somebody_has_it() -> None:
    back = does(held_by("bas"), Action.COME_BACK, reason="ill")
    assert back.came_back == {"from": "Bas", "why": "absent", "reason": "ill", "at": LATER.isoformat()}
    given = does(held_by("tom"), Action.GIVE_BACK, reason="No key")
    assert given.came_back is not None
    assert (given.came_back["why"], given.came_back["reason"]) == ("given_back", "No key")
    assert does(back, Action.TAKE).came_back is None
    assert does(back, Action.ASSIGN, assignee=TO_BAS).came_back is None


def test_only_going_on_to_somebody_else_counts_as_a_hand_over() -> None:
    first = does(does(held_by(None), Action.TAKE), Action.GIVE_BACK)
    assert does(first, Action.ASSIGN, assignee=TO_BAS).hand_overs == 0
    assert does(held_by("tom"), Action.ASSIGN, assignee=TO_BAS, reason="Ladders").hand_overs == 1
    assert does(held_by("tom"), Action.HAND_OVER, reason="Electricity").hand_overs == 1


def test_another_team_is_asked_with_a_reason_and_the_order_ends_here() -> None:
    with pytest.raises(MissingDetail):
        does(held_by("tom"), Action.HAND_OVER)
    assert does(held_by("tom"), Action.HAND_OVER, reason="Electricity").state is State.CANCELLED


def test_words_about_the_work_leave_it_with_who_has_it_and_a_refusal_frees_it() -> None:
    begun = does(held_by("bas"), Action.START)
    assert does(begun, Action.COMPLETE).held.account_id == "bas"
    assert does(held_by("bas"), Action.REFUSE, reason="Full").assignee is None


def test_who_has_it_explains_nothing_of_its_state() -> None:
    paused = held_by("bas", State.PAUSED, reason="Material", pause={"reason": "material"})
    after = does(paused, Action.ASSIGN, assignee=TO_TOM, reason="Holiday")
    assert (after.reason, after.pause) == ("Material", {"reason": "material"})


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("who", [None, "tom", "bas"])
def test_offered_is_what_would_be_accepted(state: State, who: str | None) -> None:
    held = Held(HAS[who] if who else None)
    found = set(offered(state, held, "tom", MEMBER))
    if state is State.ISSUED:  # accepted in the same breath
        assert found - {Action.TAKE} == {Action.ASSIGN, Action.HAND_OVER}
    elif state in IN_HAND:
        mine = {Action.GIVE_BACK} if who == "tom" else set()
        free = {Action.TAKE} if who is None else set()
        assert found == {Action.ASSIGN, Action.HAND_OVER} | mine | free
    else:
        assert found == set()
    assert offered(state, held, "tom", frozenset({Party.DESK, Party.EXECUTOR})) == []
