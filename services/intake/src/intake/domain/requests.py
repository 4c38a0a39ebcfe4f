"""A request: one question or report of a customer, from receipt to closure, guarded over all its work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from intake.domain import facts
from intake.domain.approval import Approval
from intake.domain.approving import Approving
from intake.domain.asking_more import AskingMore
from intake.domain.assets import AssetRef
from intake.domain.attachments import attached
from intake.domain.attention import attention
from intake.domain.complaining import Complaining
from intake.domain.complaints import Complaint
from intake.domain.completing import CLOCKS, Completing
from intake.domain.confidence import Confidential, Reader
from intake.domain.conversing import Conversing
from intake.domain.correctable import Correctable
from intake.domain.involved import CostCentre, OnSite
from intake.domain.pledges import Pledge, unanswered
from intake.domain.priorities import Grade
from intake.domain.promising import Promising
from intake.domain.request_states import Action, Resolution, State, row_for
from intake.domain.together import Together
from intake.domain.values import (
    Attachment,
    By,
    Entry,
    Place,
    ProductRef,
    Promise,
    Requester,
    Waiting,
    Wanted,
)
from intake.domain.work_orders import WorkOrder

# How each action is called on the timeline.
ENTRY_TYPES = {
    Action.ACCEPT: "accepted",
    Action.ASSESS: "to_triage",
    Action.ANSWER: "answered",
    Action.REJECT: "rejected",
    Action.SUBMIT: "approval_asked",
    Action.APPROVE: "approved",
    Action.DISAPPROVE: "disapproved",
    Action.ASK: "asked",
    Action.REPLY: "replied",
    Action.PROMISE: "promised",
    Action.COMPLETE: "ready",
    Action.CONFIRM: "confirmed",
    Action.LAPSE: "closed_after_silence",
    Action.CLOSE_UNHEARD: "closed_unheard",
    Action.REOPEN: "reopened",
    Action.RETURN: "returned_to_triage",
    Action.WITHDRAW: "withdrawn",
    Action.JOIN: "joined",
    Action.SPLIT: "split_off",
    Action.PRIORITISE: "prioritised",
    Action.INFORM: "informed",
    Action.TAKE_UP: "taken_up",
    Action.GRANT: "granted",
    Action.DECLINE: "declined",
    Action.REASSESS: "to_triage",
    Action.ASK_EXTRA: "extra_asked",
    Action.GRANT_EXTRA: "extra_granted",
    Action.REFUSE_EXTRA: "extra_refused",
    Action.DROP_EXTRA: "extra_dropped",
}

DEADLINE_CODES = ("breach", "deadline_near")


@dataclass(slots=True)
class Request(
    Promising, Approving, AskingMore, Conversing, Completing, Together, Complaining, Correctable, Confidential
):
    """`version` counts the facts told about it and is their `sequence`; `loaded_version` is what storage
    holds.

    `announced`: others have heard of it. An imported request is not, so nothing is told about it until an
    agent accepts it. `round` is 0 before acceptance. `entries` and `facts` are new since it was loaded.
    """

    request_id: UUID
    number: int
    reference: str
    channel: str
    priority: str
    summary: str
    text: str
    received_at: datetime
    promise: Promise
    requester: Requester | None
    notify: bool
    created_by: dict[str, Any]
    kind: str | None = None
    # What it is about at that place, in the reporter's words: "radiator at the window".
    object: str | None = None
    # The one of the register, when it is one: then that is its name.
    asset: AssetRef | None = None
    grade: Grade = field(default_factory=Grade)
    # A code of domain.danger while it counts as danger.
    danger: str | None = None
    complaint: Complaint | None = None
    # Whom it is for, when that is another; whom the executor meets there; who pays.
    requested_for: Requester | None = None
    on_site: OnSite | None = None
    cost_centre: CostCentre | None = None
    location: Place | None = None
    product: ProductRef | None = None
    customer_id: str | None = None
    # Of a confidential one: who reads it beside its requester.
    readers: list[Reader] | None = None
    answers: dict[str, Any] = field(default_factory=dict)
    quantity: int = 1
    wanted: Wanted | None = None
    # Of a round that a plan made; see domain/rounds.py.
    stops: list[dict[str, Any]] | None = None
    # Of one that a plan made: who does its first step, a slug of dispatch.
    named_provider: str | None = None
    # What it takes of what there is of its product at once.
    units: int = 1
    # {"free_until", "cost_cents"} when it was cancelled later than is free.
    cancelled_late: dict[str, Any] | None = None
    standard: bool = False
    state: State = State.RECEIVED
    resolution: Resolution | None = None
    answer: dict[str, Any] | None = None
    round: int = 0
    accepted_at: datetime | None = None
    ready_at: datetime | None = None
    closes_at: datetime | None = None
    closed_at: datetime | None = None
    updated_at: datetime | None = None
    waiting: Waiting | None = None
    approval: Approval | None = None
    signals: dict[str, Any] = field(default_factory=dict)
    # By clock, the moment up to which its deadlines ask for nothing any more. They may be heard of later.
    settled: dict[str, str] = field(default_factory=dict)
    orders: dict[str, WorkOrder] = field(default_factory=dict)
    reassignment_count: int = 0
    reopen_count: int = 0
    # Goes along with this one, and is ready when that is; `followers`: how many ever went along with this.
    follows: UUID | None = None
    followers: int = 0
    # The theme under which a wish is collected.
    theme_id: UUID | None = None
    # The major incident under which it is gathered.
    incident_id: UUID | None = None
    # How often it was linked with another, from either end.
    linked: int = 0
    # {"round", "at"} while all its work is done and a child holds it up.
    held: dict[str, Any] | None = None
    # How often it was put right.
    corrections: int = 0
    # How many lines its charges have.
    charges: int = 0
    announced: bool = True
    external_source: str | None = None
    external_key: str | None = None
    imported: dict[str, Any] | None = None
    # Every promise that was made, oldest first, and what stood when it was loaded (None: it is new).
    pledges: list[Pledge] = field(default_factory=list)
    stood: Promise | None = None
    version: int = 0
    loaded_version: int = 0
    entries: list[Entry] = field(default_factory=list)
    facts: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    @property
    def attention(self) -> str | None:
        missed: dict[str, Any] = {"promise_missed": {}} if unanswered(self.pledges) else {}
        return attention(self.state, self.round, self.orders.values(), self.signals | missed)

    # --- receipt and triage --------------------------------------------------------------------------------

    def receive(self, by: By, files: Sequence[Attachment] = ()) -> None:
        self.updated_at = self.received_at
        said = {"channel": self.channel, **attached(files)}
        if self.danger:
            said["danger"] = self.danger
            self.signals["danger"] = {"code": self.danger, "at": self.received_at}
        self.entries.append(Entry(self.received_at, "received", by, said))

    def accept(self, product: ProductRef, answers: dict[str, Any], at: datetime, by: By) -> None:
        """The work may begin. Standard when nobody had to look at it first."""
        standard = self.state is State.RECEIVED
        self._move(Action.ACCEPT, at, by, {"product": product.name})
        self._desk_acted(at)
        self._end_waiting(at)
        self.product, self.answers, self.standard = product, answers, standard
        self.accepted_at, self.announced = at, True
        self.round += 1
        self._tell("request_accepted", facts.accepted)

    def assess(self, at: datetime, by: By) -> None:
        """To triage: a person must look. This is also the first that others hear of it."""
        self._move(Action.ASSESS, at, by, {})
        self._tell("request_received", facts.received)

    def begin_as_danger(self, product: ProductRef, kind: str, at: datetime, by: By) -> None:
        """Somebody goes there at once. The desk has not looked yet, so it stands where danger stands."""
        unseen = self.signals["danger"]
        self.kind = self.kind or kind
        self.accept(product, {}, at, by)
        self.signals["danger"] = unseen

    def give_answer(self, text: str, article_id: str | None, at: datetime, by: By) -> None:
        """First-line advice. Without a kind it was a question for information."""
        self._check_no_complaint()
        row_for(self.state, Action.ANSWER)
        self.kind = self.kind or "information"
        if self.state is State.RECEIVED:
            self._tell("request_received", facts.received)
        self.answer = {"text": text, "article_id": article_id, "at": at, "by": by}
        self._close(Action.ANSWER, at, by, text, {"text": text, "article_id": article_id})

    def reject(self, reason: str, at: datetime, by: By) -> None:
        self._check_no_complaint()
        self._close(Action.REJECT, at, by, reason, {"reason": reason})

    def prioritise(
        self, priority: str, grade: Grade, promise: Promise, reason: str | None, at: datetime, by: By
    ) -> None:
        """The clocks are computed anew by this priority, over all that happened; what was told of them before
        is no more. Less than P1 is no danger any more.
        """
        said = {"from": self.priority, "impact": grade.impact, "urgency": grade.urgency, "reason": reason}
        self._move(Action.PRIORITISE, at, by, {"priority": priority}, said)
        self.priority, self.grade, self.promise = priority, grade, promise
        self.danger = self.danger if priority == "P1" else None
        for code in (*DEADLINE_CODES, "danger"):
            self.signals.pop(code, None)
        self._tell("priority_changed", lambda request: facts.priority_changed(request, at, by))

    # --- deadlines -----------------------------------------------------------------------------------------

    def signal_deadline(self, code: str, detail: dict[str, Any], at: datetime) -> None:
        """`code` of DEADLINE_CODES; `detail` names the `clock`. Of several clocks the longest is kept. What
        was settled since, or passed while the customer had the word, asks for nothing.
        """
        clock = detail["clock"]
        settled = self.settled.get(clock)
        if self.state in (State.READY, State.CLOSED) or (settled and at <= datetime.fromisoformat(settled)):
            return
        known = self.signals.get(code)
        if known is None or CLOCKS.index(known["clock"]) <= CLOCKS.index(clock):
            self.signals[code] = detail

    # --- what they share -----------------------------------------------------------------------------------

    def _move(
        self,
        action: Action,
        at: datetime,
        by: By,
        data: dict[str, Any],
        internal: dict[str, Any] | None = None,
        public: bool = True,
    ) -> Resolution | None:
        row = row_for(self.state, action)
        self.state, self.updated_at = row.to, at
        self.entries.append(Entry(at, ENTRY_TYPES[action], by, data, internal, public=public))
        return row.resolution

    def _close(self, action: Action, at: datetime, by: By, words: str | None, data: dict[str, Any]) -> None:
        row_for(self.state, action)
        self._end_waiting(at)
        self.resolution = self._move(action, at, by, data)
        self.closed_at, self.closes_at, self.signals, self.held = at, None, {}, None
        self._tell("request_closed", lambda request: facts.closed(request, words, by))
        self._part_done(at)

    def _part_done(self, at: datetime) -> None:
        """It may be what others wait for."""
        if self.linked:
            self._tell("part_done", lambda request: facts.part_done(request, at))

    def _desk_acted(self, at: datetime) -> None:
        """An agent took it in hand: nothing is unread, and the respond clock has stopped."""
        for code in ("requester_wrote", "danger"):
            self.signals.pop(code, None)
        self.settled["respond"] = at.isoformat()
        for code in DEADLINE_CODES:
            if self.signals.get(code, {}).get("clock") == "respond":
                del self.signals[code]

    def _end_waiting(self, at: datetime) -> None:
        if self.waiting:
            self.waiting = None
            self._tell("request_resumed", lambda request: facts.resumed(request, at))

    def _tell(self, event: str, data: Callable[[Request], dict[str, Any]]) -> None:
        self.version += 1
        if self.announced:
            self.facts.append((event, data(self)))
