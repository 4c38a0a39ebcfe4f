"""The lives of what passes over the counter: per kind a table of states. What is not in it is forbidden."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from intake.domain.errors import NotAllowed


class Kind(StrEnum):
    """Of an entry. Items, which are handed out again and again, are of the first three."""

    KEY = "key"
    BADGE = "badge"
    LOAN = "loan"
    PARCEL = "parcel"
    FOUND = "found"
    VISITOR = "visitor"


class State(StrEnum):
    # Before there is an entry: the key hangs in its cabinet, nobody has come.
    NONE = "none"
    OUT = "out"
    RETURNED = "returned"
    LOST = "lost"
    RECEIVED = "received"
    TOLD = "told"
    COLLECTED = "collected"
    SENT_BACK = "sent_back"
    KEPT = "kept"
    CLAIMED = "claimed"
    PASSED_ON = "passed_on"
    ANNOUNCED = "announced"
    INSIDE = "inside"
    LEFT = "left"
    NOT_COME = "not_come"
    CANCELLED = "cancelled"


class Action(StrEnum):
    HAND_OUT = "hand_out"
    EXTEND = "extend"
    TAKE_BACK = "take_back"
    LOSE = "lose"
    RECEIVE = "receive"
    TELL = "tell"
    COLLECT = "collect"
    SEND_BACK = "send_back"
    FIND = "find"
    CLAIM = "claim"
    RELEASE = "release"
    PASS_ON = "pass_on"
    ANNOUNCE = "announce"
    ARRIVE = "arrive"
    LEAVE = "leave"
    MISS = "miss"
    CANCEL = "cancel"
    # Of the house itself, and of a lost thing: a fault was made of it.
    REMIND = "remind"
    REPORT = "report"


Moves = Mapping[tuple[State, Action], State]

# A lost thing that turns up is taken back like any other.
LENT: Moves = {
    (State.NONE, Action.HAND_OUT): State.OUT,
    (State.OUT, Action.TAKE_BACK): State.RETURNED,
    (State.OUT, Action.EXTEND): State.OUT,
    (State.OUT, Action.LOSE): State.LOST,
    (State.OUT, Action.REMIND): State.OUT,
    (State.LOST, Action.REPORT): State.LOST,
    (State.LOST, Action.TAKE_BACK): State.RETURNED,
}
PARCEL: Moves = {
    (State.NONE, Action.RECEIVE): State.RECEIVED,
    (State.RECEIVED, Action.TELL): State.TOLD,
    (State.RECEIVED, Action.COLLECT): State.COLLECTED,
    (State.RECEIVED, Action.SEND_BACK): State.SENT_BACK,
    (State.RECEIVED, Action.REMIND): State.TOLD,
    (State.TOLD, Action.REMIND): State.TOLD,
    (State.TOLD, Action.COLLECT): State.COLLECTED,
    (State.TOLD, Action.SEND_BACK): State.SENT_BACK,
}
FOUND: Moves = {
    (State.NONE, Action.FIND): State.KEPT,
    (State.KEPT, Action.CLAIM): State.CLAIMED,
    (State.KEPT, Action.COLLECT): State.COLLECTED,
    (State.KEPT, Action.PASS_ON): State.PASSED_ON,
    (State.CLAIMED, Action.RELEASE): State.KEPT,
    (State.CLAIMED, Action.COLLECT): State.COLLECTED,
}
# Whoever comes unannounced arrives at once.
VISITOR: Moves = {
    (State.NONE, Action.ANNOUNCE): State.ANNOUNCED,
    (State.NONE, Action.ARRIVE): State.INSIDE,
    (State.ANNOUNCED, Action.ARRIVE): State.INSIDE,
    (State.ANNOUNCED, Action.MISS): State.NOT_COME,
    (State.ANNOUNCED, Action.CANCEL): State.CANCELLED,
    (State.INSIDE, Action.LEAVE): State.LEFT,
}
OVER = frozenset(
    {
        State.RETURNED,
        State.COLLECTED,
        State.SENT_BACK,
        State.PASSED_ON,
        State.LEFT,
        State.NOT_COME,
        State.CANCELLED,
    }
)


@dataclass(frozen=True, slots=True)
class Life:
    """What is particular to a kind.

    `due_days`: when it is due unless said otherwise, in days from now. `told_after`: working days from the
    day on which it is due (a parcel: on which it came) to the first reminder; None: nobody is reminded.
    `kept_days`: how long names of outsiders and signatures stay after it is over.
    """

    moves: Moves
    first: frozenset[Action]
    due_days: int
    told_after: int | None
    kept_days: int


YEAR, MONTH = 365, 30
AGAIN_AFTER = 5
MOST_REMINDERS = 3


def _life(moves: Moves, due_days: int, told_after: int | None, kept_days: int) -> Life:
    first = frozenset(action for state, action in moves if state is State.NONE)
    return Life(moves, first, due_days, told_after, kept_days)


LIVES: Mapping[Kind, Life] = {
    Kind.KEY: _life(LENT, 0, 1, YEAR),
    Kind.BADGE: _life(LENT, 0, 1, YEAR),
    Kind.LOAN: _life(LENT, 7, 1, YEAR),
    Kind.PARCEL: _life(PARCEL, 0, 3, YEAR),
    # For a property without an owner: three months, then it is passed on.
    Kind.FOUND: _life(FOUND, 91, None, YEAR),
    Kind.VISITOR: _life(VISITOR, 0, None, MONTH),
}
LENT_KINDS = (Kind.KEY, Kind.BADGE, Kind.LOAN)

REFUSALS: Mapping[State, str] = {
    State.OUT: "It is handed out. Take it back first, or say that it is lost.",
    State.LOST: "It is lost. When it turns up, take it back.",
    State.RECEIVED: "It waits to be collected.",
    State.TOLD: "It waits to be collected, and the addressee was told.",
    State.KEPT: "It is kept and nobody has claimed it.",
    State.CLAIMED: "Somebody has claimed it. Hand it over, or release it first.",
    State.ANNOUNCED: "The visitor is expected and has not come yet.",
    State.INSIDE: "The visitor is in the building. Sign them out.",
}
IT_IS_OVER = "This is over. Look at it again; make a new entry if something else happened."
NOT_BEFORE = "An entry can't begin like this."


def move(kind: Kind, state: State, action: Action) -> State:
    """Raises NotAllowed, saying what can be done."""
    to = LIVES[kind].moves.get((state, action))
    if to is None:
        raise NotAllowed(NOT_BEFORE if state is State.NONE else REFUSALS.get(state, IT_IS_OVER))
    return to


def offered(kind: Kind, state: State) -> list[Action]:
    """What somebody can do with it now, in the order of the table."""
    return [action for (from_, action) in LIVES[kind].moves if from_ is state and action is not Action.REMIND]
