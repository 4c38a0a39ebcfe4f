"""How a request ends, and begins again: ready, agreed to, silent, withdrawn, reopened."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from intake.domain import facts
from intake.domain.complaint_states import Stage, Step
from intake.domain.complaints import Complaint
from intake.domain.errors import NotAllowed, TooLate
from intake.domain.part import Part
from intake.domain.request_states import REOPENABLE, Action, Resolution, State, row_for
from intake.domain.values import By

# From the shortest to the longest.
CLOCKS = ("respond", "restore", "resolve")


class Completing(Part):
    """A part of Request: see there."""

    if TYPE_CHECKING:
        complaint: Complaint | None
        resolution: Resolution | None
        answer: dict[str, Any] | None
        round: int
        ready_at: datetime | None
        closes_at: datetime | None
        closed_at: datetime | None
        cancelled_late: dict[str, Any] | None
        signals: dict[str, Any]
        settled: dict[str, str]
        reopen_count: int
        follows: UUID | None
        held: dict[str, Any] | None

        def _check_no_complaint(self) -> None: ...
        def _contest(self) -> None: ...
        def _part_done(self, at: datetime) -> None: ...

    def complete(self, at: datetime, closes_at: datetime, by: By, text: str | None = None) -> None:
        """All work of the round is done; the customer decides until `closes_at`. `text`: what they read of
        it.
        """
        row_for(self.state, Action.COMPLETE)
        if self.complaint and self.complaint.stage is not Stage.REMEDIED:
            self.complaint.step(Step.WORK_DONE)
        self._end_waiting(at)
        self._move(Action.COMPLETE, at, by, {"closes_at": closes_at, **({"text": text} if text else {})})
        self.ready_at, self.closes_at, self.signals, self.held = at, closes_at, {}, None
        self._tell("request_ready", lambda request: facts.ready(request, text))
        self._part_done(at)

    def confirm(self, at: datetime, by: By) -> None:
        row_for(self.state, Action.CONFIRM)
        if self.complaint:
            self.complaint.settle(by.name, at, None)
        self._close(Action.CONFIRM, at, by, None, {})

    def lapse(self, at: datetime, by: By) -> None:
        """Not a complaint: see ask_again."""
        self._check_no_complaint()
        self._close(Action.LAPSE, at, by, None, {})

    def withdraw(self, reason: str, at: datetime, by: By, late: dict[str, Any] | None = None) -> None:
        """`late`: {"free_until", "cost_cents"} when that is no longer free."""
        row_for(self.state, Action.WITHDRAW)
        if self.complaint:
            self.complaint.step(Step.WITHDRAW)
        self.cancelled_late = late
        self._close(Action.WITHDRAW, at, by, reason, {"reason": reason, **({"late": late} if late else {})})

    def reopen(self, reason: str, until: datetime | None, at: datetime, by: By) -> None:
        """A new round of work; or triage, when it was answered and never had work. `until`: of a
        closed one.
        """
        if self.state is State.CLOSED and self.resolution not in REOPENABLE:
            raise NotAllowed(
                f"A request that was closed as '{self.resolution}' cannot be reopened; report it anew."
            )
        action = Action.REOPEN if self.round else Action.RETURN
        row_for(self.state, action)
        if until and at > until:
            raise TooLate(
                "It was closed too long ago to be reopened; report it anew and name this reference."
            )
        self._contest()
        self._move(action, at, by, {"reason": reason})
        self.resolution = self.answer = None
        self.ready_at = self.closes_at = self.closed_at = None
        self.follows = None
        self.settled = dict.fromkeys(CLOCKS, at.isoformat())
        self.reopen_count += 1
        self.round += 1 if self.round else 0
        self._tell("request_reopened", lambda request: facts.reopened(request, at, reason, by))
