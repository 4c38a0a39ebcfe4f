"""The life of a request as a table: from which state, by which action, to which state, and why.

What is not in the table is forbidden. Every cell, the empty ones included, has a test.
Waiting and attention are facets beside the state, not states.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from intake.domain.errors import NotInState


class State(StrEnum):
    RECEIVED = "received"
    TRIAGE = "triage"
    AWAITING_APPROVAL = "awaiting_approval"
    IN_PROGRESS = "in_progress"
    READY = "ready"
    CLOSED = "closed"


class Action(StrEnum):
    ACCEPT = "accept"
    ASSESS = "assess"
    ANSWER = "answer"
    REJECT = "reject"
    SUBMIT = "submit"
    APPROVE = "approve"
    DISAPPROVE = "disapprove"
    ASK = "ask"
    REPLY = "reply"
    PROMISE = "promise"
    COMPLETE = "complete"
    CONFIRM = "confirm"
    LAPSE = "lapse"
    CLOSE_UNHEARD = "close_unheard"
    REOPEN = "reopen"
    RETURN = "return"
    WITHDRAW = "withdraw"
    JOIN = "join"
    SPLIT = "split"
    PRIORITISE = "prioritise"
    INFORM = "inform"
    TAKE_UP = "take_up"
    GRANT = "grant"
    DECLINE = "decline"
    REASSESS = "reassess"
    ASK_EXTRA = "ask_extra"
    GRANT_EXTRA = "grant_extra"
    REFUSE_EXTRA = "refuse_extra"
    DROP_EXTRA = "drop_extra"


class Resolution(StrEnum):
    SOLVED = "solved"
    ANSWERED = "answered"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"


@dataclass(frozen=True)
class Row:
    state: State
    action: Action
    to: State
    why: str
    # How it ended; None for a row that does not close.
    resolution: Resolution | None = None


S, A, R = State, Action, Resolution

ROWS: tuple[Row, ...] = (
    Row(
        S.RECEIVED,
        A.ACCEPT,
        S.IN_PROGRESS,
        "Standard: the product's process starts without a person in between.",
    ),
    Row(
        S.RECEIVED,
        A.SUBMIT,
        S.AWAITING_APPROVAL,
        "Standard, but dearer than may be ordered without the budget holder.",
    ),
    Row(S.RECEIVED, A.ASSESS, S.TRIAGE, "Not standard: a person must look at it."),
    Row(
        S.RECEIVED,
        A.ANSWER,
        S.CLOSED,
        "Answered while the customer was there; nothing is left to do.",
        R.ANSWERED,
    ),
    Row(S.TRIAGE, A.ACCEPT, S.IN_PROGRESS, "An agent mapped it to a product; its process starts."),
    Row(S.TRIAGE, A.ANSWER, S.CLOSED, "First-line advice: the answer is all that was needed.", R.ANSWERED),
    Row(S.TRIAGE, A.REJECT, S.CLOSED, "We do not do this, and say why.", R.REJECTED),
    Row(S.TRIAGE, A.SUBMIT, S.AWAITING_APPROVAL, "It costs money that the budget holder must agree to."),
    Row(S.TRIAGE, A.ASK, S.TRIAGE, "The desk cannot judge it without the requester."),
    Row(S.TRIAGE, A.REPLY, S.TRIAGE, "The requester tells more."),
    Row(S.TRIAGE, A.WITHDRAW, S.CLOSED, "No longer needed.", R.WITHDRAWN),
    Row(S.TRIAGE, A.JOIN, S.IN_PROGRESS, "The same is being dealt with already: this goes along with it."),
    Row(S.IN_PROGRESS, A.SPLIT, S.TRIAGE, "It is not the same after all, or that ended without being done."),
    Row(S.TRIAGE, A.PRIORITISE, S.TRIAGE, "It is more or less pressing than was thought."),
    Row(S.AWAITING_APPROVAL, A.PRIORITISE, S.AWAITING_APPROVAL, "As in triage; the approval stands."),
    Row(S.IN_PROGRESS, A.PRIORITISE, S.IN_PROGRESS, "As in triage; the work goes on."),
    Row(S.TRIAGE, A.TAKE_UP, S.IN_PROGRESS, "The desk itself deals with it: a complaint, say."),
    Row(S.IN_PROGRESS, A.GRANT, S.CLOSED, "A wish that was granted; its wisher is answered.", R.ANSWERED),
    Row(S.IN_PROGRESS, A.DECLINE, S.CLOSED, "A wish that was not granted, with the reason.", R.REJECTED),
    Row(S.TRIAGE, A.INFORM, S.TRIAGE, "The desk tells how it stands."),
    Row(S.AWAITING_APPROVAL, A.INFORM, S.AWAITING_APPROVAL, "As in triage."),
    Row(S.IN_PROGRESS, A.INFORM, S.IN_PROGRESS, "As in triage."),
    Row(S.READY, A.INFORM, S.READY, "As in triage."),
    Row(S.TRIAGE, A.COMPLETE, S.READY, "What it belongs to is done, and this with it."),
    Row(S.AWAITING_APPROVAL, A.REASSESS, S.TRIAGE, "What is asked of the budget holder was wrong."),
    Row(S.IN_PROGRESS, A.REASSESS, S.TRIAGE, "It was begun as the wrong thing; its orders are cancelled."),
    Row(S.IN_PROGRESS, A.ASK_EXTRA, S.IN_PROGRESS, "An order takes more than the desk may agree to."),
    Row(
        S.IN_PROGRESS, A.GRANT_EXTRA, S.IN_PROGRESS, "The budget holder agrees; the order goes on with more."
    ),
    Row(S.IN_PROGRESS, A.REFUSE_EXTRA, S.IN_PROGRESS, "The order goes on within its limit, or stops."),
    Row(S.IN_PROGRESS, A.DROP_EXTRA, S.IN_PROGRESS, "Whoever asked goes on without: nothing to decide."),
    Row(S.AWAITING_APPROVAL, A.APPROVE, S.IN_PROGRESS, "The budget holder agrees; the process starts."),
    Row(S.AWAITING_APPROVAL, A.DISAPPROVE, S.CLOSED, "The budget holder does not agree.", R.REJECTED),
    Row(S.AWAITING_APPROVAL, A.ASK, S.AWAITING_APPROVAL, "The budget holder wants to know more."),
    Row(S.AWAITING_APPROVAL, A.REPLY, S.AWAITING_APPROVAL, "The requester tells more."),
    Row(S.AWAITING_APPROVAL, A.WITHDRAW, S.CLOSED, "No longer needed.", R.WITHDRAWN),
    Row(S.IN_PROGRESS, A.ASK, S.IN_PROGRESS, "The work needs something from the requester."),
    Row(S.IN_PROGRESS, A.REPLY, S.IN_PROGRESS, "The requester tells more."),
    Row(S.IN_PROGRESS, A.COMPLETE, S.READY, "All work is done; the customer is told and decides."),
    Row(S.IN_PROGRESS, A.WITHDRAW, S.CLOSED, "No longer needed; dispatch cancels what is open.", R.WITHDRAWN),
    Row(S.TRIAGE, A.PROMISE, S.TRIAGE, "The requester is told by when they hear more."),
    Row(S.AWAITING_APPROVAL, A.PROMISE, S.AWAITING_APPROVAL, "The requester is told by when they hear more."),
    Row(S.IN_PROGRESS, A.PROMISE, S.IN_PROGRESS, "The requester is told what to expect now."),
    Row(S.READY, A.REPLY, S.READY, "A remark, not yet a verdict."),
    Row(S.READY, A.CONFIRM, S.CLOSED, "The customer agrees that it is done.", R.SOLVED),
    Row(S.READY, A.LAPSE, S.CLOSED, "Told, and silent for as long as we said.", R.SOLVED),
    Row(S.READY, A.CLOSE_UNHEARD, S.CLOSED, "A complaint whose customer could not be reached.", R.SOLVED),
    Row(S.READY, A.REOPEN, S.IN_PROGRESS, "Executor done is not customer satisfied: a new round of work."),
    Row(
        S.READY, A.RETURN, S.TRIAGE, "It was made ready in another system: there is no work here to do over."
    ),
    Row(S.CLOSED, A.REOPEN, S.IN_PROGRESS, "It came back within the window: a new round, the same dossier."),
    Row(
        S.CLOSED,
        A.RETURN,
        S.TRIAGE,
        "The answer did not help; there was no work to do over, so a person looks.",
    ),
)

TABLE: dict[tuple[State, Action], Row] = {(row.state, row.action): row for row in ROWS}

# How a customer may take a closed request up again: work is done over, an answer is given another look.
REOPENABLE = frozenset({Resolution.SOLVED, Resolution.ANSWERED})


def row_for(state: State, action: Action) -> Row:
    """Raises NotAllowed when the state does not know the action."""
    row = TABLE.get((state, action))
    if row is None:
        raise NotInState("request", state, action, [each for at, each in TABLE if at is state])
    return row


def allows(state: State, action: Action) -> bool:
    """For facts from elsewhere: what the state does not know has been overtaken and is let go."""
    return (state, action) in TABLE
