from __future__ import annotations

from typing import Any

import pytest
from dispatch.domain.repeats import Said, is_repeat
from dispatch.domain.work_order_states import Action, State

PLAN = {"planned_from": "2026-11-24T10:00:00Z"}
OTHER = {"planned_from": "2026-11-25T10:00:00Z"}


def said(action: str, offer: int = 1, **details: Any) -> Said:
    return Said(Action(action), offer, details)


@pytest.mark.parametrize(
    ("state", "history", "action", "details", "repeat"),
    [
        ("issued", [], "accept", {}, False),
        ("accepted", [said("accept")], "accept", {}, True),
        ("in_progress", [said("accept"), said("start")], "accept", {}, True),  # a late copy
        ("scheduled", [said("schedule", **PLAN)], "schedule", PLAN, True),
        ("scheduled", [said("schedule", **PLAN)], "schedule", OTHER, False),  # the moment moved
        ("paused", [said("pause"), said("resume"), said("pause")], "pause", {}, True),
        ("in_progress", [said("pause"), said("resume")], "pause", {}, False),  # paused once more
        ("technically_complete", [said("complete", cost_cents=1)], "complete", {"cost_cents": 1}, True),
        (
            "issued",
            [said("refuse", 1, reason="no")],
            "refuse",
            {"reason": "no"},
            False,
        ),  # offer 2: asked again
        ("cancelled", [], "accept", {}, False),  # never said before: to be refused, not swallowed
    ],
)
def test_what_is_a_repeat(
    state: str, history: list[Said], action: str, details: dict[str, Any], repeat: bool
) -> None:
    offer = 2 if state == "issued" and history else 1
    assert is_repeat(State(state), offer, history, Action(action), details) is repeat
