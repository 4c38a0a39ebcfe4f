"""What is not said is asked for at its field, in words: a form puts them beside it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from dispatch.domain.errors import (
    AlreadyTaken,
    CannotGather,
    DefectReported,
    DispatchError,
    PointsOpen,
    StopsOpen,
)
from dispatch.domain.rounds import open_stops
from dispatch.domain.visits import check
from dispatch.domain.work_order_states import Action, Party, State
from dispatch.domain.work_orders import Author, Details, WorkOrder, act

from ..samples import NOW, PORTAL, known_id, order  # noqa: TID252  samples of this service alone

BAS = {"account_id": "bas", "name": "Bas"}
TOM = {"account_id": "tom", "name": "Tom"}
HAS_IT = {"assignee": {**BAS, "since": NOW.isoformat()}}
HOUR = timedelta(hours=1)
POINTS = [{"text": each, "optional": optional} for each, optional in
          [("Verzegeld?", False), ("Schoon?", False), ("Etiket?", True)]]  # fmt: skip
STOP = {"title": "Bij de lift", "location": None, "asset": None, "points": POINTS, "optional": False}
ROUND: dict[str, Any] = {"state": State.IN_PROGRESS, "stops": open_stops({"stops": [STOP]})}


def window(start: float, end: float) -> dict[str, Any]:
    return {"from": NOW + start * HOUR, "until": NOW + end * HOUR}


PASSED = {"from": (NOW - HOUR).isoformat(), "until": (NOW + HOUR).isoformat()}
PROPOSED = {"appointment": {"state": "proposed", "windows": [PASSED], "chosen": None, "wish": None}}


def said(before: WorkOrder, action: Action, **details: Any) -> WorkOrder:
    return act(
        before, action, Details(**details), Author("person", "Tom", "tom"), frozenset(Party), NOW
    ).order


# Of which order, what is said, at which field what is asked for.
LACKS: list[Any] = [
    ({}, Action.ASSIGN, {}, "assignee", "Say who takes it over."),
    (HAS_IT, Action.ASSIGN, {"assignee": TOM}, "reason", "Say why it goes to somebody else."),
    ({}, Action.PROPOSE, {"windows": [window(1, 2)] * 6}, "windows", "Propose at most 5 moments."),
    (
        {},
        Action.PROPOSE,
        {"windows": [window(2, 2)]},
        "windows",
        "The end of a moment lies before its beginning.",
    ),
    ({}, Action.PROPOSE, {"windows": [window(0, 1)]}, "windows", "Propose moments that are still to come."),
    (PROPOSED, Action.CONFIRM_APPOINTMENT, {"choice": 1}, "choice", "Choose one of the moments."),
    (PROPOSED, Action.CONFIRM_APPOINTMENT, {"choice": -1}, "choice", "Choose one of the moments."),
    (PROPOSED, Action.CONFIRM_APPOINTMENT, {}, "choice", "Choose one of the moments."),
    (
        PROPOSED,
        Action.CONFIRM_APPOINTMENT,
        {"choice": 0},
        "choice",
        "That moment has passed; choose another, or ask for others.",
    ),
    (
        ROUND,
        Action.TICK_STOP,
        {"stop": 2, "outcome": "done"},
        "stop",
        "This round has 1 stops, numbered from 1.",
    ),
    (ROUND, Action.TICK_STOP, {"stop": 1}, "outcome", "Say done, not_reachable, defect."),
    (
        ROUND,
        Action.TICK_STOP,
        {"stop": 1, "outcome": "defect"},
        "note",
        "Say what is wrong: a fault is reported with these words.",
    ),
    (
        ROUND,
        Action.TICK_STOP,
        {"stop": 1, "outcome": "done", "checklist": [3]},
        "checklist",
        "This stop has 3 points, numbered from 0.",
    ),
    (
        ROUND,
        Action.TICK_STOP,
        {"stop": 1, "outcome": "done"},
        "checklist",
        "Tick these, or say what is wrong: Verzegeld?; Schoon?",
    ),
]


@pytest.mark.parametrize(("of", "action", "details", "field", "words"), LACKS)
def test_what_is_missing_is_asked_for_at_its_field(
    of: Any, action: Action, details: Any, field: str, words: str
) -> None:
    with pytest.raises(DispatchError) as refused:
        said(order(**{"state": State.ACCEPTED, **of}), action, **details)
    assert refused.value.errors == {field: [words]}  # type: ignore[attr-defined]
    assert str(refused.value) == words


def test_five_moments_may_be_proposed_and_one_that_begins_at_once_when_it_is_chosen_in_time() -> None:
    after = said(order(state=State.ACCEPTED), Action.PROPOSE, windows=[window(1, 2)] * 5)
    assert len((after.appointment or {})["windows"]) == 5


def test_who_has_it_already_is_named() -> None:
    with pytest.raises(AlreadyTaken, match=r"^Bas has it already\.$") as refused:
        said(order(state=State.ACCEPTED, **HAS_IT), Action.ASSIGN, assignee=BAS, reason="He is near")
    assert refused.value.name == "Bas"


def test_who_gets_it_has_it_from_then_on() -> None:
    after = said(order(state=State.ACCEPTED), Action.ASSIGN, assignee=BAS)
    assert after.assignee == {**BAS, "since": NOW.isoformat()}


def test_a_defect_stands_and_the_desk_is_to_be_told() -> None:
    found = said(order(**ROUND), Action.TICK_STOP, stop=1, outcome="defect", note="Slang lekt")
    assert found.stops is not None
    assert found.stops[0]["note"] == "Slang lekt"
    with pytest.raises(DefectReported, match="tell the desk what is different"):
        said(found, Action.TICK_STOP, stop=1, outcome="done")


@pytest.mark.parametrize(
    ("error", "about", "words", "errors"),
    [
        (
            PointsOpen,
            ["Droog?"],
            "Not everything on the checklist is ticked.",
            {"checklist": ["Not ticked: Droog?"]},
        ),
        (
            StopsOpen,
            ["Kelder"],
            "Answer every stop of this round first: good, not reachable, or a defect.",
            {"stops": ["Nothing is known of: Kelder"]},
        ),
        (CannotGather, "Two at least.", "Two at least.", {"work_order_ids": ["Two at least."]}),
    ],
)
def test_an_error_says_in_words_and_at_its_field_what_is_wrong(
    error: Any, about: Any, words: str, errors: Any
) -> None:
    made = error(about)
    assert (str(made), made.errors) == (words, errors)


def lamps(count: int) -> list[WorkOrder]:
    return [order(f"lamp-{number}") for number in range(count)]


@pytest.mark.parametrize(
    ("orders", "elsewhere", "words"),
    [
        (lamps(1), [], "A visit has two or more work orders of one provider."),
        (lamps(51), [], "A visit has 50 work orders at most; make two."),
        ([order("a"), order("b", provider=PORTAL)], [], "These are of several providers; a visit is of one."),
        (
            [order("a", State.IN_PROGRESS), order("b", State.PAUSED)],
            [],
            "With these somebody has begun: SD-26-000123-a, SD-26-000123-b.",
        ),
        ([order("a"), order("b")], [known_id("order b")], "These are in another visit: SD-26-000123-b."),
    ],
)
def test_what_keeps_orders_from_being_one_visit_is_said(orders: Any, elsewhere: Any, words: str) -> None:
    with pytest.raises(CannotGather) as refused:
        check(orders, len(orders), elsewhere)
    assert str(refused.value) == words


def test_fifty_orders_are_one_visit() -> None:
    check(lamps(50), 50, [])
