"""Small values that a request is made of. Their ids are text: they are kept, sent and shown as they
are here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

SEPARATOR = " / "
Kind = Literal["order", "complaint", "wish", "information", "fault"]
KINDS = ("order", "complaint", "wish", "information", "fault")
PRIORITIES = ("P1", "P2", "P3", "P4")
CHANNELS = ("site", "phone", "counter", "email", "api")
# The customer spoke to a person and knows: no mail unless asked.
SPOKEN_CHANNELS = frozenset({"phone", "counter"})


@dataclass(frozen=True, slots=True)
class By:
    """Who did something, as it is shown."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Requester:
    """The person a request is for, as known at that moment."""

    person_id: str
    name: str
    email: str | None = None
    phone: str | None = None
    language: str = "nl"
    department: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """`location_id` is None for a place that an imported request only names."""

    location_id: str | None
    name: str
    path: str

    def lies_in(self, other: Place) -> bool:
        """Or is the same."""
        return self.path == other.path or self.path.startswith(other.path + SEPARATOR)


@dataclass(frozen=True, slots=True)
class ProductRef:
    """The exact version that a request keeps, whatever is published later."""

    product_id: str
    version: int
    slug: str
    name: dict[str, str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """The moment or window that the requester asked for."""

    start: datetime
    end: datetime | None = None

    @classmethod
    def read(cls, kept: Mapping[str, str | None]) -> Wanted:
        """Of what its JSON says."""
        start, end = (datetime.fromisoformat(each) if each else None for each in (kept["start"], kept["end"]))
        assert start is not None
        return cls(start, end)

    @property
    def last_moment(self) -> datetime:
        return self.end or self.start


@dataclass(frozen=True, slots=True)
class Promise:
    respond_by: datetime
    resolve_by: datetime | None

    @property
    def last(self) -> datetime:
        """What lists sort on."""
        return self.resolve_by or self.respond_by


@dataclass(frozen=True, slots=True)
class Waiting:
    reason: str
    since: datetime
    counterparty: str
    question: str | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with something said. Its bytes are kept elsewhere, under `digest`."""

    attachment_id: str
    digest: str
    name: str
    media_type: str
    size: int
    scanned: bool

    @property
    def line(self) -> dict[str, Any]:
        """How it stands on the timeline: where it is kept is nobody's business there."""
        shown = ("attachment_id", "name", "media_type", "size", "scanned")
        return {name: getattr(self, name) for name in shown}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the timeline; written once, never changed.

    `data` is for whoever sees the line, `internal` for those who may read everything. `position` orders facts
    of one
    source that carry the same time.
    """

    at: datetime
    type: str
    by: By
    data: dict[str, Any] = field(default_factory=dict)
    internal: dict[str, Any] | None = None
    public: bool = True
    position: int = 0
