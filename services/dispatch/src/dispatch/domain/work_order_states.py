"""The life of a work order as a table: from which state, by which action, to which state, by whom, and why.

What is not in the table is forbidden. Every cell, the empty ones included, has a test.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dispatch.domain.errors import NotInState, NotYours


class State(StrEnum):
    PREPARED = "prepared"
    ISSUED = "issued"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    SCHEDULED = "scheduled"
    IN_PROGRESS = "in_progress"
    PAUSED = "paused"
    TECHNICALLY_COMPLETE = "technically_complete"
    CHECKED = "checked"
    REJECTED = "rejected"
    ADMINISTRATIVELY_COMPLETE = "administratively_complete"
    CANCELLATION_REQUESTED = "cancellation_requested"
    CANCELLED = "cancelled"
    NOT_CARRIED_OUT = "not_carried_out"


class Action(StrEnum):
    ISSUE = "issue"
    BEGIN_EARLY = "begin_early"
    ACCEPT = "accept"
    REFUSE = "refuse"
    SCHEDULE = "schedule"
    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    COMPLETE = "complete"
    CHECK = "check"
    FAIL = "fail"
    CLOSE = "close"
    CANCEL = "cancel"
    CONFIRM_CANCELLATION = "confirm_cancellation"
    NOT_CARRIED_OUT = "not_carried_out"
    REROUTE = "reroute"
    DELIVER = "deliver"
    DELIVERY_FAILED = "delivery_failed"
    REDELIVER = "redeliver"
    PROPOSE = "propose"
    CONFIRM_APPOINTMENT = "confirm_appointment"
    ASK_ANOTHER = "ask_another"
    ACCEPT_COST = "accept_cost"
    DISPUTE_COST = "dispute_cost"
    REPRICE = "reprice"
    SET_LIMIT = "set_limit"
    ASK_EXTRA = "ask_extra"
    GRANT_EXTRA = "grant_extra"
    REFUSE_EXTRA = "refuse_extra"
    EXTRA_TO_DESK = "extra_to_desk"
    REMIND = "remind"
    SUSPECT_NO_SHOW = "suspect_no_show"
    ESCALATE = "escalate"
    DISMISS = "dismiss"
    TICK_STOP = "tick_stop"
    TAKE = "take"
    GIVE_BACK = "give_back"
    ASSIGN = "assign"
    HAND_OVER = "hand_over"
    COME_BACK = "come_back"


class Party(StrEnum):
    """In whose hands an action lies."""

    EXECUTOR = "executor"  # the order's own provider, or the desk on its behalf (a plumber who telephones)
    MEMBER = "member"  # one of the people of the team of our own that has it
    DESK = "desk"
    CUSTOMER = "customer"  # the requester, or the desk on their behalf
    CHECKER = "checker"  # who looks at the work: the desk, unless its step names another
    PROCESS = "process"  # dispatch itself: a step's turn has come, a delivery ended


@dataclass(frozen=True)
class Row:
    """`unacknowledged`: where it goes when nobody outside has to confirm that they stop; None: as `to`."""

    to: State
    by: Party
    why: str
    unacknowledged: State | None = None


S, A = State, Action


def _executor(to: State, why: str) -> Row:
    return Row(to, Party.EXECUTOR, why)


def _desk(to: State, why: str) -> Row:
    return Row(to, Party.DESK, why)


def _checker(to: State, why: str) -> Row:
    return Row(to, Party.CHECKER, why)


def _customer(to: State, why: str) -> Row:
    return Row(to, Party.CUSTOMER, why)


def _member(to: State, why: str) -> Row:
    return Row(to, Party.MEMBER, why)


def _process(to: State, why: str) -> Row:
    return Row(to, Party.PROCESS, why)


# A supplier that was told must say that it has stopped; a team of our own stops when told.
_ENDED = Row(S.CANCELLATION_REQUESTED, Party.DESK, "Whoever was told must confirm.", S.CANCELLED)
_MOVED = Row(
    S.CANCELLATION_REQUESTED, Party.DESK, "Another does it; whoever was told must stop.", S.CANCELLED
)
_CHOICE = "The customer has the choice; until then nothing changes."
_AGREED = "The customer chose one of the moments: that is when they come."
_OTHER = "None of them suits; the executor proposes others."
_TAKEN = "It cost more than was agreed, and the desk has seen why."
_DISPUTED = "It cost more than was agreed; its provider is asked to look again."
_PRICE = "What it cost was wrong; that it was done, or not, stays as it is."
_OVER_AGAIN = "It was not right, and another does it over."
_UNDONE = "It could not be done, or nobody came."
_SILENT = "Its provider has said nothing for too long, and is asked."
_STILL_SILENT = "The reminder brought no word either: the desk has it on its list."
_NOBODY_CAME = "The agreed moment passed without a word: the desk hears of it, the provider is asked."
_HEARD = "The desk knows how it stands; the provider has its time anew."
_HANDED_OVER = Row(S.CANCELLED, Party.MEMBER, "Another team does it; a new order takes over.")


def _held(state: State) -> dict[Action, Row]:
    """Who of the team has it. It says nothing of the work, so the state stays."""
    return {
        A.TAKE: _member(state, "One of the team has it from now on."),
        A.GIVE_BACK: _member(state, "It is the whole team's again."),
        A.ASSIGN: _member(state, "A colleague has it from now on."),
        A.COME_BACK: _process(state, "Who had it is absent: it is the whole team's again."),
        A.HAND_OVER: _HANDED_OVER,
    }


# Until the work is done, whoever has it.
_WITH_A_LIMIT = (S.PREPARED, S.ISSUED, S.ACCEPTED, S.SCHEDULED, S.IN_PROGRESS, S.PAUSED)

TABLE: dict[State, dict[Action, Row]] = {
    S.PREPARED: {
        A.ISSUE: _process(S.ISSUED, "All that it waits for is done."),
        A.BEGIN_EARLY: _desk(S.ISSUED, "The desk does not let it wait for its turn."),
        A.CANCEL: _desk(S.CANCELLED, "Nobody has been told of it yet."),
        A.REROUTE: _desk(S.CANCELLED, "A prepared order for another provider takes its place."),
    },
    S.ISSUED: {
        A.ACCEPT: _executor(S.ACCEPTED, "The provider takes the work."),
        A.REFUSE: _executor(S.REFUSED, "The provider does not take it: the desk must find another."),
        A.DELIVER: _process(S.ISSUED, "The supplier has it and says later whether it takes it."),
        A.DELIVERY_FAILED: _process(S.ISSUED, "Every attempt failed: it stays, visible, to be repaired."),
        A.REDELIVER: _desk(S.ISSUED, "Try again: its number keeps it from being done twice."),
        A.CANCEL: _ENDED,
        A.REROUTE: _MOVED,
        A.REMIND: _process(S.ISSUED, _SILENT),
        A.ESCALATE: _process(S.ISSUED, _STILL_SILENT),
        A.DISMISS: _desk(S.ISSUED, _HEARD),
        A.HAND_OVER: _HANDED_OVER,
    },
    S.REFUSED: {
        A.REDELIVER: _desk(S.ISSUED, "Ask the same provider once more."),
        A.REROUTE: _desk(S.NOT_CARRIED_OUT, "Another order takes over."),
        A.CANCEL: _desk(S.CANCELLED, "The step is dropped; its provider does not expect it anyway."),
    },
    S.ACCEPTED: {
        A.REFUSE: _executor(S.REFUSED, "The provider hands it back before beginning."),
        A.SCHEDULE: _executor(S.SCHEDULED, "There is a moment for it."),
        A.PROPOSE: _executor(S.ACCEPTED, _CHOICE),
        A.CONFIRM_APPOINTMENT: _customer(S.SCHEDULED, _AGREED),
        A.ASK_ANOTHER: _customer(S.ACCEPTED, _OTHER),
        A.START: _executor(S.IN_PROGRESS, "Small work starts without a plan."),
        A.COMPLETE: _executor(S.TECHNICALLY_COMPLETE, "Small work is reported once, when done."),
        A.NOT_CARRIED_OUT: _executor(S.NOT_CARRIED_OUT, _UNDONE),
        A.CANCEL: _ENDED,
        A.REROUTE: _MOVED,
        A.REMIND: _process(S.ACCEPTED, _SILENT),
        A.ESCALATE: _process(S.ACCEPTED, _STILL_SILENT),
        A.DISMISS: _desk(S.ACCEPTED, _HEARD),
        **_held(S.ACCEPTED),
    },
    S.SCHEDULED: {
        A.SCHEDULE: _executor(S.SCHEDULED, "The moment moved."),
        A.PROPOSE: _executor(S.SCHEDULED, "It has to move; the moment stands until the customer chooses."),
        A.CONFIRM_APPOINTMENT: _customer(S.SCHEDULED, _AGREED),
        A.ASK_ANOTHER: _customer(S.SCHEDULED, _OTHER),
        A.START: _executor(S.IN_PROGRESS, "The work began."),
        A.COMPLETE: _executor(S.TECHNICALLY_COMPLETE, "Small work is reported once, when done."),
        A.NOT_CARRIED_OUT: _executor(S.NOT_CARRIED_OUT, _UNDONE),
        A.CANCEL: _ENDED,
        A.REROUTE: _MOVED,
        A.REMIND: _process(S.SCHEDULED, _SILENT),
        A.SUSPECT_NO_SHOW: _process(S.SCHEDULED, _NOBODY_CAME),
        A.ESCALATE: _process(S.SCHEDULED, _STILL_SILENT),
        A.DISMISS: _desk(S.SCHEDULED, _HEARD),
        **_held(S.SCHEDULED),
    },
    S.IN_PROGRESS: {
        A.PAUSE: _executor(S.PAUSED, "It waits for something; for what and for whom is said."),
        A.TICK_STOP: _executor(S.IN_PROGRESS, "One stop of the round: done, not reachable, or a defect."),
        A.COMPLETE: _executor(S.TECHNICALLY_COMPLETE, "The executor says that it is done."),
        A.NOT_CARRIED_OUT: _executor(S.NOT_CARRIED_OUT, _UNDONE),
        A.CANCEL: _ENDED,
        A.REROUTE: _MOVED,
        A.REMIND: _process(S.IN_PROGRESS, _SILENT),
        A.ESCALATE: _process(S.IN_PROGRESS, _STILL_SILENT),
        A.DISMISS: _desk(S.IN_PROGRESS, _HEARD),
        **_held(S.IN_PROGRESS),
    },
    S.PAUSED: {
        A.RESUME: _executor(S.IN_PROGRESS, "What it waited for is there."),
        A.SCHEDULE: _executor(S.SCHEDULED, "They come back another day."),
        A.PROPOSE: _executor(S.PAUSED, _CHOICE),
        A.CONFIRM_APPOINTMENT: _customer(S.SCHEDULED, _AGREED),
        A.ASK_ANOTHER: _customer(S.PAUSED, _OTHER),
        A.NOT_CARRIED_OUT: _executor(S.NOT_CARRIED_OUT, "What it waited for does not come."),
        A.CANCEL: _ENDED,
        A.REROUTE: _MOVED,
        A.REMIND: _process(S.PAUSED, _SILENT),
        A.ESCALATE: _process(S.PAUSED, _STILL_SILENT),
        A.DISMISS: _desk(S.PAUSED, _HEARD),
        **_held(S.PAUSED),
    },
    S.TECHNICALLY_COMPLETE: {
        A.CHECK: _checker(S.CHECKED, "Whoever checks it has looked and it is right."),
        A.FAIL: _checker(S.REJECTED, "It is not right: a rework order follows."),
        A.CLOSE: _desk(S.ADMINISTRATIVELY_COMPLETE, "Hours, material and invoice agree."),
        A.ACCEPT_COST: _desk(S.TECHNICALLY_COMPLETE, _TAKEN),
        A.DISPUTE_COST: _desk(S.TECHNICALLY_COMPLETE, _DISPUTED),
        A.REPRICE: _desk(S.TECHNICALLY_COMPLETE, _PRICE),
        A.REROUTE: _desk(S.REJECTED, _OVER_AGAIN),
    },
    S.CHECKED: {
        A.FAIL: _desk(S.REJECTED, "It was not right after all: a rework order follows."),
        A.CLOSE: _desk(S.ADMINISTRATIVELY_COMPLETE, "Hours, material and invoice agree."),
        A.ACCEPT_COST: _desk(S.CHECKED, _TAKEN),
        A.DISPUTE_COST: _desk(S.CHECKED, _DISPUTED),
        A.REPRICE: _desk(S.CHECKED, _PRICE),
        A.REROUTE: _desk(S.REJECTED, _OVER_AGAIN),
    },
    S.CANCELLATION_REQUESTED: {
        A.CONFIRM_CANCELLATION: _executor(S.CANCELLED, "The provider has stopped."),
        A.COMPLETE: _executor(S.TECHNICALLY_COMPLETE, "It was done before the word came."),
        A.DELIVER: _process(S.CANCELLATION_REQUESTED, "They know, and will confirm."),
        A.DELIVERY_FAILED: _process(S.CANCELLATION_REQUESTED, "They may not know: the desk must tell them."),
        A.REDELIVER: _desk(S.CANCELLATION_REQUESTED, "Tell them again."),
        A.REROUTE: _desk(S.CANCELLATION_REQUESTED, "It is needed after all; they still must stop."),
    },
    S.NOT_CARRIED_OUT: {
        A.REROUTE: _desk(S.NOT_CARRIED_OUT, "Another order takes over."),
        A.CANCEL: _desk(S.CANCELLED, "The step is dropped."),
        A.REPRICE: _desk(S.NOT_CARRIED_OUT, _PRICE),
    },
    S.REJECTED: {A.REPRICE: _desk(S.REJECTED, _PRICE)},
    S.ADMINISTRATIVELY_COMPLETE: {A.REPRICE: _desk(S.ADMINISTRATIVELY_COMPLETE, _PRICE)},
    S.CANCELLED: {A.REPRICE: _desk(S.CANCELLED, _PRICE)},
}
for _state in _WITH_A_LIMIT:
    TABLE[_state][A.SET_LIMIT] = _desk(_state, "What it may cost without asking is said anew.")
_MORE = "It takes more than it may cost; it waits until that is decided."
for _state in (S.ACCEPTED, S.SCHEDULED, S.IN_PROGRESS, S.PAUSED):
    TABLE[_state][A.ASK_EXTRA] = _executor(S.PAUSED, _MORE)
TABLE[S.PAUSED] |= {
    A.GRANT_EXTRA: _desk(S.PAUSED, "It may cost more; its executor goes on when it can."),
    A.REFUSE_EXTRA: _desk(
        S.PAUSED, "It may not; its executor goes on within the limit, or says that it can't."
    ),
    A.EXTRA_TO_DESK: _process(S.PAUSED, "Nobody holds a budget for it: the desk decides."),
}

# Told to their provider and not yet done: these stand in its work list.
IN_HAND = frozenset({S.ISSUED, S.ACCEPTED, S.SCHEDULED, S.IN_PROGRESS, S.PAUSED})
# Somebody still has to do something before the process can go on or the order can be forgotten.
OPEN = IN_HAND | {S.PREPARED, S.REFUSED, S.CANCELLATION_REQUESTED, S.NOT_CARRIED_OUT}
# The executor says that the work is done; steps that wait for it may begin.
DONE = frozenset({S.TECHNICALLY_COMPLETE, S.CHECKED, S.ADMINISTRATIVELY_COMPLETE})
# Done, and the desk has seen that it is right.
APPROVED = frozenset({S.CHECKED, S.ADMINISTRATIVELY_COMPLETE})


def row_for(state: State, action: Action, parties: frozenset[Party]) -> Row:
    """Raises NotAllowed when the state does not know the action, NotYours when it is in other hands."""
    row = TABLE[state].get(action)
    if row is None:
        raise NotInState("order", state, action, actions_from(state, parties))
    if row.by not in parties:
        raise NotYours(f"'{action}' is for the {row.by}.")
    return row


def actions_from(state: State, parties: frozenset[Party]) -> list[Action]:
    """What these parties may do now, in the order of the table."""
    return [action for action, row in TABLE[state].items() if row.by in parties]
