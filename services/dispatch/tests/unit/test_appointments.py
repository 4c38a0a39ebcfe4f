"""Moments that are proposed, chosen, or not: every word in every standing of the appointment."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from dispatch.domain.errors import DispatchError, MissingDetail, NothingProposed
from dispatch.domain.work_order_states import Action, Party, State
from dispatch.domain.work_orders import Author, Details, WorkOrder, act

from ..samples import NOW, order  # noqa: TID252  samples of this service alone

ALL = frozenset(Party)
TOM = Author("person", "Tom")
MORNING = {"from": NOW + timedelta(days=1), "until": NOW + timedelta(days=1, hours=4)}
AFTERNOON = {"from": NOW + timedelta(days=1, hours=4), "until": NOW + timedelta(days=1, hours=8)}


def does(before: WorkOrder, action: str, at: Any = NOW, **details: Any) -> WorkOrder:
    return act(before, Action(action), Details(**details), TOM, ALL, at).order


def proposed(state: State = State.ACCEPTED) -> WorkOrder:
    return does(order(state=state), "propose", windows=[MORNING, AFTERNOON])


def test_what_is_proposed_changes_nothing_until_the_customer_chooses() -> None:
    after = proposed()
    assert (after.state, after.planned_from) == (State.ACCEPTED, None)
    assert after.appointment is not None
    assert (after.appointment["state"], len(after.appointment["windows"])) == ("proposed", 2)


def test_the_moment_that_the_customer_chooses_is_the_plan() -> None:
    after = does(proposed(), "confirm_appointment", choice=1)
    assert (after.state, after.planned_from, after.planned_until) == (
        State.SCHEDULED, AFTERNOON["from"], AFTERNOON["until"],
    )  # fmt: skip
    assert after.appointment is not None
    assert after.appointment["state"] == "confirmed"


def test_who_asks_for_another_says_what_suits() -> None:
    after = does(proposed(), "ask_another", reason="Only on Fridays")
    assert after.appointment is not None
    assert (after.state, after.appointment["state"], after.appointment["wish"]) == (
        State.ACCEPTED, "another_asked", "Only on Fridays",
    )  # fmt: skip
    with pytest.raises(MissingDetail):
        does(proposed(), "ask_another")


def test_an_agreed_moment_stands_while_another_is_proposed() -> None:
    agreed = does(proposed(), "confirm_appointment", choice=0)
    moved = does(agreed, "propose", windows=[AFTERNOON])
    assert (moved.state, moved.planned_from) == (State.SCHEDULED, MORNING["from"])
    assert does(moved, "ask_another", reason="No").planned_from == MORNING["from"]


def test_an_interrupted_order_keeps_what_it_waits_for_while_a_moment_is_looked_for() -> None:
    pause = {"reason": "material", "counterparty": "supplier"}
    waiting = order(state=State.PAUSED, pause=pause, reason="Valve on order")
    after = does(waiting, "propose", windows=[MORNING])
    assert (after.state, after.pause, after.reason) == (State.PAUSED, pause, "Valve on order")
    asked = does(after, "ask_another", reason="Later")
    assert asked.pause == pause
    assert does(after, "confirm_appointment", choice=0).state is State.SCHEDULED


@pytest.mark.parametrize(
    ("windows", "says"),
    [
        (None, "at least one"),
        ([], "at least one"),
        ([MORNING] * 6, "at most 5"),
        ([{"from": MORNING["until"], "until": MORNING["from"]}], "before its beginning"),
        ([{"from": NOW - timedelta(hours=1), "until": NOW + timedelta(hours=1)}], "still to come"),
    ],
)
def test_a_proposal_that_makes_no_sense_is_refused(windows: Any, says: str) -> None:
    with pytest.raises(MissingDetail, match=says):
        does(order(state=State.ACCEPTED), "propose", windows=windows)


@pytest.mark.parametrize("choice", [None, 2, -1])
def test_only_what_was_proposed_can_be_chosen(choice: int | None) -> None:
    with pytest.raises(MissingDetail, match="Choose one"):
        does(proposed(), "confirm_appointment", choice=choice)


def test_a_moment_that_has_passed_can_not_be_chosen() -> None:
    with pytest.raises(MissingDetail, match="has passed"):
        does(proposed(), "confirm_appointment", choice=0, at=NOW + timedelta(days=1))


def standings() -> dict[str, WorkOrder]:
    agreed = does(proposed(), "confirm_appointment", choice=0)
    return {
        "none": order(state=State.ACCEPTED),
        "proposed": proposed(),
        "confirmed": agreed,
        "another_asked": does(proposed(), "ask_another", reason="No"),
    }


# What the appointment is after each word, by how it stood; None: the word is refused.
WORDS: dict[tuple[str, str], str | None] = {
    ("none", "propose"): "proposed",
    ("none", "confirm_appointment"): None,
    ("none", "ask_another"): None,
    ("proposed", "propose"): "proposed",
    ("proposed", "confirm_appointment"): "confirmed",
    ("proposed", "ask_another"): "another_asked",
    ("confirmed", "propose"): "proposed",
    ("confirmed", "confirm_appointment"): None,
    ("confirmed", "ask_another"): "another_asked",
    ("another_asked", "propose"): "proposed",
    ("another_asked", "confirm_appointment"): None,
    ("another_asked", "ask_another"): "another_asked",
}


@pytest.mark.parametrize(("standing", "word"), WORDS)
def test_each_word_in_each_standing(standing: str, word: str) -> None:
    before, expected = standings()[standing], WORDS[standing, word]
    said = {"windows": [MORNING]} if word == "propose" else {"choice": 0, "reason": "No"}
    if expected is None:
        with pytest.raises(NothingProposed):
            does(before, word, **said)
        return
    after = does(before, word, **said)
    assert after.appointment is not None
    assert after.appointment["state"] == expected


# What is left of the appointment when the work goes on by another word.
LEFT = {
    ("proposed", "schedule"): None,
    ("confirmed", "schedule"): None,
    ("proposed", "start"): None,
    ("another_asked", "start"): None,
    ("confirmed", "start"): "confirmed",
    ("proposed", "not_carried_out"): None,
    ("proposed", "cancel"): None,
    ("confirmed", "complete"): "confirmed",
}


@pytest.mark.parametrize(("standing", "word"), LEFT)
def test_an_open_proposal_is_off_when_the_work_goes_on_without_it(standing: str, word: str) -> None:
    after = does(standings()[standing], word, planned_from=MORNING["from"], reason="Because")
    left = after.appointment["state"] if after.appointment else None
    assert left == LEFT[standing, word]


def test_only_the_customer_chooses() -> None:
    executor = frozenset({Party.EXECUTOR})
    for word in (Action.CONFIRM_APPOINTMENT, Action.ASK_ANOTHER):
        with pytest.raises(DispatchError):
            act(proposed(), word, Details(choice=0, reason="x"), TOM, executor, NOW)


def test_after_a_refusal_and_a_second_offer_nothing_is_left_of_it() -> None:
    refused = does(proposed(), "refuse", reason="Full")
    assert refused.appointment is None
    assert does(replace(refused), "redeliver").appointment is None
