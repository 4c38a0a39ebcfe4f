"""What passes over the counter: one entry each, whose lines are never changed.

An item (a key, a badge, something that is lent) is handed out again and again; each time is an entry.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from intake.domain.errors import NotAllowed, Wrong
from intake.domain.ledger_lives import (
    AGAIN_AFTER,
    LIVES,
    MOST_REMINDERS,
    OVER,
    Action,
    Kind,
    State,
    move,
)
from intake.domain.values import By

MOST_NUMBER = 24
FARTHEST = timedelta(days=366)
# A drawn signature is a few strokes on white.
SIGNATURE_TYPES = ("image/png", "image/jpeg")
MOST_SIGNATURE = 300 * 1024
_NUMBER = re.compile(r"[A-Z0-9]+(?:[-.][A-Z0-9]+)*\Z")

WorkingDay = Callable[[date, int], date]
"""The working day that comes so many after a date."""


@dataclass(frozen=True, slots=True)
class Whom:
    """A person of relations, or somebody from outside by name; a visitor has a company too."""

    person_id: UUID | None = None
    name: str | None = None
    company: str | None = None

    @property
    def known(self) -> bool:
        return self.person_id is not None or self.name is not None


@dataclass(frozen=True, slots=True)
class Signature:
    """Drawn (a file of the gateway) or typed; `name` is who signed."""

    name: str
    file: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    sequence: int
    action: Action
    at: datetime
    by: By
    data: dict[str, Any]


@dataclass(slots=True)
class Entry:
    """`whom`: who has it, for whom it is, whose it turned out to be; of a visitor the visitor. `host_id`: of
    a visitor. `due_on`: back, or (what was found) kept until. `told_on`: when a reminder is due.
    """

    entry_id: UUID
    number: int
    kind: Kind
    what: str
    opened_at: datetime
    state: State = State.NONE
    version: int = 0
    item_id: UUID | None = None
    whom: Whom = field(default_factory=Whom)
    host_id: UUID | None = None
    place: str | None = None
    plate: str | None = None
    expected_at: datetime | None = None
    due_on: date | None = None
    told_on: date | None = None
    reminders: int = 0
    request_id: UUID | None = None
    closed_at: datetime | None = None
    lines: list[Line] = field(default_factory=list)

    @property
    def person_id(self) -> UUID | None:
        """Of whom it is told: the host of a visitor, else whom it names."""
        return self.host_id if self.kind is Kind.VISITOR else self.whom.person_id

    def act(self, action: Action, at: datetime, by: By, **said: Any) -> None:
        """Raises NotAllowed. `said` stands in its line, without what is not said."""
        self.state = move(self.kind, self.state, action)
        self.version += 1
        if self.state in OVER:
            self.closed_at, self.told_on = at, None
        data = {name: value for name, value in said.items() if value is not None}
        self.lines.append(Line(self.version, action, at, by, data))

    def is_overdue(self, today: date) -> bool:
        return self.state in LATE_STATES and self.due_on is not None and self.due_on < today


# What has a day on which it should have ended.
LATE_STATES = frozenset({State.OUT, State.INSIDE, State.KEPT})


def number_of(said: str) -> str | None:
    """The number on a tag as it is kept: capitals, single hyphens or points; None when it can't be one."""
    number = re.sub(r"\s+", "-", said.strip().upper())
    return number if len(number) <= MOST_NUMBER and _NUMBER.fullmatch(number) else None


def reference(number: int) -> str:
    """As it is said at the counter: B-00042."""
    return f"B-{number:05d}"


def due(kind: Kind, today: date, wanted: date | None) -> date:
    """Raises Wrong for a day that has passed, or is further away than a year."""
    if wanted is None:
        return today + timedelta(days=LIVES[kind].due_days)
    if not today <= wanted <= today + FARTHEST:
        text = (
            "This day has passed. Choose today or later." if wanted < today else "Choose a day within a year."
        )
        raise Wrong("invalid", text, {"due_on": [text]})
    return wanted


def tell_first(entry: Entry, today: date, working_day: WorkingDay) -> None:
    """When its first reminder is due: after the day on which it is to be back, or so long after a parcel
    came. Somebody whom the house does not know is not mailed.
    """
    after = LIVES[entry.kind].told_after
    entry.reminders = 0
    if after is None or entry.whom.person_id is None:
        entry.told_on = None
        return
    start = today if entry.kind is Kind.PARCEL else entry.due_on or today
    entry.told_on = working_day(start, after)


def reminded(entry: Entry, today: date, working_day: WorkingDay) -> bool:
    """Whether there is something to remind of; when the next one is due then. What was put right meanwhile
    is not reminded of.
    """
    if entry.told_on is None or entry.told_on > today:
        return False
    entry.reminders += 1
    more = entry.reminders < MOST_REMINDERS
    entry.told_on = working_day(today, AGAIN_AFTER) if more else None
    return True


def check_keeping(entry: Entry, action: Action, today: date) -> None:
    """Raises NotAllowed: what was found is kept for its owner until its term is over."""
    if action is Action.PASS_ON and entry.due_on and today <= entry.due_on:
        raise NotAllowed(f"It is kept for its owner until {entry.due_on}. Pass it on after that day.")


def check_signature(file: Any) -> None:
    """Raises Wrong. `file`: as the gateway took it in."""
    if file.media_type not in SIGNATURE_TYPES or file.size > MOST_SIGNATURE:
        text = f"A signature is a small picture, of at most {MOST_SIGNATURE // 1024} KB."
        raise Wrong("invalid", text, {"signature": [text]})
