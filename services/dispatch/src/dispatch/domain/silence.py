"""A provider that says nothing: what it owes a word about, how long it may take, and what follows.

Kept with the order as data. Silence never completes anything: the provider is reminded once, then the desk
has it on its list, until word comes. Of an appointment with the customer that passes without a word the
desk hears at once, as a suspected no-show. How long an order took against its contract is monitoring's (ADR
27).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from servicekit.worktime import Calendar, Term, deadline

from dispatch.domain.appointments import CONFIRMED, PROPOSED
from dispatch.domain.errors import NothingToDismiss
from dispatch.domain.work_order_states import TABLE, Action, Party, State

Silence = dict[str, Any]
MINUTE = timedelta(minutes=1)
# Danger waits for nobody's working hours: who has not taken it up by then is telephoned.
DANGER = "P1"
TAKEN_UP_WITHIN = timedelta(minutes=5)


class Of(StrEnum):
    """What the provider owes a word about."""

    UNANSWERED = "unanswered"  # issued, neither taken nor refused
    UNPLANNED = "unplanned"  # taken, without a moment
    UNSTARTED = "unstarted"  # planned, and not begun when that was over
    NO_SHOW = "no_show"  # as unstarted, of a moment that the customer chose
    WORDLESS = "wordless"  # begun, and nothing heard since


class Step(StrEnum):
    WAITING = "waiting"  # there is time yet
    REMINDED = "reminded"
    ESCALATED = "escalated"  # it stands on the desk's list


class Outcome(StrEnum):
    """How a silence that somebody heard of ended."""

    WORD = "word"
    DISMISSED = "dismissed"
    CONFIRMED = "confirmed"  # nobody came: another order took over
    OVER = "over"


@dataclass(frozen=True)
class Patience:
    """In working minutes: until a provider is reminded, and from then until the desk hears of it."""

    answer_minutes: int = 240
    plan_minutes: int = 1200
    start_minutes: int = 60
    word_minutes: int = 1200
    escalate_minutes: int = 240

    @classmethod
    def of(cls, house: Mapping[str, Any], own: Mapping[str, Any]) -> Patience:
        """The provider's own terms, and the house's where it has none."""
        found = {**house, **{name: value for name, value in own.items() if value is not None}}
        return cls(**{name: found[name] for name in PATIENCE if name in found})


PATIENCE = tuple(field.name for field in fields(Patience))
_OF_STATE = {
    State.ISSUED: Of.UNANSWERED,
    State.ACCEPTED: Of.UNPLANNED,
    State.SCHEDULED: Of.UNSTARTED,
    State.IN_PROGRESS: Of.WORDLESS,
    State.PAUSED: Of.WORDLESS,
}
_TERM = {
    Of.UNANSWERED: "answer_minutes",
    Of.UNPLANNED: "plan_minutes",
    Of.UNSTARTED: "start_minutes",
    Of.WORDLESS: "word_minutes",
}
# What dispatch itself says about a silence, and where it stands then.
STEPS = {
    Action.REMIND: Step.REMINDED,
    Action.ESCALATE: Step.ESCALATED,
    Action.SUSPECT_NO_SHOW: Step.ESCALATED,
}
# With these the provider is asked, by its own means.
ASKS = frozenset({Action.REMIND, Action.SUSPECT_NO_SHOW})
# They say nothing of the work itself: what was said of it stays.
SIGNS = frozenset({*STEPS, Action.DISMISS})
# Our errand got through, or not: that is no word of the provider.
_ERRANDS = frozenset({Action.DELIVER, Action.DELIVERY_FAILED})
# Between the desk and itself, or nobody: who had it is absent.
_AMONG_US = frozenset(
    {
        Action.ACCEPT_COST,
        Action.DISPUTE_COST,
        Action.REPRICE,
        Action.SET_LIMIT,
        Action.EXTRA_TO_DESK,
        Action.COME_BACK,
    }
)


def begin(state: State, at: datetime) -> tuple[Silence | None, datetime | None]:
    """Of a new order: the silence that is waited out from now, and when to look at it first."""
    of = _OF_STATE.get(state)
    return (_new(of, at), at) if of else (None, None)


def after(
    action: Action, order: Any, known: Silence | None, at: datetime
) -> tuple[Silence | None, datetime | None]:
    """The silence of `order` as it is after the action, and when to look at it; nothing when it owes no word.

    The moment at which something is due needs a calendar: whoever looks computes it.
    """
    if action in STEPS:
        step = STEPS[action]
        told = {**(known or {}), "step": step.value, "told_at": at.isoformat()}
        return told, None if step is Step.ESCALATED else at
    if action is Action.DELIVERY_FAILED:
        return None, None  # it stands in the repair list
    if known and (action in _AMONG_US or (action in _ERRANDS and is_told(known))):
        return known, None if known["step"] == Step.ESCALATED else at
    of, since = _owed(order, action, at)
    return (_new(of, since), at) if of else (None, None)


def check(action: Action, known: Silence | None) -> None:
    """Raises NothingToDismiss."""
    if not can_be_said(action, known):
        raise NothingToDismiss("Nobody waits for a word of this provider; maybe it came meanwhile.")


def can_be_said(action: Action, known: Silence | None) -> bool:
    return action is not Action.DISMISS or (known is not None and is_told(known))


def is_told(known: Silence) -> bool:
    return known["step"] != Step.WAITING


def due(known: Silence, patience: Patience, calendar: Calendar, priority: str | None) -> datetime | None:
    """When something follows; None: the desk has it, nothing more does. `priority`: of its request."""
    of, step = Of(known["of"]), Step(known["step"])
    since = datetime.fromisoformat(known["since"])
    if step is Step.ESCALATED:
        return None
    if _is_urgent(known, priority):
        return since + TAKEN_UP_WITHIN
    if step is Step.REMINDED:
        told_at = datetime.fromisoformat(known["told_at"])
        return deadline(told_at, Term(patience.escalate_minutes, "working_minutes"), calendar)
    if of is Of.NO_SHOW:
        return since + MINUTE  # who comes while the clock shows the last minute is in time
    return deadline(since, Term(getattr(patience, _TERM[of]), "working_minutes"), calendar)


def what_follows(known: Silence, priority: str | None) -> Action:
    """Of one that is due. Of danger the desk hears at once: no mail wakes anybody."""
    if known["step"] == Step.REMINDED or _is_urgent(known, priority):
        return Action.ESCALATE
    return Action.SUSPECT_NO_SHOW if known["of"] == Of.NO_SHOW else Action.REMIND


def _is_urgent(known: Silence, priority: str | None) -> bool:
    return priority == DANGER and known["of"] == Of.UNANSWERED


def ended(action: Action, previous: State, known: Silence) -> Outcome:
    """How it ended with this action."""
    if action is Action.DISMISS:
        return Outcome.DISMISSED
    if action is Action.REROUTE and known["of"] == Of.NO_SHOW:
        return Outcome.CONFIRMED
    return Outcome.WORD if TABLE[previous][action].by is Party.EXECUTOR else Outcome.OVER


def _owed(order: Any, action: Action, at: datetime) -> tuple[Of | None, datetime]:
    of = _OF_STATE.get(order.state)
    appointment = (order.appointment or {}).get("state")
    waits_for = (order.pause or {}).get("counterparty")
    if appointment == PROPOSED or (order.state is State.PAUSED and waits_for != "supplier"):
        return None, at  # somebody else has the word
    if of is not Of.UNSTARTED:
        return of, at
    end = order.planned_until or order.planned_from or at
    if action is Action.DISMISS or end < at:
        return of, max(end, at)
    return (Of.NO_SHOW if appointment == CONFIRMED else of), end


def _new(of: Of, since: datetime) -> Silence:
    return {"of": of.value, "since": since.isoformat(), "step": Step.WAITING.value, "told_at": None}
