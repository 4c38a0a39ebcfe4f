"""The way of an order, of its cancellation or of a reminder, to a supplier: attempts, answers, giving up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from dispatch.domain.providers import Provider
from dispatch.domain.supplier_access import Access
from dispatch.domain.work_order_states import Action


class DeliveryState(StrEnum):
    NONE = "none"  # the provider has a work list
    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"


class Errand(StrEnum):
    """What is brought."""

    ORDER = "order"
    CANCELLATION = "cancellation"
    REMINDER = "reminder"
    VISIT = "visit"  # which of its orders go together


class Failure(StrEnum):
    """Why an attempt brought no answer."""

    NO_ANSWER = "no_answer"  # called, but silent: it may have been received
    AWAY = "away"  # the supplier or the broker cannot be reached
    GARBAGE = "garbage"  # an answer that is none of those agreed
    ERROR = "error"  # the supplier's program raised, or its server does not take it
    BUSY = "busy"  # the supplier asks to come back later
    # Asking again would not help:
    REFUSED = "refused"  # the supplier does not agree to a cancellation
    GONE = "gone"  # by the supplier's own word nothing is received there any more
    NOT_SET_UP = "not_set_up"  # it may not be brought: somebody of the desk has something to do first


FINAL = frozenset({Failure.REFUSED, Failure.GONE, Failure.NOT_SET_UP})
LONGEST_RETRY_AFTER = 3600.0


@dataclass(frozen=True)
class Delivery:
    """One per order.

    `generation` grows with every new errand (redelivered, cancelled), so that an answer to an earlier one is
    recognised; `attempts` counts within the generation.
    """

    work_order_id: UUID
    state: DeliveryState = DeliveryState.NONE
    errand: Errand = Errand.ORDER
    generation: int = 1
    attempts: int = 0
    error: str | None = None
    next_attempt_at: datetime | None = None

    @property
    def supplier_may_know(self) -> bool:
        """The order was sent at least once, whatever became of it."""
        return self.attempts > 0 or self.generation > 1 or self.state is DeliveryState.DELIVERED

    def as_fact(self) -> dict[str, Any]:
        return {
            "state": self.state,
            "attempts": self.attempts,
            "error": self.error,
            "next_attempt_at": self.next_attempt_at if self.state is DeliveryState.PENDING else None,
        }


@dataclass(frozen=True)
class Consignment:
    """What is brought to a supplier, by whatever means.

    `key` is the same for all attempts of one errand, and for no other. `order` says which order it is about;
    `arguments` are those of the supplier's method for this errand.
    """

    provider: Provider
    access: Access | None
    errand: Errand
    key: str
    order: dict[str, Any]
    arguments: dict[str, Any]


def errand_key(number: str, work_order_id: UUID, generation: int) -> str:
    """Of the order's number, for people; and of its identifier, since a desk that is set up anew begins its
    numbers anew, and what a supplier has seen under a key it never looks at again.
    """
    return f"{number}_{generation}_{work_order_id.hex[-8:]}"


@dataclass(frozen=True)
class Answer:
    """What a supplier said to a delivery; `action` is what it means for the order."""

    action: Action
    word: str
    reason: str | None = None
    planned_from: datetime | None = None
    planned_until: datetime | None = None


@dataclass(frozen=True)
class NoAnswer:
    """An attempt that brought nothing. `detail` is a sentence for the desk; `retry_after` what the supplier
    asked for, in seconds.
    """

    failure: Failure
    detail: str
    retry_after: float = 0.0

    @property
    def is_final(self) -> bool:
        return self.failure in FINAL


Outcome = Answer | NoAnswer

ANSWERS: dict[tuple[Errand, str], Action] = {
    (Errand.ORDER, "received"): Action.DELIVER,
    (Errand.ORDER, "accepted"): Action.ACCEPT,
    (Errand.ORDER, "refused"): Action.REFUSE,
    (Errand.CANCELLATION, "received"): Action.DELIVER,
    (Errand.CANCELLATION, "cancelled"): Action.CONFIRM_CANCELLATION,
    (Errand.REMINDER, "received"): Action.DELIVER,
    (Errand.REMINDER, "accepted"): Action.ACCEPT,
    (Errand.REMINDER, "refused"): Action.REFUSE,
    (Errand.VISIT, "received"): Action.DELIVER,
    (Errand.VISIT, "accepted"): Action.ACCEPT,
    (Errand.VISIT, "refused"): Action.REFUSE,
}
LONGEST_REASON = 500
FIRST_YEAR, LAST_YEAR = 1970, 2200


def understand(errand: Errand, reply: Any) -> Outcome:
    """What the supplier's reply means. Never raises: whatever is not agreed upon is garbage, and said so."""
    if not isinstance(reply, dict) or not isinstance(reply.get("answer"), str):
        return NoAnswer(Failure.GARBAGE, "The supplier answered something that is not an answer.")
    word, reason = _kept(reply["answer"]), _text(reply.get("reason"))
    if errand is Errand.CANCELLATION and word == "refused":
        return NoAnswer(Failure.REFUSED, f"The supplier does not agree: {reason or 'no reason given'}")
    action = ANSWERS.get((errand, word))
    if action is None:
        return NoAnswer(Failure.GARBAGE, f"The supplier answered '{word[:40]}': that is no answer to this.")
    try:
        planned_from, planned_until = _moment(reply.get("planned_from")), _moment(reply.get("planned_until"))
    except ValueError:
        return NoAnswer(Failure.GARBAGE, "The supplier gave a time that is not ISO 8601 with its zone.")
    if action is Action.REFUSE:
        reason = reason or "No reason given."
    return Answer(action, word, reason, planned_from, planned_until)


def is_near(moment: datetime) -> bool:
    """Whether a time that somebody gave can be one of our work."""
    return FIRST_YEAR <= moment.year <= LAST_YEAR


def delay_after(
    attempt: int, delays: Sequence[float], jitter: float, retry_after: float = 0.0
) -> timedelta | None:
    """How long to wait after failed attempt number `attempt` (from 1); None: give up.

    `jitter` between 0 and 1 spreads suppliers that failed together over a quarter of the delay. What the
    supplier asked for makes the wait longer, up to an hour, never shorter.
    """
    if attempt > len(delays):
        return None
    seconds = max(delays[attempt - 1], min(retry_after, LONGEST_RETRY_AFTER))
    return timedelta(seconds=seconds * (1 + jitter / 4))


def _text(value: Any) -> str | None:
    return _kept(value)[:LONGEST_REASON] if isinstance(value, str) and value.strip() else None


def _kept(text: str) -> str:
    """Without the one character that PostgreSQL does not take."""
    return text.replace("\x00", "")


def _moment(value: Any) -> datetime | None:
    """Raises ValueError, also for a time without a zone (nobody could say when it is) or far from ours (what
    PostgreSQL keeps as a year before Christ cannot be read again).
    """
    if value is None:
        return None
    if not isinstance(value, str):
        raise ValueError(value)
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None or not is_near(moment):
        raise ValueError(value)
    return moment
