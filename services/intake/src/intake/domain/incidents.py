"""A major incident: many reports of one thing, answered together. Each report stays a request of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from intake.domain.errors import NotInState
from intake.domain.links import BY_THEMSELVES
from intake.domain.request_states import Action, State, allows
from intake.domain.requests import Request
from intake.domain.values import By


class IncidentState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class Deed(StrEnum):
    GATHER = "gather"
    TELL = "tell"
    SPLIT = "split"
    CLOSE = "close"


# From which state by which deed to which; what is not here is forbidden.
TABLE: dict[tuple[IncidentState, Deed], IncidentState] = {
    (IncidentState.OPEN, Deed.GATHER): IncidentState.OPEN,
    (IncidentState.OPEN, Deed.TELL): IncidentState.OPEN,
    (IncidentState.OPEN, Deed.SPLIT): IncidentState.OPEN,
    (IncidentState.OPEN, Deed.CLOSE): IncidentState.CLOSED,
}


class Gathering(StrEnum):
    """What became of a request that was to be gathered, or to be closed with the others."""

    GATHERED = "gathered"
    ALREADY = "already"
    ELSEWHERE = "elsewhere"
    GOES_ALONG = "goes_along"
    OVER = "over"
    BY_ITSELF = "by_itself"
    UNKNOWN = "unknown"
    READY = "ready"
    OWN_WORK = "own_work"
    NOT_NOW = "not_now"


@dataclass(slots=True)
class Incident:
    """`version` counts the deeds. `log`: {"at", "by", "deed", "text", "count"}, the oldest first."""

    incident_id: UUID
    title: str
    opened_at: datetime
    opened_by: dict[str, Any]
    state: IncidentState = IncidentState.OPEN
    version: int = 0
    closed_at: datetime | None = None
    log: list[dict[str, Any]] = field(default_factory=list)

    def check(self, deed: Deed) -> IncidentState:
        """The state that it leads to. Raises NotAllowed."""
        to = TABLE.get((self.state, deed))
        if to is None:
            possible = [each for at, each in TABLE if at is self.state]
            raise NotInState("incident", self.state, deed, possible)
        return to

    def note(self, deed: Deed, count: int, text: str | None, at: datetime, by: By) -> None:
        self.state = self.check(deed)
        self.version += 1
        who = {"kind": by.kind, "name": by.name}
        self.log.append({"at": at, "by": who, "deed": deed, "text": text, "count": count})
        if self.state is IncidentState.CLOSED:
            self.closed_at = at


def gathering(request: Request | None, incident_id: UUID) -> Gathering:
    """Whether it can be gathered, or why not."""
    if request is None:
        return Gathering.UNKNOWN
    if request.incident_id == incident_id:
        return Gathering.ALREADY
    if request.incident_id is not None:
        return Gathering.ELSEWHERE
    if request.follows is not None:
        return Gathering.GOES_ALONG
    if request.state in (State.READY, State.CLOSED):
        return Gathering.OVER
    return Gathering.BY_ITSELF if request.kind in BY_THEMSELVES else Gathering.GATHERED


def closing(request: Request) -> Gathering:
    """Whether it can be made ready with the others, or why it goes on by itself."""
    if request.state in (State.READY, State.CLOSED):
        return Gathering.OVER
    if request.kind in BY_THEMSELVES:
        return Gathering.NOT_NOW
    if any(order.is_open for order in request.orders.values()):
        return Gathering.OWN_WORK
    return Gathering.READY if allows(request.state, Action.COMPLETE) else Gathering.NOT_NOW
