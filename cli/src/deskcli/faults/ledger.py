"""What the clients know: every command that they gave, and the clear answer that it got in the end."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Deed:
    """One command of one person, however often it had to be sent.

    `status` is that of the clear answer, 0 when there never was one. `subject` is the request or work order
    that it was about; of a new request the one that came of it. `marker` is a text of its own that was sent
    along, by which the deed can be found again. `about` holds what checks need to know of what was sent.
    """

    action: str
    by: str
    key: str
    subject: str
    status: int
    marker: str = ""
    answer: Json = field(default_factory=dict)
    about: Json = field(default_factory=dict)
    attempts: int = 1
    seconds: float = 0.0

    @property
    def accepted(self) -> bool:
        return 200 <= self.status < 300

    @property
    def refused(self) -> bool:
        return 400 <= self.status < 500


class Ledger:
    """Safe to use from several threads."""

    def __init__(self, deeds: Iterable[Deed] = ()) -> None:
        self._lock = threading.Lock()
        self._deeds = list(deeds)
        self._surprises: list[str] = []
        self._reads = [0, 0]

    def note(self, deed: Deed) -> None:
        with self._lock:
            self._deeds.append(deed)

    def surprise(self, text: str) -> None:
        """Something that no client should ever see, such as a 500."""
        with self._lock:
            self._surprises.append(text)

    def looked(self, found: bool) -> None:
        """A read that brought something, or in the end did not."""
        with self._lock:
            self._reads[0 if found else 1] += 1

    @property
    def deeds(self) -> list[Deed]:
        with self._lock:
            return list(self._deeds)

    @property
    def surprises(self) -> list[str]:
        with self._lock:
            return list(self._surprises)

    @property
    def reads(self) -> tuple[int, int]:
        """How many reads were answered, and how many were given up."""
        with self._lock:
            return self._reads[0], self._reads[1]

    def done(self, *actions: str) -> list[Deed]:
        """What was accepted, in the order in which it was answered; all of it when no action is named."""
        return [deed for deed in self.deeds if deed.accepted and (not actions or deed.action in actions)]
