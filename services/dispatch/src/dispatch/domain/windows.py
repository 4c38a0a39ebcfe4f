"""Times of the week, such as "working days from 17:30 to 07:30", in the zone of the organisation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

EVERY_DAY = (1, 2, 3, 4, 5, 6, 7)


@dataclass(frozen=True)
class Window:
    """`days` from 1 (Monday) to 7. An end before the start lies on the next day, so a night belongs to the
    day on which it begins; an end that is the start means the whole day round.
    """

    days: tuple[int, ...]
    start: time
    end: time
    zone: str

    def holds(self, at: datetime) -> bool:
        local = at.astimezone(ZoneInfo(self.zone))
        today, now = local.isoweekday(), local.time()
        if self.start < self.end:
            return today in self.days and self.start <= now < self.end
        yesterday = (today - 2) % 7 + 1
        return (today in self.days and now >= self.start) or (yesterday in self.days and now < self.end)

    def as_dict(self) -> dict[str, Any]:
        return {
            "days": list(self.days),
            "start": self.start.strftime("%H:%M"),
            "end": self.end.strftime("%H:%M"),
            "zone": self.zone,
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Window:
        """Raises what a missing or unreadable part raises: KeyError, ValueError, TypeError."""
        return cls(
            tuple(int(day) for day in data["days"]) or EVERY_DAY,
            time.fromisoformat(data["start"]),
            time.fromisoformat(data["end"]),
            data["zone"],
        )
