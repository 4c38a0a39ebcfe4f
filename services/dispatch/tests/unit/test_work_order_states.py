"""The whole table, cell by cell: what is not listed here is forbidden."""

from __future__ import annotations

import pytest
from dispatch.domain.errors import NotAllowed, NotYours
from dispatch.domain.work_order_states import (
    APPROVED,
    DONE,
    IN_HAND,
    OPEN,
    TABLE,
    Action,
    Party,
    State,
    actions_from,
    row_for,
)

ALL = frozenset(Party)

# state: {action: (next state, who)}; written by hand, from desk-practice.
EXPECTED: dict[str, dict[str, tuple[str, str]]] = {
    "prepared": {
        "issue": ("issued", "process"),
        "begin_early": ("issued", "desk"),
        "cancel": ("cancelled", "desk"),
        "reroute": ("cancelled", "desk"),
    },
    "issued": {
        "accept": ("accepted", "executor"),
        "refuse": ("refused", "executor"),
        "deliver": ("issued", "process"),
        "delivery_failed": ("issued", "process"),
        "redeliver": ("issued", "desk"),
        "cancel": ("cancellation_requested", "desk"),
        "reroute": ("cancellation_requested", "desk"),
        "remind": ("issued", "process"),
        "escalate": ("issued", "process"),
        "dismiss": ("issued", "desk"),
    },
    "refused": {
        "redeliver": ("issued", "desk"),
        "reroute": ("not_carried_out", "desk"),
        "cancel": ("cancelled", "desk"),
    },
    "accepted": {
        "refuse": ("refused", "executor"),
        "schedule": ("scheduled", "executor"),
        "propose": ("accepted", "executor"),
        "confirm_appointment": ("scheduled", "customer"),
        "ask_another": ("accepted", "customer"),
        "start": ("in_progress", "executor"),
        "complete": ("technically_complete", "executor"),
        "not_carried_out": ("not_carried_out", "executor"),
        "cancel": ("cancellation_requested", "desk"),
        "reroute": ("cancellation_requested", "desk"),
        "remind": ("accepted", "process"),
        "escalate": ("accepted", "process"),
        "dismiss": ("accepted", "desk"),
    },
    "scheduled": {
        "schedule": ("scheduled", "executor"),
        "propose": ("scheduled", "executor"),
        "confirm_appointment": ("scheduled", "customer"),
        "ask_another": ("scheduled", "customer"),
        "start": ("in_progress", "executor"),
        "complete": ("technically_complete", "executor"),
        "not_carried_out": ("not_carried_out", "executor"),
        "cancel": ("cancellation_requested", "desk"),
        "reroute": ("cancellation_requested", "desk"),
        "remind": ("scheduled", "process"),
        "suspect_no_show": ("scheduled", "process"),
        "escalate": ("scheduled", "process"),
        "dismiss": ("scheduled", "desk"),
    },
    "in_progress": {
        "tick_stop": ("in_progress", "executor"),
        "pause": ("paused", "executor"),
        "complete": ("technically_complete", "executor"),
        "not_carried_out": ("not_carried_out", "executor"),
        "cancel": ("cancellation_requested", "desk"),
        "reroute": ("cancellation_requested", "desk"),
        "remind": ("in_progress", "process"),
        "escalate": ("in_progress", "process"),
        "dismiss": ("in_progress", "desk"),
    },
    "paused": {
        "resume": ("in_progress", "executor"),
        "schedule": ("scheduled", "executor"),
        "propose": ("paused", "executor"),
        "confirm_appointment": ("scheduled", "customer"),
        "ask_another": ("paused", "customer"),
        "not_carried_out": ("not_carried_out", "executor"),
        "cancel": ("cancellation_requested", "desk"),
        "reroute": ("cancellation_requested", "desk"),
        "remind": ("paused", "process"),
        "escalate": ("paused", "process"),
        "dismiss": ("paused", "desk"),
    },
    "technically_complete": {
        "check": ("checked", "checker"),
        "fail": ("rejected", "checker"),
        "close": ("administratively_complete", "desk"),
        "accept_cost": ("technically_complete", "desk"),
        "dispute_cost": ("technically_complete", "desk"),
        "reroute": ("rejected", "desk"),
        "reprice": ("technically_complete", "desk"),
    },
    "checked": {
        "close": ("administratively_complete", "desk"),
        "fail": ("rejected", "desk"),
        "accept_cost": ("checked", "desk"),
        "dispute_cost": ("checked", "desk"),
        "reroute": ("rejected", "desk"),
        "reprice": ("checked", "desk"),
    },
    "rejected": {"reprice": ("rejected", "desk")},
    "administratively_complete": {"reprice": ("administratively_complete", "desk")},
    "cancellation_requested": {
        "confirm_cancellation": ("cancelled", "executor"),
        "complete": ("technically_complete", "executor"),
        "deliver": ("cancellation_requested", "process"),
        "delivery_failed": ("cancellation_requested", "process"),
        "redeliver": ("cancellation_requested", "desk"),
        "reroute": ("cancellation_requested", "desk"),
    },
    "cancelled": {"reprice": ("cancelled", "desk")},
    "not_carried_out": {
        "reroute": ("not_carried_out", "desk"),
        "cancel": ("cancelled", "desk"),
        "reprice": ("not_carried_out", "desk"),
    },
}
# Who of the team has it: the same while the team has the order, and it changes no state.
HELD = {"take": "member", "give_back": "member", "assign": "member", "come_back": "process"}
for _state in ("accepted", "scheduled", "in_progress", "paused"):
    EXPECTED[_state] |= {action: (_state, who) for action, who in HELD.items()}
