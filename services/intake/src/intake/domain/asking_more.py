"""Work that costs more than its order may: what a request does while who holds the budget is asked.

It stays in progress, and waits on the requester's side. One question at a time: what another order asks waits
for its turn.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from intake.domain import facts
from intake.domain.approval import Approval, Verdict
from intake.domain.errors import NotAllowed
from intake.domain.part import Part
from intake.domain.request_states import Action, State
from intake.domain.values import By, Waiting
from intake.domain.work_orders import WorkOrder

REASON = "awaiting_approval"
DISPATCH = By("service", "dispatch")


class AskingMore(Part):
    """A part of Request: see there."""

    if TYPE_CHECKING:
        approval: Approval | None
        waiting: Waiting | None
        orders: dict[str, WorkOrder]
        signals: dict[str, object]

    @property
    def asks_more(self) -> bool:
        """Whether somebody is being asked about extra work."""
        approval = self.approval
        if approval is None or approval.more is None or approval.more.get("dropped"):
            return False
        return approval.verdict is None and self.state is State.IN_PROGRESS

    @property
    def awaits_word(self) -> bool:
        """Of those who must agree to what it costs."""
        return self.state is State.AWAITING_APPROVAL or self.asks_more

    def next_question(self) -> WorkOrder | None:
        """An order whose extra work a budget holder is to be asked about, and has not been."""
        return next((order for order in self.orders.values() if order.asks_holder), None)

    def ask_more(self, order: WorkOrder, approval: Approval, at: datetime) -> None:
        names = [seat.holder.name for seat in approval.seats]
        said = {"number": order.number, "provider": order.provider["name"], "approvers": names}
        costs = {"estimate_cents": approval.estimate_cents, "note": approval.note}
        self._move(Action.ASK_EXTRA, at, DISPATCH, said, costs)
        self._answered(order)
        self.approval = approval
        if self.waiting is None:
            self.waiting = Waiting(REASON, at, "requester")
            self._tell("request_waiting", facts.waiting)
        asked = [seat.holder for seat in approval.undecided]
        self._tell("approval_asked", lambda request: facts.approval_asked(request, asked))

    def decide_more(
        self, person_id: str | None, approved: bool, reason: str | None, at: datetime, by: By
    ) -> None:
        """Of one who was asked; the rule of the budget says when that is enough."""
        approval = self.approval
        if approval is None or not self.asks_more:
            raise NotAllowed("This has been decided already, or is not asked any more.")
        approval.decide(person_id, by.name, approved, reason, at)
        verdict = approval.verdict
        if verdict is None:
            self._voted(approved, reason, at, by)
            return
        yes = verdict is Verdict.APPROVED
        action = Action.GRANT_EXTRA if yes else Action.REFUSE_EXTRA
        self._move(action, at, by, {"reason": reason} if reason else {})
        self._go_on(at)
        assert approval.more is not None
        self._say(approval.more, "granted" if yes else "refused", reason, at, by)

    def drop_more(self, at: datetime) -> None:
        """Whoever asked goes on without, or has stopped: nobody need decide any more."""
        assert self.approval is not None
        self._move(Action.DROP_EXTRA, at, DISPATCH, {"number": (self.approval.more or {}).get("number")})
        self.approval.more = {**(self.approval.more or {}), "dropped": True}
        self._go_on(at)

    def leave_to_desk(self, order: WorkOrder, at: datetime) -> None:
        """Nobody holds a budget for it, or it is danger, which waits for nobody."""
        self._answered(order)
        self._say(_question(order), "to_desk", None, at, By("service", "intake"))

    def _answered(self, order: WorkOrder) -> None:
        order.more_answered = (order.extra_work or {})["number"]

    def _go_on(self, at: datetime) -> None:
        self.signals.pop("approval_late", None)
        if self.waiting and self.waiting.reason == REASON:
            self._end_waiting(at)

    def _say(
        self, more: Mapping[str, object], outcome: str, reason: str | None, at: datetime, by: By
    ) -> None:
        self._tell(
            "extra_work_decided", lambda request: facts.extra_decided(request, more, outcome, reason, at, by)
        )


def _question(order: WorkOrder) -> dict[str, object]:
    """Which order asks, the how manieth time, and by whom."""
    return {
        "work_order_id": order.work_order_id,
        "number": order.number,
        "question": (order.extra_work or {})["number"],
        "provider": order.provider["name"],
    }


def with_question(approval: Approval, order: WorkOrder, agreed_before: int | None) -> Approval:
    """`agreed_before`: what was agreed for this request until now."""
    approval.more = {**_question(order), "agreed_before": agreed_before}
    return approval
