"""What a provider can take on: skills, places, hours, how much at a time, and when it is not there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from dispatch.domain.providers import Provider
from dispatch.domain.windows import Window

SEPARATOR = " / "  # between the names in a path of places


class Need(StrEnum):
    """What a rule may ask of whoever gets the order."""

    PRESENT = "present"
    ROOM = "room"  # fewer orders in hand than its capacity
    AT_WORK = "at_work"  # within its hours, now
    PLACE = "place"  # it works there


class Lack(StrEnum):
    """Why a provider does not get it."""

    GONE = "gone"  # its access has been revoked: it does not work for us any more
    ABSENT = "absent"
    FULL = "full"
    CLOSED = "closed"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class Absence:
    """`stand_in`: the provider (a slug) that gets its orders meanwhile, also where no rule says so."""

    start: datetime
    end: datetime
    reason: str | None = None
    stand_in: str | None = None

    def as_dict(self) -> dict[str, Any]:
        return {
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "reason": self.reason,
            "stand_in": self.stand_in,
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Absence:
        start, end = (datetime.fromisoformat(data[name]) for name in ("start", "end"))
        return cls(start, end, data.get("reason"), data.get("stand_in"))


@dataclass(frozen=True)
class Profile:
    """No `places` means everywhere, no `hours` always, no `capacity` any number, no `patience` the house's
    (see `silence`). `version` 0: never saved."""

    skills: tuple[str, ...] = ()
    places: tuple[UUID, ...] = ()
    hours: tuple[Window, ...] = ()
    capacity: int | None = None
    absences: tuple[Absence, ...] = ()
    patience: dict[str, int] = field(default_factory=dict)
    emails: tuple[str, ...] = ()
    language: str = "nl"  # of its mails
    version: int = 0

    def absence_at(self, at: datetime) -> Absence | None:
        return next((one for one in self.absences if one.start <= at < one.end), None)


@dataclass(frozen=True)
class Candidate:
    """A provider as it stands now. `paths` of its places; `in_hand` is counted where there is a capacity;
    of a team of our own how many `people` it has, of whom so many are `away`.
    """

    provider: Provider
    profile: Profile = field(default_factory=Profile)
    paths: tuple[str, ...] = ()
    in_hand: int = 0
    gone: bool = False
    people: int = 0
    away: int = 0

    @property
    def capacity(self) -> int | None:
        """What is left of it with those of a team who are there: its share, rounded up."""
        whole = self.profile.capacity
        return whole if whole is None else left_of(whole, self.people, self.away)

    @property
    def load(self) -> float:
        """Nought is free, one is full; who never counts is taken as free."""
        if not self.profile.capacity:
            return 0.0
        return self.in_hand / self.capacity if self.capacity else 1.0

    def is_absent(self, at: datetime) -> bool:
        """By itself, or since nobody of the team is there."""
        return self.profile.absence_at(at) is not None or 0 < self.people <= self.away


def lacks(candidate: Candidate, needs: Iterable[Need], path: str | None, at: datetime) -> list[Lack]:
    """What keeps it from getting the order; nothing: it can have it. A request without a place is no
    hindrance: everybody can go nowhere.
    """
    profile, asked = candidate.profile, frozenset(needs)
    found = {
        Lack.GONE: candidate.gone,
        Lack.ABSENT: Need.PRESENT in asked and candidate.is_absent(at),
        Lack.FULL: Need.ROOM in asked
        and candidate.capacity is not None
        and candidate.in_hand >= candidate.capacity,
        Lack.CLOSED: Need.AT_WORK in asked
        and bool(profile.hours)
        and not any(window.holds(at) for window in profile.hours),
        Lack.ELSEWHERE: Need.PLACE in asked and path is not None and not _serves(candidate.paths, path),
    }
    return [lack for lack, is_so in found.items() if is_so]


def left_of(capacity: int, people: int, away: int) -> int:
    """How much at a time a team has while some of it are absent. Nobody of it known: all of it."""
    return -(-capacity * (people - away) // people) if people else capacity


def lies_in(path: str, place: str) -> bool:
    return path == place or path.startswith(place + SEPARATOR)


def _serves(paths: Sequence[str], path: str) -> bool:
    return not paths or any(lies_in(path, place) for place in paths)
