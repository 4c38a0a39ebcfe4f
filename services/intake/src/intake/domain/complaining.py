"""What a request does as a complaint: acknowledged, its cause found, remedied, settled on a word."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from intake.domain import facts
from intake.domain.complaint_states import Step
from intake.domain.complaint_states import row_for as step_row
from intake.domain.complaints import Complaint
from intake.domain.errors import NotAllowed
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

    def ask_again(self, at: datetime, by: By) -> None:
        """The customer is silent. A complaint does not close for that: the desk telephones."""
        self.closes_at, self.updated_at = None, at
        self.signals["word_missing"] = {"at": at}
        self.entries.append(Entry(at, "word_missing", by, public=False))

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