for _state in ("issued", "accepted", "scheduled", "in_progress", "paused"):
    EXPECTED[_state]["hand_over"] = ("cancelled", "member")
for _state in ("prepared", "issued", "accepted", "scheduled", "in_progress", "paused"):
    EXPECTED[_state]["set_limit"] = (_state, "desk")
for _state in ("accepted", "scheduled", "in_progress", "paused"):
    EXPECTED[_state]["ask_extra"] = ("paused", "executor")
EXPECTED["paused"] |= {
    "grant_extra": ("paused", "desk"),
    "refuse_extra": ("paused", "desk"),
    "extra_to_desk": ("paused", "process"),
}
CELLS = [(state, action) for state in State for action in Action]


@pytest.mark.parametrize(("state", "action"), CELLS, ids=[f"{s}-{a}" for s, a in CELLS])
def test_every_cell_of_the_table(state: State, action: Action) -> None:
    expected = EXPECTED[state].get(action)
    if expected is None:
        with pytest.raises(NotAllowed):
            row_for(state, action, ALL)
        return
    row = row_for(state, action, ALL)
    assert (row.to, row.by) == expected
    assert row.why.endswith(".")


@pytest.mark.parametrize(("state", "action"), [c for c in CELLS if c[1] in TABLE[c[0]]])
@pytest.mark.parametrize("party", list(Party))
def test_an_action_lies_in_one_partys_hands(state: State, action: Action, party: Party) -> None:
    if EXPECTED[state][action][1] == party:
        row_for(state, action, frozenset({party}))
    else:
        with pytest.raises(NotYours):
            row_for(state, action, frozenset({party}))


@pytest.mark.parametrize("state", list(State))
def test_whoever_does_not_need_to_confirm_is_cancelled_at_once(state: State) -> None:
    rows = [row for row in TABLE[state].values() if row.unacknowledged]
    assert all(row.to is State.CANCELLATION_REQUESTED for row in rows)
    assert all(row.unacknowledged is State.CANCELLED for row in rows)
    assert bool(rows) == (state in IN_HAND)


def test_every_state_can_be_reached() -> None:
    reached = {State.PREPARED, State.ISSUED}
    for rows in TABLE.values():
        reached |= {row.to for row in rows.values()}
    assert reached == set(State)


def test_every_open_state_can_be_left_by_somebody_who_is_not_a_machine() -> None:
    for state in OPEN:
        assert actions_from(state, frozenset({Party.EXECUTOR, Party.DESK})), state


def test_states_are_grouped_without_overlap() -> None:
    assert not OPEN & DONE
    assert APPROVED < DONE
    assert IN_HAND < OPEN
    assert set(State) - OPEN - DONE == {State.REJECTED, State.CANCELLED}


def test_actions_are_offered_to_those_who_may() -> None:
    assert actions_from(State.ISSUED, frozenset({Party.EXECUTOR})) == [Action.ACCEPT, Action.REFUSE]
    assert Action.CANCEL in actions_from(State.ISSUED, frozenset({Party.DESK}))
    assert actions_from(State.CANCELLED, ALL) == [Action.REPRICE]
