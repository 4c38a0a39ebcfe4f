"""Putting right a request that went wrong: what may be wrong, what follows from it, and how far that is.

A correction is a record of its own beside the request. What intake itself has to change is changed at once;
what becomes of work orders is dispatch's to say, so a correction lives on until it has said so and everybody
who had to stop has said that they did.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from intake.domain import request_states as requests
from intake.domain.errors import NotInState
from intake.domain.values import By


class What(StrEnum):
    """What was wrong."""

    KIND = "kind"
    PRODUCT = "product"
    PLACE = "place"
    DATA = "data"
    COST_CENTRE = "cost_centre"
    PROVIDER = "provider"
    NO_SHOW = "no_show"
    BAD_WORK = "bad_work"
    PRICE = "price"


class Effect(StrEnum):
    """What follows for the work. All but NONE and REOPEN are dispatch's to carry out."""

    NONE = "none"  # nobody works on it, or nothing of their work changes
    REPLAN = "replan"  # all orders are cancelled, the process begins afresh
    REFRESH = "refresh"  # who has an order gets another with what is right; what is done stays done
    REASSESS = "reassess"  # all orders are cancelled, a person looks again
    REROUTE = "reroute"  # one order goes to another, or to the same again
    REWORK = "rework"  # the work of one order is done over
    REPRICE = "reprice"  # what one order cost is another amount
    REOPEN = "reopen"  # it was ready: a new round of work, as after a customer's "not solved"


class State(StrEnum):
    BEGUN = "begun"
    CANCELLING = "cancelling"
    DONE = "done"
    FAILED = "failed"


class Action(StrEnum):
    CARRY_OUT = "carry_out"  # dispatch did it all
    ASK = "ask"  # dispatch did its part; somebody outside has to say that they stopped
    ACKNOWLEDGE = "acknowledge"  # the last of those has
    REFUSE = "refuse"  # dispatch could not


S, A = State, Action

TABLE: dict[tuple[State, Action], State] = {
    (S.BEGUN, A.CARRY_OUT): S.DONE,
    (S.BEGUN, A.ASK): S.CANCELLING,
    (S.BEGUN, A.REFUSE): S.FAILED,
    (S.CANCELLING, A.ACKNOWLEDGE): S.DONE,
}
OPEN = frozenset({State.BEGUN, State.CANCELLING})


def after(state: State, action: Action) -> State:
    """Raises NotAllowed when the state does not know the action."""
    to = TABLE.get((state, action))
    if to is None:
        raise NotInState("correction", state, action, [each for at, each in TABLE if at is state])
    return to


R, E = requests.State, Effect

# What may be corrected in which state of the request, and what follows. What is not here is refused.
EFFECTS: dict[tuple[What, requests.State], Effect] = {
    **{(What.KIND, state): E.NONE for state in R if state is not R.RECEIVED},
    (What.PRODUCT, R.IN_PROGRESS): E.REPLAN,
    (What.PRODUCT, R.AWAITING_APPROVAL): E.REASSESS,
    (What.PLACE, R.TRIAGE): E.NONE,
    (What.PLACE, R.AWAITING_APPROVAL): E.NONE,
    (What.PLACE, R.IN_PROGRESS): E.REPLAN,
    (What.DATA, R.TRIAGE): E.NONE,
    (What.DATA, R.IN_PROGRESS): E.REFRESH,
    **{(What.COST_CENTRE, state): E.NONE for state in (R.TRIAGE, R.IN_PROGRESS, R.READY, R.CLOSED)},
    (What.COST_CENTRE, R.AWAITING_APPROVAL): E.REASSESS,
    (What.PROVIDER, R.IN_PROGRESS): E.REROUTE,
    (What.NO_SHOW, R.IN_PROGRESS): E.REROUTE,
    (What.BAD_WORK, R.IN_PROGRESS): E.REWORK,
    (What.BAD_WORK, R.READY): E.REOPEN,
    **{(What.PRICE, state): E.REPRICE for state in (R.IN_PROGRESS, R.READY, R.CLOSED)},
}
# Effects that begin a new round of work, so that what is told of the last one is known to be overtaken.
NEW_ROUND = frozenset({Effect.REPLAN})
# About one work order, and its provider.
OF_ORDER = frozenset({What.PROVIDER, What.NO_SHOW, What.BAD_WORK, What.PRICE})
# The others are between the desk and its providers.
PUBLIC = frozenset({What.KIND, What.PRODUCT, What.PLACE, What.DATA, What.COST_CENTRE})
DISPATCHED = frozenset(Effect) - {Effect.NONE, Effect.REOPEN}

WAITING = frozenset({"prepared", "issued", "refused", "accepted", "scheduled", "in_progress", "paused",
                     "not_carried_out"})  # fmt: skip
