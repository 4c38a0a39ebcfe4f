"""Contact moments: which lines of a dossier are one, in which direction, and over which channel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from intake.domain.values import Entry

Direction = Literal["in", "out"]
DIRECTIONS = ("in", "out")

# Lines of the timeline by which a requester and the desk met. A new public line of either belongs here too.
MOMENTS: Mapping[str, Direction] = {
    "begun": "in",
    "received": "in",
    "replied": "in",
    "mail_noted": "in",
    "confirmed": "in",
    "reopened": "in",
    "returned_to_triage": "in",
    "withdrawn": "in",
    "asked": "out",
    "answered": "out",
    "informed": "out",
    "promised": "out",
    "rejected": "out",
    "granted": "out",
    "declined": "out",
    "deferred": "out",
    "remedied": "out",
    "ready": "out",
}
# The field of a line's data that is somebody's own words.
WORDS = ("text", "question", "reason")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a timeline, with what its dossier says. `notify`: its requester is mailed."""

    type: str
    data: Mapping[str, Any]
    channel: str
    notify: bool
    summary: str

    @property
    def direction(self) -> Direction:
        return MOMENTS[self.type]

    @property
    def said(self) -> str:
        words = next((str(self.data[name]) for name in WORDS if self.data.get(name)), "")
        return words or (self.summary if self.type == "received" else "")

    @property
    def over(self) -> str:
        """As it was written down; else what follows from the kind of line."""
        if given := self.data.get("channel"):
            return str(given)
        if self.type == "received":
            return self.channel
        if self.type == "mail_noted":
            return "email"
        return "email" if self.direction == "out" and self.notify else "site"


def came_over(entries: Sequence[Entry], channel: str) -> None:
    """Writes the channel on the newest of these lines by which the requester came to us."""
    line = next((each for each in reversed(entries) if MOMENTS.get(each.type) == "in"), None)
    if line is not None:
        line.data["channel"] = channel
