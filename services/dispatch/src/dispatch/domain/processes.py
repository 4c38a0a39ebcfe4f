"""The course of one request through its process: which round is wanted, what may begin, when all is done.

Facts about a request arrive in any order and more than once. They are kept as they are, and what follows is
computed from all of them together, so the order of arrival makes no difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from dispatch.domain.confidence import put_away, with_said
from dispatch.domain.work_order_states import APPROVED, DONE, State
from dispatch.domain.work_orders import WorkOrder


@dataclass(frozen=True)
class Process:
    """What dispatch knows of one request.

    The sequences are the request's version in the fact that told it (0: not heard): they put facts in order.
    `request` is the accepted request as its executors may see it. `planned_round`: the last that has orders;
    `completed_round`: the last of which the completion was told.
    """

    request_id: UUID
    reference: str
    request: dict[str, Any] | None = None
    product_id: UUID | None = None
    product_version: int | None = None
    accepted_sequence: int = 0
    accepted_round: int = 1
    reopened_sequence: int = 0
    reopened_round: int = 0
    reopened_reason: str | None = None
    closed_sequence: int = 0
    planned_round: int = 0
    completed_round: int = 0
    last_serial: int = 0
    waiting_since: datetime | None = None
    unplannable_told: bool = False
    waiting_reason: str | None = None
    # Of corrections: the last that told what the request is, the round that one asked for, the first round of
    # the process as it is now (those before it are of one that was corrected away), and the one that is still
    # to be answered.
    corrected_sequence: int = 0
    corrected_round: int = 0
    fresh_round: int = 1
    correction_id: UUID | None = None
    # {"sequence", "priority", "due_at"} of the last time that the desk weighed it anew; null: never.
    weighed: dict[str, Any] | None = None
    # Whether it was made confidential: words that are heard later, or came before, are put away.
    confided: bool = False
    # What was said in confidence with corrections and reopenings; see `confidence.with_said`.
    said: dict[str, str] = field(default_factory=dict)

    def as_weighed(self) -> Process:
        """With the priority that was told last, whichever fact came first."""
        weighed = self.weighed
        if self.request is None or weighed is None or weighed["sequence"] < self.told_sequence:
            return self
        told = {name: weighed[name] for name in ("priority", "due_at")}
        return replace(self, request={**self.request, **told})

    def as_confided(self) -> Process:
        """Whichever fact came first."""
        request = put_away(self.request) if self.confided else self.request
        return replace(self, request=with_said(request, self.said))

    def as_said(self, key: str, words: str | None) -> Process:
        """With what was said in confidence, if something was."""
        return replace(self, said={**self.said, key: words}).as_confided() if words else self

    @property
    def told_sequence(self) -> int:
        """Of the last fact that told what the request is."""
        return max(self.accepted_sequence, self.corrected_sequence)

    @property
    def wanted_round(self) -> int:
        return max(self.accepted_round, self.reopened_round, self.corrected_round)

    @property
    def is_closed(self) -> bool:
        return self.closed_sequence > max(self.accepted_sequence, self.reopened_sequence)

    @property
    def round_to_plan(self) -> int | None:
        """The round that should have orders and has none yet; None when there is nothing to plan."""
        if self.request is None or self.is_closed:
            return None
        return self.wanted_round if self.wanted_round > self.planned_round else None

    def no_longer_waiting(self) -> Process:
        """It has orders, or needs none any more."""
        return replace(self, waiting_since=None, unplannable_told=False, waiting_reason=None)

    def with_numbers(self, count: int) -> tuple[Process, list[str]]:
        """The next `count` order numbers: the request's reference with a serial."""
        numbers = [f"{self.reference}-{self.last_serial + i}" for i in range(1, count + 1)]
        return replace(self, last_serial=self.last_serial + count), numbers


def ready_to_issue(orders: Iterable[WorkOrder]) -> list[WorkOrder]:
    """Prepared orders of one round whose turn has come.

    A step may begin when the executors of all it waits for say that they are done, or the desk dropped those.
    A check holds up the customer's word, not the next executor, unless the step asks for that.
    """
    live = [order for order in orders if order.is_live]
    waiting = {order.step for order in live if not _lets_others_begin(order)}
    return [o for o in live if o.state is State.PREPARED and waiting.isdisjoint(o.depends_on)]


def is_complete(orders: Sequence[WorkOrder]) -> bool:
    """All steps of one round are done (and checked where asked) or dropped, and at least one was done."""
    live = [order for order in orders if order.is_live]
    finished = [order for order in live if _is_finished(order)]
    dropped = [order for order in live if order.state is State.CANCELLED]
    return bool(finished) and len(finished) + len(dropped) == len(live)


def _lets_others_begin(order: WorkOrder) -> bool:
    done = APPROVED if order.check_holds else DONE
    return order.state in done or order.state is State.CANCELLED


def _is_finished(order: WorkOrder) -> bool:
    return order.state in (APPROVED if order.check_required else DONE)
