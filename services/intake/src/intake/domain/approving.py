"""What a request does that the budget holder has to agree to."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from intake.domain import facts
from intake.domain.approval import Approval, Verdict
from intake.domain.part import Part
from intake.domain.request_states import Action, State, row_for
from intake.domain.values import By, Entry, ProductRef, Waiting


class Approving(Part):
    """A part of Request: see there."""

    if TYPE_CHECKING:
        announced: bool
        product: ProductRef | None
        answers: dict[str, Any]
        standard: bool
        approval: Approval | None
        waiting: Waiting | None
        signals: dict[str, Any]
        accepted_at: datetime | None
        round: int

        @property
        def asks_more(self) -> bool: ...

    def submit(
        self, product: ProductRef, answers: dict[str, Any], approval: Approval, at: datetime, by: By
    ) -> None:
        """It costs what the budget holder must agree to. Until then the clock waits for the customer's
        side.
        """
        standard = self.state is State.RECEIVED
        self._move(Action.SUBMIT, at, by, {"approvers": [seat.holder.name for seat in approval.seats]},
                   {"estimate_cents": approval.estimate_cents, "note": approval.note})  # fmt: skip
        if standard or not self.announced:
            self.announced = True
            self._tell("request_received", facts.received)
        self._desk_acted(at)
        self._end_waiting(at)
        self.product, self.answers, self.standard, self.approval = product, answers, standard, approval
        self._await_approval(at)
        asked = [seat.holder for seat in approval.undecided]
        self._tell("approval_asked", lambda request: facts.approval_asked(request, asked))

    def decide_approval(
        self, person_id: str | None, approved: bool, reason: str | None, at: datetime, by: By
    ) -> None:
        """Of one who was asked. What then is, the rule of the budget says; see domain.approval."""
        row_for(self.state, Action.APPROVE)
        assert self.approval is not None
        self.approval.decide(person_id, by.name, approved, reason, at)
        verdict = self.approval.verdict
        if verdict is Verdict.APPROVED:
            self._approved(at, by, reason)
        elif verdict is Verdict.REFUSED:
            self._close(Action.DISAPPROVE, at, by, reason, {"reason": reason})
        else:
            self._voted(approved, reason, at, by)

    def _voted(self, approved: bool, reason: str | None, at: datetime, by: By) -> None:
        """One of several. The requester hears what is decided, not a no that did not count."""
        said = {"approved": approved, "reason": reason}
        self.entries.append(Entry(at, "approval_voted", by, {}, said, public=False))
        self.version += 1
        self.updated_at = at

    def remind_approvers(self, again_at: datetime | None, at: datetime, by: By) -> None:
        """The desk sees it too: a customer waits for their own organisation."""
        row_for(self.state, Action.ASK_EXTRA if self.asks_more else Action.APPROVE)
        assert self.approval is not None
        people = self.approval.remind(again_at)
        self.signals["approval_late"] = {"at": at}
        self.entries.append(Entry(at, "approval_reminded", by, {"approvers": [each.name for each in people]}))
        self._tell("approval_asked", lambda request: facts.approval_asked(request, people))

    def _approved(self, at: datetime, by: By, reason: str | None) -> None:
        self._move(Action.APPROVE, at, by, {"reason": reason} if reason else {})
        self._end_waiting(at)
        self.signals.pop("approval_late", None)
        self.accepted_at = at
        self.round += 1
        self._tell("request_accepted", facts.accepted)

    def _await_approval(self, at: datetime) -> None:
        self.waiting = Waiting("awaiting_approval", at, "requester")
        self._tell("request_waiting", facts.waiting)
