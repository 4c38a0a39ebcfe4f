"""Where "now" comes from. Everything is UTC; zones belong to the screen.

The demo can move time: `CLOCK_FILE` holds an offset in seconds, shared by all processes of one machine, so
that a deadline of tomorrow can be seen today. Waiting (timeouts, leases, retries) never uses this clock:
it uses monotonic time.
"""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime: ...


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class ShiftedClock:
    """The system's time plus the offset in a file; looks at the file at most five times a second."""

    LOOK_EVERY_SECONDS = 0.2

    def __init__(self, path: Path) -> None:
        self._path = path
        self._offset = timedelta()
        self._looked = float("-inf")

    def now(self) -> datetime:
        if time.monotonic() - self._looked > self.LOOK_EVERY_SECONDS:
            self._offset, self._looked = self._read(), time.monotonic()
        return datetime.now(UTC) + self._offset

    def _read(self) -> timedelta:
        try:
            return timedelta(seconds=float(self._path.read_text() or 0))
        except (FileNotFoundError, ValueError):
            return self._offset


class FixedClock:
    """For tests: stands still until moved."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        return self._at

    def move(self, by: timedelta) -> None:
        self._at += by


def from_environment() -> Clock:
    path = os.environ.get("CLOCK_FILE")
    return ShiftedClock(Path(path)) if path else SystemClock()
