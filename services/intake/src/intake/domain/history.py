"""Requests from another system: what their recorded states mean here, and what can be counted from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from intake.domain.errors import Wrong
from intake.domain.request_states import State

# What other systems call it -> our state and, for those that wait, the counterparty.
MEANINGS: dict[str, tuple[State, str | None]] = {
    "new": (State.TRIAGE, None),
    "received": (State.TRIAGE, None),
    "triage": (State.TRIAGE, None),
    "active": (State.IN_PROGRESS, None),
    "in_progress": (State.IN_PROGRESS, None),
    "awaiting_approval": (State.AWAITING_APPROVAL, None),
    "awaiting_user_info": (State.IN_PROGRESS, "requester"),
    "awaiting_requester": (State.IN_PROGRESS, "requester"),
    "awaiting_evidence": (State.IN_PROGRESS, "requester"),
    "awaiting_problem": (State.IN_PROGRESS, "desk"),
    "awaiting_vendor": (State.IN_PROGRESS, "supplier"),
    "awaiting_other": (State.IN_PROGRESS, "desk"),
    "resolved": (State.READY, None),
    "ready": (State.READY, None),
    "closed": (State.CLOSED, None),
}
DONE = frozenset({State.READY, State.CLOSED})


@dataclass(frozen=True, slots=True)
class Recorded:
    """One recorded moment. `state` as the other system calls it; group None = unknown, a value of its own.

    `handed_over`: the other system counted a hand-over here that the groups do not show (there and back
    again).
    """

    at: datetime
    state: str
    by: str | None = None
    group: str | None = None
    assignee: str | None = None
    handed_over: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """`waiting_on` and `waiting_since` are None unless its last state was one of waiting."""

    state: State
    reassignments: int
    reopens: int
    waiting_on: str | None
    waiting_since: datetime | None
    ready_at: datetime | None


def meaning(state: str) -> tuple[State, str | None]:
    """Raises Wrong for a state that we do not know: nothing is guessed into a dossier."""
    found = MEANINGS.get(state.strip().lower().replace(" ", "_"))
    if found is None:
        raise Wrong(
            "unknown_state", f"State '{state}' is not known.", {"states": [f"'{state}' is not known."]}
        )
    return found


def outcome(recorded: Sequence[Recorded]) -> Outcome:
    """What a history adds up to. `recorded` in the order in which it happened, at least one.

    Every hand-over counts, also to a group that the other system did not record.
    """
    states = [meaning(record.state)[0] for record in recorded]
    last, waits = meaning(recorded[-1].state)
    return Outcome(
        state=last,
        reassignments=sum(
            after.handed_over or before.group != after.group for before, after in pairwise(recorded)
        ),
        reopens=sum(before in DONE and after not in DONE for before, after in pairwise(states)),
        waiting_on=waits,
        waiting_since=_since(recorded) if waits else None,
        ready_at=_ready_at(recorded, states),
    )


def _since(recorded: Sequence[Recorded]) -> datetime:
    """When the state that it is in now began."""
    since = recorded[-1].at
    for record in reversed(recorded):
        if record.state != recorded[-1].state:
            break
        since = record.at
    return since


def _ready_at(recorded: Sequence[Recorded], states: Sequence[State]) -> datetime | None:
    """When it became done for the last time; None when it is not."""
    found: datetime | None = None
    for record, state in zip(reversed(recorded), reversed(states), strict=True):
        if state not in DONE:
            break
        found = record.at
    return found
