"""The demo's clock: an offset in a file that all processes of this machine read."""

from __future__ import annotations

import os
import re
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from servicekit.clock import ShiftedClock, SystemClock
from servicekit.errors import Conflict, Invalid

MOST = timedelta(days=366)
_DURATION = re.compile(r"P(?:(\d{1,4})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,8})S)?)?")


class DemoClock:
    def __init__(self, path: str) -> None:
        self._path = Path(path) if path else None

    def now(self) -> datetime:
        return (ShiftedClock(self._path) if self._path else SystemClock()).now()

    def offset_seconds(self) -> float:
        try:
            return float(self._path.read_text() or 0) if self._path else 0.0
        except (FileNotFoundError, ValueError):
            return 0.0

    def advance(self, by: timedelta) -> None:
        """Move on; readers see the old offset or the new one, never half of it. Time never goes back."""
        if self._path is None:
            raise Conflict("no_clock_file", "CLOCK_FILE is not set, so the clock can't be moved.")
        offset = self.offset_seconds() + by.total_seconds()
        handle, temporary = tempfile.mkstemp(dir=self._path.parent, prefix=".clock-")
        with os.fdopen(handle, "w") as file:
            file.write(f"{offset:.3f}")
        os.chmod(temporary, 0o644)
        os.replace(temporary, self._path)


def parse_duration(text: str) -> timedelta:
    """ISO 8601 without years and months, which have no length of their own: `PT8H`, `P1DT30M`. Raises
    Invalid."""
    found = _DURATION.fullmatch(text)
    parts = [int(part or 0) for part in found.groups()] if found else [0]
    if not any(parts):
        raise Invalid("invalid", "This is not a duration.", {"advance": ["Write it like PT8H or P1DT30M."]})
    days, hours, minutes, seconds = parts
    duration = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    if duration > MOST:
        raise Invalid("invalid", "This is too far.", {"advance": ["At most a year at once."]})
    return duration
