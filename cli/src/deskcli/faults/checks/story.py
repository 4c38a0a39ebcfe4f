"""The story of a request, told from its timeline alone by a small machine of its own.

It knows what the desk tells others with each line (and under which number), so that what dispatch, monitoring
and notifications must have heard can be held against what they have.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from deskcli.faults.evidence import Row

CLOSING = {
    "answered": "answered",
    "rejected": "rejected",
    "withdrawn": "withdrawn",
    "confirmed": "solved",
    "closed_after_silence": "solved",
}
NEWS = frozenset({"answered", "rejected", "closed_after_silence"})  # whoever did the others knows of it


@dataclass(frozen=True)
class Told:
    """One fact: its kind in monitoring's words, the request's version in it, and when it holds from."""

    kind: str
    sequence: int
    at: datetime
    resolution: str | None = None


@dataclass
class Story:
    """`mails` are (template, occasion)."""

    state: str = "received"
    resolution: str | None = None
    round: int = 0
    told: list[Told] = field(default_factory=list)
    mails: list[tuple[str, str]] = field(default_factory=list)
    waiting_since: datetime | None = None

    @property
    def version(self) -> int:
        return len(self.told)

    def tell(self, kind: str, at: datetime, resolution: str | None = None) -> None:
        self.told.append(Told(kind, self.version + 1, at, resolution))

    def resume(self, at: datetime) -> None:
        if self.waiting_since:
            self.waiting_since = None
            self.tell("resumed", at)


def story_of(timeline: Iterable[Row], received_at: datetime) -> Story:
    """`timeline` in the order in which it was written."""
    story = Story()
    for line in timeline:
        kind, at = line["type"], line["at"]
        if kind in CLOSING:
            _close(story, kind, at, received_at)
        elif kind in _STEPS:
            _STEPS[kind](story, at, received_at)
    return story


def _to_triage(story: Story, _at: datetime, received_at: datetime) -> None:
    story.state = "triage"
    story.tell("received", received_at)
    story.mails.append(("receipt", "1"))


def _accepted(story: Story, at: datetime, _received_at: datetime) -> None:
    story.resume(at)
    if story.state == "received":
        story.mails.append(("receipt", "1"))
    story.state, story.round = "in_progress", 1
    story.tell("accepted", at)


def _asked(story: Story, at: datetime, _received_at: datetime) -> None:
    story.waiting_since = story.waiting_since or at
    story.tell("waiting", story.waiting_since)
    story.mails.append(("question", str(story.version)))


def _replied(story: Story, at: datetime, _received_at: datetime) -> None:
    story.resume(at)


def _ready(story: Story, at: datetime, _received_at: datetime) -> None:
    story.resume(at)
    story.state = "ready"
    story.tell("ready", at)
    story.mails.append(("ready", str(story.round)))


def _reopened(story: Story, at: datetime, _received_at: datetime) -> None:
    story.state = "in_progress" if story.round else "triage"
    story.round += 1 if story.round else 0
    story.resolution = None
    story.tell("reopened", at)
    story.mails.append(("reopened", str(story.version)))


def _close(story: Story, kind: str, at: datetime, received_at: datetime) -> None:
    if story.state == "received":  # answered while the customer was there: this is the first that is heard
        story.tell("received", received_at)
        story.mails.append(("receipt", "1"))
    story.resume(at)
    story.state, story.resolution = "closed", CLOSING[kind]
    story.tell("closed", at, CLOSING[kind])
    if kind in NEWS:
        story.mails.append(("closed", str(story.version)))


_STEPS = {
    "to_triage": _to_triage,
    "accepted": _accepted,
    "asked": _asked,
    "replied": _replied,
    "ready": _ready,
    "reopened": _reopened,
    "returned_to_triage": _reopened,
}
