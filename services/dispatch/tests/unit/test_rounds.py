"""A round: its stops are answered one by one, and it is done when something is known of each."""

from __future__ import annotations

from typing import Any

import pytest
from dispatch.domain.errors import DefectReported, MissingDetail, StopsOpen
from dispatch.domain.planning import take_over
from dispatch.domain.processes import Process
from dispatch.domain.rounds import open_stops, summary
from dispatch.domain.work_order_states import Action, Party, State
from dispatch.domain.work_orders import Author, Details, WorkOrder, act

from ..samples import NOW, PORTAL, TEAM, known_id, order  # noqa: TID252  samples of this service alone

TOM = Author("person", "Tom", "tom")
SEAL = {"text": "Verzegeld?", "optional": False}
LABEL = {"text": "Etiket leesbaar?", "optional": True}


def stop(title: str, *points: dict[str, Any], optional: bool = False) -> dict[str, Any]:
    return {"title": title, "location": None, "asset": None, "points": list(points), "optional": optional}


STOPS = [stop("Bij de lift", SEAL, LABEL), stop("Keuken"), stop("Kelder", optional=True)]


def walked(**more: Any) -> WorkOrder:
    return order(state=State.IN_PROGRESS, stops=open_stops({"stops": STOPS}), **more)


def do(order_: WorkOrder, action: Action, **details: Any) -> WorkOrder:
    return act(order_, action, Details(**details), TOM, frozenset(Party), NOW).order


def tick(order_: WorkOrder, number: int, outcome: str, **more: Any) -> WorkOrder:
    return do(order_, Action.TICK_STOP, stop=number, outcome=outcome, **more)


def test_a_round_is_not_done_while_nothing_is_known_of_a_stop_and_the_error_names_it() -> None:
    begun = tick(walked(), 1, "done", checklist=[0])
    with pytest.raises(StopsOpen) as refused:
        do(begun, Action.COMPLETE)
    assert refused.value.errors == {"stops": ["Nothing is known of: Keuken"]}
    done = do(tick(begun, 2, "not_reachable", note="Afgesloten"), Action.COMPLETE)
    assert done.state is State.TECHNICALLY_COMPLETE
    assert summary(done.stops) == {"stops": 3, "open": 1, "done": 1, "not_reachable": 1, "defect": 0}


def test_who_answered_a_stop_when_and_how_is_kept_and_changes_nothing_else() -> None:
    before = walked(reason="stil", note="Sleutel bij de balie")
    after = tick(before, 1, "done", checklist=[0, 1])
    assert after.stops is not None
    assert {name: after.stops[0][name] for name in ("standing", "ticked", "by", "at")} == {
        "standing": "done", "ticked": [0, 1], "by": "Tom", "at": NOW.isoformat(),
    }  # fmt: skip
    assert (after.state, after.reason, after.note) == (before.state, "stil", "Sleutel bij de balie")


def test_all_is_well_only_with_every_point_that_is_not_optional() -> None:
    with pytest.raises(MissingDetail, match="Verzegeld"):
        tick(walked(), 1, "done", checklist=[1])
    assert tick(walked(), 1, "done", checklist=[0]).stops


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"stop": 4, "outcome": "done"}, "3 stops"),
        ({"stop": None, "outcome": "done"}, "3 stops"),
        ({"stop": 2, "outcome": None}, "Say done"),
        ({"stop": 2, "outcome": "open"}, "Say done"),
        ({"stop": 2, "outcome": "done", "checklist": [0]}, "0 points"),
        ({"stop": 2, "outcome": "defect"}, "what is wrong"),
        ({"stop": 2, "outcome": "not_reachable"}, "could not be reached"),
    ],
)
def test_what_is_not_clear_is_asked_for(said: dict[str, Any], problem: str) -> None:
    with pytest.raises(MissingDetail, match=problem):
        do(walked(), Action.TICK_STOP, **said)


def test_a_stop_is_put_right_as_long_as_no_fault_was_made_of_it() -> None:
    passed = tick(walked(), 2, "not_reachable", note="Dicht")
    found = tick(passed, 2, "defect", note="Slang lekt")
    assert summary(found.stops) == {"stops": 3, "open": 2, "done": 0, "not_reachable": 0, "defect": 1}
    with pytest.raises(DefectReported):
        tick(found, 2, "done")


def test_an_order_without_stops_has_nothing_to_answer() -> None:
    with pytest.raises(MissingDetail, match="0 stops"):
        tick(order(state=State.IN_PROGRESS), 1, "done")


@pytest.mark.parametrize("stops", [None, []])
def test_a_request_without_stops_makes_no_round(stops: list[dict[str, Any]] | None) -> None:
    assert open_stops({"stops": stops}) is None
    assert open_stops(None) is None


@pytest.mark.parametrize(("rework", "standing"), [(False, "done"), (True, "open")])
def test_who_takes_over_goes_on_where_it_was_and_who_does_it_over_begins_anew(
    rework: bool, standing: str
) -> None:
    left = tick(walked(), 1, "done", checklist=[0])
    process = Process(known_id("request"), reference="SD-26-000123")
    _, instead = take_over(process, left, PORTAL if rework else TEAM, None, known_id("b"), NOW, None, rework)
    assert instead.stops is not None
    assert instead.stops[0]["standing"] == standing
