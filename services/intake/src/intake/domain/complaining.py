"""What a request does as a complaint: acknowledged, its cause found, remedied, settled on a word or closed
without one.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from intake.domain import facts
from intake.domain.complaint_states import Step
from intake.domain.complaint_states import row_for as step_row
from intake.domain.complaints import ATTEMPTS, Complaint
from intake.domain.errors import NotAllowed, TooEarly, TriedTooLittle
from intake.domain.part import Part
from intake.domain.request_states import Action, State, row_for
from intake.domain.values import By, Entry

if TYPE_CHECKING:
    pass


class Complaining(Part):
    """A part of Request: see there."""

    if TYPE_CHECKING:
        complaint: Complaint | None
        kind: str | None
        ready_at: datetime | None
        closes_at: datetime | None
        signals: dict[str, Any]

        def complete(self, at: datetime, closes_at: datetime, by: By) -> None: ...

    def acknowledge(self, text: str, at: datetime, by: By) -> None:
        """The customer hears who looks at it; the response that was promised."""
        complaint = self._complaint()
        step_row(complaint.stage, Step.ACKNOWLEDGE)
        action = Action.TAKE_UP if self.state is State.TRIAGE else Action.INFORM
        self._move(action, at, by, {"text": text})
        complaint.acknowledge(at)
        self._desk_acted(at)
        self._tell("request_updated", lambda request: facts.updated(request, text, at, by))

    def find_cause(self, cause: str, note: str | None, at: datetime, by: By) -> None:
        """Between the desk and whoever it is about."""
        self._complaint().find_cause(cause, note)
        said = {"cause": cause, "note": note}
        self.entries.append(Entry(at, "cause_found", by, {}, said, public=False))
        self.version += 1
        self.updated_at = at

    def remedy(
        self, text: str, other: dict[str, Any] | None, closes_at: datetime, at: datetime, by: By
    ) -> None:
        """What is done about it; then it is theirs to say. `closes_at`: when the desk asks for their word."""
        complaint = self._complaint()
        row_for(self.state, Action.COMPLETE)
        complaint.remedied(text, other)
        self.entries.append(Entry(at, "remedied", by, {"text": text}, {"other": other} if other else None))
        self.complete(at, closes_at, by)

    def settle(self, said_by: str, said_at: datetime, at: datetime, by: By) -> None:
        """By the customer's spoken word: whose, when, and who wrote it down."""
        row_for(self.state, Action.CONFIRM)
        self._complaint().settle(said_by, said_at, by.name)
        self._close(Action.CONFIRM, at, by, None, {"said_by": said_by, "said_at": said_at})

    def ask_again(self, unheard_from: datetime, at: datetime, by: By) -> None:
        """The customer is silent. A complaint does not close for that: the desk telephones, and from
        `unheard_from` a manager may close it.
        """
        complaint, first = self._complaint(), "word_missing" not in self.signals
        complaint.unheard_from = unheard_from
        self.closes_at, self.updated_at = (unheard_from if at < unheard_from else None), at
        self.signals["word_missing"] = {"at": at}
        if first:
            self.entries.append(Entry(at, "word_missing", by, public=False))
        self._ask_the_manager(at)

    def attempt(
        self, way: str, tried_at: datetime, note: str | None, unheard_from: datetime, at: datetime, by: By
    ) -> None:
        """The desk tried to reach them, in vain."""
        row_for(self.state, Action.CONFIRM)
        complaint = self._complaint()
        complaint.attempt(way, tried_at, by.name, note)
        complaint.unheard_from = unheard_from
        said = {"way": way, "tried_at": tried_at, "count": len(complaint.attempts)}
        self.entries.append(Entry(at, "attempted", by, said, {"note": note} if note else None, public=False))
        self.version += 1
        self.updated_at = at
        self._ask_the_manager(at)

    def close_unheard(self, reason: str, unheard_from: datetime, at: datetime, by: By) -> None:
        """By a manager: they were tried to be reached, and had time to speak. They are told why."""
        row_for(self.state, Action.CLOSE_UNHEARD)
        complaint = self._complaint()
        step_row(complaint.stage, Step.CLOSE_UNHEARD)
        if not complaint.tried_enough:
            raise TriedTooLittle(f"Try to reach the customer {ATTEMPTS} times first, and note when and how.")
        if at < unheard_from:
            raise TooEarly("It is too early: the customer still has time to say whether it is settled.")
        complaint.close_unheard(reason, at, by.name)
        self._close(Action.CLOSE_UNHEARD, at, by, reason, {"reason": reason})

    def _contest(self) -> None:
        """Reopened: there is nothing to ask their word on any more."""
        if self.complaint:
            self.complaint.contest()
            for code in ("word_missing", "unheard"):
                self.signals.pop(code, None)

    def _ask_the_manager(self, at: datetime) -> None:
        complaint = self._complaint()
        if complaint.tried_enough and complaint.unheard_from <= at:
            self.signals["unheard"] = {"at": at}

    def _complaint(self) -> Complaint:
        if self.complaint is None:
            raise NotAllowed("This is no complaint.")
        return self.complaint

    def _check_no_complaint(self) -> None:
        if self.complaint is not None:
            raise NotAllowed(
                "A complaint is settled on the customer's word: acknowledge it, say its cause, and what is "
                "done about it."
            )
