"""What a request does as one of several: going along with another, linked, held up by a child, told about in
passing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from intake.domain import facts
from intake.domain.errors import NotAllowed
from intake.domain.part import Part
from intake.domain.request_states import Action, State, row_for
from intake.domain.values import By, Entry, Promise

if TYPE_CHECKING:
    from intake.domain.requests import Request

# What another may go along with.
JOINABLE = frozenset({State.TRIAGE, State.AWAITING_APPROVAL, State.IN_PROGRESS})


class Together(Part):
    """A part of Request: see there."""

    if TYPE_CHECKING:
        request_id: UUID
        reference: str
        follows: UUID | None
        promise: Promise
        followers: int
        linked: int
        held: dict[str, Any] | None
        incident_id: UUID | None
        theme_id: UUID | None
        answer: dict[str, Any] | None

        def _check_no_complaint(self) -> None: ...

    def join(self, main: Request, at: datetime, by: By) -> None:
        """The same is being dealt with as `main`: this one is ready when that is. Each keeps its own words,
        clock and decision, and hears nothing of the other. There are no chains.
        """
        self._check_no_complaint()
        if main.request_id == self.request_id or main.follows or main.state not in JOINABLE:
            raise NotAllowed("It can't go along with that one. Choose one that is open and stands by itself.")
        if self.followers:
            raise NotAllowed(
                "Others go along with this one. Join the other way around, or split them off first."
            )
        self._move(Action.JOIN, at, by, {}, {"request_id": main.request_id, "reference": main.reference})
        self._desk_acted(at)
        self._end_waiting(at)
        self.follows = main.request_id
        main.followers += 1
        main.updated_at = at
        other = {"request_id": self.request_id, "reference": self.reference}
        main.entries.append(Entry(at, "joined_by", by, {}, other, public=False))

    def split(self, at: datetime, by: By, public: bool = True) -> None:
        """By itself again, and to be assessed. Not told to who is answered in the same breath."""
        if not self.follows:
            raise NotAllowed("This one goes along with none.")
        self._move(Action.SPLIT, at, by, {}, public=public)
        self.follows = None

    def link(self, kind: str, rule: str | None, other: Request, at: datetime, by: By) -> None:
        """From either end; nobody but the desk sees it."""
        self.linked += 1
        self._line("linked", {"kind": kind, "rule": rule}, other, at, by)

    def unlink(self, kind: str, other: Request, at: datetime, by: By) -> None:
        self._line("unlinked", {"kind": kind}, other, at, by)

    def hold(self, round_: int, at: datetime, blockers: Sequence[str], by: By) -> None:
        """All its work is done, and it waits for its children."""
        self.held = {"round": round_, "at": at}
        self.updated_at = at
        said = {"references": list(blockers)}
        self.entries.append(Entry(at, "held_up", by, {}, said, public=False))

    def inform(self, text: str, at: datetime, by: By) -> None:
        """Word from the desk that asks for nothing, and is a response all the same."""
        self._move(Action.INFORM, at, by, {"text": text})
        self._desk_acted(at)
        self._tell("request_updated", lambda request: facts.updated(request, text, at, by))

    def join_incident(self, incident_id: UUID, title: str, at: datetime, by: By) -> None:
        """Nobody but the desk sees that; its reporter hears what is told to all."""
        self.incident_id, self.updated_at = incident_id, at
        said = {"incident_id": incident_id, "title": title}
        self.entries.append(Entry(at, "gathered", by, {}, said, public=False))

    def leave_incident(self, title: str, at: datetime, by: By) -> None:
        self.incident_id, self.updated_at = None, at
        self.entries.append(Entry(at, "left_incident", by, {}, {"title": title}, public=False))

    def file_under(self, theme_id: UUID, name: dict[str, str], at: datetime, by: By) -> None:
        """A wish that is collected; moved to another theme as long as it is not answered."""
        if self.state is State.TRIAGE:
            self._move(Action.TAKE_UP, at, by, {"theme": name})
            self._desk_acted(at)
        elif self.state is State.IN_PROGRESS and self.theme_id:
            self.entries.append(Entry(at, "taken_up", by, {"theme": name}, public=False))
        else:
            row_for(self.state, Action.TAKE_UP)
        self.theme_id, self.updated_at = theme_id, at
        self.version += 1

    def defer_wish(self, text: str, until: datetime, at: datetime, by: By) -> None:
        """Not now: that is a decision, as was promised, and a promise to come back to it by `until`."""
        row_for(self.state, Action.INFORM)
        self.updated_at = at
        self.entries.append(Entry(at, "deferred", by, {"text": text}))
        self._desk_acted(at)
        self.promise = replace(self.promise, resolve_by=until)
        self._tell("request_updated", lambda request: facts.updated(request, text, at, by))

    def decide_wish(self, granted: bool, text: str, at: datetime, by: By) -> None:
        """What the wisher reads of it. A yes is an answer, a no a reason."""
        action = Action.GRANT if granted else Action.DECLINE
        self.answer = {"text": text, "article_id": None, "at": at, "by": by} if granted else None
        self._close(action, at, by, text, {"text": text} if granted else {"reason": text})

    def _line(self, type_: str, said: dict[str, Any], other: Request, at: datetime, by: By) -> None:
        which = {"request_id": other.request_id, "reference": other.reference}
        self.updated_at = at
        self.entries.append(Entry(at, type_, by, {}, {**said, **which}, public=False))