FINISHED = frozenset({"technically_complete", "checked"})
# In which states of an order dispatch can carry an effect out: its own table has the last word.
ORDER_STATES: dict[Effect, frozenset[str]] = {
    Effect.REROUTE: WAITING,
    Effect.REWORK: WAITING - {"prepared"} | FINISHED,
    Effect.REPRICE: FINISHED | {"administratively_complete", "rejected", "cancelled", "not_carried_out"},
}
# Whoever was asked to stop has answered, in one way or another.
STOPPED = frozenset({"cancelled", "technically_complete", "checked", "rejected", "not_carried_out",
                     "administratively_complete"})  # fmt: skip


def effect_of(what: What, state: requests.State, round_: int) -> Effect | None:
    """None: this cannot be corrected now. Without a round nobody works on it: it goes along with another, or
    came from another system.
    """
    effect = EFFECTS.get((what, state))
    if effect is None or round_ or state is not R.IN_PROGRESS or effect is Effect.NONE:
        return effect
    return Effect.NONE if what in (What.PLACE, What.DATA) else None


# What an organisation begins with, until it keeps a list of its own: key, Dutch, English.
FIRST_CAUSES: tuple[tuple[str, str, str], ...] = (
    ("misunderstood", "Verkeerd begrepen", "Misunderstood"),
    ("reported-wrongly", "Verkeerd gemeld", "Reported wrongly"),
    ("chosen-wrongly", "Verkeerd gekozen door de servicedesk", "Chosen wrongly by the desk"),
    ("process-wrong", "Proces of verdeelregel klopt niet", "Process or routing rule is not right"),
    ("provider-fell-short", "Uitvoerder schoot tekort", "The provider fell short"),
    ("other", "Anders", "Other"),
)


@dataclass(frozen=True, slots=True)
class Cause:
    """One that is not active any more stays known, for what it was given to."""

    key: str
    name: Mapping[str, str]
    active: bool = True


@dataclass(slots=True)
class Correction:
    """`before` and `after` have the fields that were corrected. `answer` is dispatch's own:
    {"outcome", "reason", "detail", "stopped": [{"work_order_id", "number", "state"}],
    "issued": [{"work_order_id", "number"}]}; None while it has not spoken. `product_id` and `provider` are
    those that it went wrong with, for counting.
    """

    correction_id: UUID
    request_id: UUID
    what: What
    effect: Effect
    cause: str
    note: str | None
    by: By
    at: datetime
    before: dict[str, Any]
    after: dict[str, Any]
    round: int
    state: State = State.BEGUN
    work_order_id: str | None = None
    product_id: str | None = None
    provider: dict[str, Any] | None = None
    # Of the many that it was made with; the correction that this takes back, or by which it was taken back.
    batch_id: UUID | None = None
    undoes: UUID | None = None
    undone_by: UUID | None = None
    answer: dict[str, Any] | None = None
    updated_at: datetime | None = None
    reference: str = ""
    # What of it the customer was told otherwise; see domain.told_anew.
    told_anew: dict[str, Any] = field(default_factory=dict, compare=False)
    # Orders of danger that it does not stop.
    keeps: tuple[str, ...] = field(default=(), compare=False)
    changed: bool = field(default=False, compare=False)

    @property
    def stands(self) -> bool:
        """Neither taken back, nor taking another back."""
        return self.undone_by is None and self.undoes is None

    def move(self, action: Action, at: datetime) -> None:
        self.state, self.updated_at, self.changed = after(self.state, action), at, True

    def hear(self, answer: Mapping[str, Any], at: datetime) -> bool:
        """Take in what dispatch answered. False when it was heard before."""
        if self.answer is not None:
            return False
        self.answer = {name: answer[name] for name in ("outcome", "reason", "detail", "stopped", "issued")}
        self.updated_at, self.changed = at, True
        return True

    def follow(self, states: Mapping[str, str], at: datetime) -> None:
        """Move on as far as what is known goes, whichever came first: dispatch's answer or what became of
        the orders. `states` of the request's orders, by id.
        """
        if self.answer is None or self.state not in (State.BEGUN, State.CANCELLING):
            return
        if self.answer["outcome"] == "refused":
            self.move(Action.REFUSE, at)
            return
        waits = any(True for _ in self.unacknowledged(states))
        if self.state is State.BEGUN:
            self.move(Action.ASK if waits else Action.CARRY_OUT, at)
        elif not waits:
            self.move(Action.ACKNOWLEDGE, at)

    def unacknowledged(self, states: Mapping[str, str]) -> Iterable[str]:
        """Orders whose provider was asked to stop and has not answered yet."""
        for order in (self.answer or {}).get("stopped", ()):
            asked = order["state"] == "cancellation_requested"
            if asked and states.get(order["work_order_id"]) not in STOPPED:
                yield order["work_order_id"]
