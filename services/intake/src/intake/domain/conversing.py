"""What a request does in conversation: questions to the customer, their answers, the desk's notes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from intake.domain import facts
from intake.domain.attachments import attached
from intake.domain.part import Part
from intake.domain.request_states import Action, State
from intake.domain.values import Attachment, By, Entry, Waiting


class Conversing(Part):
    """A part of Request: see there."""

    if TYPE_CHECKING:
        waiting: Waiting | None
        signals: dict[str, Any]

        def _await_approval(self, at: datetime) -> None: ...

    def ask(self, question: str, at: datetime, by: By) -> None:
        """A second question while the first is open does not start the waiting anew."""
        self._move(Action.ASK, at, by, {"question": question})
        self._desk_acted(at)
        since = self.waiting.since if self.waiting else at
        self.waiting = Waiting("awaiting_requester", since, "requester", question)
        self._tell("request_waiting", facts.waiting)

    def reply(self, text: str, at: datetime, by: By, unread: bool, files: Sequence[Attachment] = ()) -> None:
        """`unread`: the desk has not seen it yet (the requester wrote it, not an agent on their behalf)."""
        self._move(Action.REPLY, at, by, {"text": text, **attached(files)})
        if self.waiting and self.waiting.reason == "awaiting_requester":
            self._end_waiting(at)
            if self.state is State.AWAITING_APPROVAL:
                self._await_approval(at)
        if unread:
            self.signals["requester_wrote"] = {"at": at}

    def note(self, text: str, at: datetime, by: By, files: Sequence[Attachment] = ()) -> None:
        """Internal, in any state; it changes nothing that others rely on, so the version stays."""
        self.entries.append(Entry(at, "note", by, {"text": text, **attached(files)}, public=False))
        for code in ("requester_wrote", "danger", "correction_failed"):
            self.signals.pop(code, None)
        self.updated_at = at
