"""Every cell of the table of states and actions, the forbidden ones included."""

from __future__ import annotations

import pytest
from intake.domain.errors import NotAllowed
from intake.domain.request_states import ROWS, TABLE, Action, Resolution, State, allows, row_for

# Written down apart from the table on purpose: whoever changes the one must mean the other.
CELLS = {
    ("received", "accept"): "in_progress",
    ("received", "submit"): "awaiting_approval",
    ("received", "assess"): "triage",
    ("received", "answer"): "closed",
    ("triage", "accept"): "in_progress",
    ("triage", "answer"): "closed",
    ("triage", "reject"): "closed",
    ("triage", "submit"): "awaiting_approval",
    ("triage", "ask"): "triage",
    ("triage", "reply"): "triage",
    ("triage", "promise"): "triage",
    ("awaiting_approval", "promise"): "awaiting_approval",
    ("in_progress", "promise"): "in_progress",
    ("triage", "withdraw"): "closed",
    ("triage", "join"): "in_progress",
    ("in_progress", "split"): "triage",
    ("triage", "take_up"): "in_progress",
    ("in_progress", "grant"): "closed",
    ("in_progress", "decline"): "closed",
    ("triage", "inform"): "triage",
    ("awaiting_approval", "inform"): "awaiting_approval",
    ("in_progress", "inform"): "in_progress",
    ("ready", "inform"): "ready",
    ("triage", "complete"): "ready",
    ("triage", "prioritise"): "triage",
    ("awaiting_approval", "prioritise"): "awaiting_approval",
    ("in_progress", "prioritise"): "in_progress",
    ("awaiting_approval", "reassess"): "triage",
    ("in_progress", "reassess"): "triage",
    ("in_progress", "ask_extra"): "in_progress",
    ("in_progress", "grant_extra"): "in_progress",
    ("in_progress", "refuse_extra"): "in_progress",
    ("in_progress", "drop_extra"): "in_progress",
    ("awaiting_approval", "approve"): "in_progress",
    ("awaiting_approval", "disapprove"): "closed",
    ("awaiting_approval", "ask"): "awaiting_approval",
    ("awaiting_approval", "reply"): "awaiting_approval",
    ("awaiting_approval", "withdraw"): "closed",
    ("in_progress", "ask"): "in_progress",
    ("in_progress", "reply"): "in_progress",
    ("in_progress", "complete"): "ready",
    ("in_progress", "withdraw"): "closed",
    ("ready", "reply"): "ready",
    ("ready", "confirm"): "closed",
    ("ready", "lapse"): "closed",
    ("ready", "close_unheard"): "closed",
    ("ready", "reopen"): "in_progress",
    ("ready", "return"): "triage",
    ("closed", "reopen"): "in_progress",
    ("closed", "return"): "triage",
}
RESOLUTIONS = {
    "grant": Resolution.ANSWERED,
    "decline": Resolution.REJECTED,
    "answer": Resolution.ANSWERED,
    "reject": Resolution.REJECTED,
    "disapprove": Resolution.REJECTED,
    "withdraw": Resolution.WITHDRAWN,
    "confirm": Resolution.SOLVED,
    "lapse": Resolution.SOLVED,
    "close_unheard": Resolution.SOLVED,
}


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("state", State)
def test_each_cell_leads_where_it_should_or_is_forbidden(state: State, action: Action) -> None:
    expected = CELLS.get((state.value, action.value))

    assert allows(state, action) is (expected is not None)
    if expected is None:
        with pytest.raises(NotAllowed, match=f"'{state}' cannot '{action}'"):
            row_for(state, action)
    else:
        assert row_for(state, action).to == expected


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.state}-{row.action}")
def test_each_row_says_why_and_how_it_ends(row: object) -> None:
    assert row.why.endswith(".")  # type: ignore[attr-defined]
    closes = row.to is State.CLOSED  # type: ignore[attr-defined]
    expected = RESOLUTIONS[row.action.value] if closes else None  # type: ignore[attr-defined]
    assert row.resolution is expected  # type: ignore[attr-defined]


def test_no_cell_is_in_the_table_twice() -> None:
    assert len(TABLE) == len(ROWS)


def test_every_state_can_be_reached() -> None:
    assert {row.to for row in ROWS} | {State.RECEIVED} == set(State)
