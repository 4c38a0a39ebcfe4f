"""What the requester was promised, each time: made by whom, until when, and whether it was kept.

A request has promises of two kinds, from its receipt: a *word* ("you hear from us by") and a *result* ("it is
done by"). A new one replaces the one of its kind. Each ends as kept, broken, replaced or released (the
requester needs it no more). What is heard late is judged by its own moment, so the order does not matter.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Any

from intake.domain.values import By

# What was promised for 10:15 is kept by whatever happens while the clock shows 10:15.
MINUTE = timedelta(minutes=1)


class What(StrEnum):
    WORD = "word"
    RESULT = "result"


class Outcome(StrEnum):
    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"
    REPLACED = "replaced"
    RELEASED = "released"


class Grade(IntEnum):
    """How much the requester hears: progress of the work, a word of the desk, or that it is done."""

    WORK = 1
    DESK = 2
    RESULT = 3


# Lines of the timeline that its requester hears something by. A standard acceptance comes with the receipt.
GRADES: Mapping[str, Grade] = {
    "order_changed": Grade.WORK,
    "accepted": Grade.DESK,
    "approval_asked": Grade.DESK,
    "extra_asked": Grade.WORK,
    "asked": Grade.DESK,
    "informed": Grade.DESK,
    "taken_up": Grade.DESK,
    "remedied": Grade.DESK,
    "joined": Grade.DESK,
    "answered": Grade.RESULT,
    "rejected": Grade.RESULT,
    "disapproved": Grade.RESULT,
    "granted": Grade.RESULT,
    "declined": Grade.RESULT,
    "deferred": Grade.RESULT,
    "ready": Grade.RESULT,
}
# What keeps a promise, and what is enough of an answer to one that was not kept.
KEEPS: Mapping[What, Grade] = {What.WORD: Grade.WORK, What.RESULT: Grade.RESULT}
ANSWERS: Mapping[What, Grade] = {What.WORD: Grade.WORK, What.RESULT: Grade.DESK}
MOMENTS = (
    "made_at", "until", "held_since", "kept_at", "replaced_at", "released_at", "answered_at"
)  # fmt: skip


@dataclass(slots=True)
class Pledge:
    """`held_since`: time does not count while the requester has the word; `held` are the minutes that
    did not count so far. `missed`: it passed, and the desk was told. `answered_at`: when the requester
    heard of it after all. `team`: who carries out what it is about; None is the desk itself.
    """

    number: int
    what: What
    made_at: datetime
    made_by: By
    until: datetime
    text: str | None = None
    team: str | None = None
    held: int = 0
    held_since: datetime | None = None
    kept_at: datetime | None = None
    replaced_at: datetime | None = None
    released_at: datetime | None = None
    answered_at: datetime | None = None
    missed: bool = False

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Pledge:
        moments = {name: datetime.fromisoformat(row[name]) for name in MOMENTS if row.get(name)}
        given = {**row, **moments, "what": What(row["what"]), "made_by": By(**row["made_by"])}
        return cls(**given)

    @property
    def state(self) -> Outcome:
        if self.kept_at:
            return Outcome.KEPT
        if self.replaced_at and self.in_time(self.replaced_at):
            return Outcome.REPLACED
        if self.released_at and self.in_time(self.released_at):
            return Outcome.RELEASED
        over = self.missed or self.answered_at or self.replaced_at or self.released_at
        return Outcome.BROKEN if over else Outcome.OPEN

    @property
    def ended_at(self) -> datetime | None:
        """When that came about; a broken one ended when it passed."""
        ends = {
            Outcome.KEPT: self.kept_at,
            Outcome.REPLACED: self.replaced_at,
            Outcome.RELEASED: self.released_at,
            Outcome.BROKEN: self.until,
        }
        return ends.get(self.state)

    @property
    def unanswered(self) -> bool:
        return self.state is Outcome.BROKEN and self.answered_at is None

    def in_time(self, at: datetime) -> bool:
        return at < self.until + MINUTE or (self.held_since is not None and at >= self.held_since)

    def hear(self, at: datetime, grade: Grade) -> None:
        """The requester heard something at that moment. The earliest counts, whichever is known last."""
        ended = self.replaced_at or self.released_at
        if at < self.made_at:
            return
        if grade >= KEEPS[self.what] and self.in_time(at) and not (ended and at > ended):
            self.kept_at = min(self.kept_at or at, at)
        elif grade >= ANSWERS[self.what] and not self.in_time(at):
            self.answered_at = min(self.answered_at or at, at)

    def replace(self, at: datetime) -> None:
        """By a new one of its kind, which also answers one that was not kept."""
        if self.state is Outcome.OPEN:
            self.replaced_at = at
        if self.state is Outcome.BROKEN:
            self.answered_at = self.answered_at or at

    def release(self, at: datetime) -> None:
        if self.state is Outcome.OPEN:
            self.released_at = at

    def miss(self, now: datetime) -> bool:
        """False when it has not passed, or was known to have."""
        if self.state is not Outcome.OPEN or self.in_time(now):
            return False
        self.missed = True
        return True


def make(
    pledges: list[Pledge], what: What, until: datetime, at: datetime, by: By, text: str | None = None
) -> None:
    earlier = [each for each in pledges if each.what is what]
    for each in earlier:
        each.replace(at)
    held = earlier[-1].held if earlier else 0
    pledges.append(Pledge(len(pledges) + 1, what, at, by, until, text, held=held))


def last(pledges: Sequence[Pledge], what: What) -> Pledge | None:
    return next((each for each in reversed(pledges) if each.what is what), None)


def following(pledges: Collection[Pledge]) -> Pledge | None:
    """The next promise: of those that are open the first to pass."""
    running = [each for each in pledges if each.state is Outcome.OPEN]
    return min(running, key=lambda each: (each.until, each.number), default=None)


def unanswered(pledges: Collection[Pledge]) -> list[Pledge]:
    """Those that were not kept, and of which the requester has heard nothing since."""
    return [each for each in pledges if each.unanswered]
