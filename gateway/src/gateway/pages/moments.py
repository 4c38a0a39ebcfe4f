"""Moments and durations as people read them, in the organisation's zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton, format_time, format_timedelta

from gateway.pages.words import Words

JUST_NOW = timedelta(seconds=45)
NEAR = timedelta(days=6)


def parse(moment: Any) -> datetime | None:
    """From ISO 8601 as services answer it."""
    if isinstance(moment, datetime):
        return moment
    return datetime.fromisoformat(moment) if moment else None


class Moments:
    """`now` is that of the desk, so in the demo that of its clock."""

    def __init__(self, now: datetime, zone: str, words: Words) -> None:
        self.now = now
        self.zone = ZoneInfo(zone)
        self._words = words
        self._locale = words.language

    def local(self, moment: Any) -> datetime | None:
        found = parse(moment)
        return found.astimezone(self.zone) if found else None

    def iso(self, moment: Any) -> str:
        found = parse(moment)
        return found.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z") if found else ""

    def relative(self, moment: Any) -> str:
        """`3 minutes ago`, `in 2 hours`; further away than some days the date."""
        found = parse(moment)
        if found is None:
            return ""
        away = found - self.now
        if abs(away) < JUST_NOW:
            return self._words("just now")
        if abs(away) > NEAR:
            return self.day(found)
        return format_timedelta(away, add_direction=True, threshold=1.6, locale=self._locale)

    def exact(self, moment: Any) -> str:
        """`Thu 26 November 2026, 11:30`."""
        local = self.local(moment)
        if local is None:
            return ""
        return f"{format_date(local, 'EEE d MMMM y', locale=self._locale)}, {self.hour(local)}"

    def short(self, moment: Any) -> str:
        """As short as it can be and still be clear: `11:30` today, `tomorrow 11:30`, `Fri 11:30`, `4 Dec`."""
        local = self.local(moment)
        if local is None:
            return ""
        days = (local.date() - self.today).days
        if days == 0:
            return self.hour(local)
        if abs(days) == 1:
            day = self._words("tomorrow") if days == 1 else self._words("yesterday")
            return f"{day} {self.hour(local)}"
        if abs(days) < 7:
            return f"{format_date(local, 'EEE', locale=self._locale)} {self.hour(local)}"
        return self.day(local)

    def brief(self, moment: Any) -> str:
        """Day and hour whatever day it is: `Thu 26 Nov 11:30`."""
        local = self.local(moment)
        return f"{format_skeleton('MMMEd', local, locale=self._locale)} {self.hour(local)}" if local else ""

    def span(self, start: Any, end: Any) -> str:
        """From when until when; of whole days the first and the last, which is the one before the midnight at
        which it ends.
        """
        first, last = self.local(start), self.local(end)
        if first is None or last is None:
            return ""
        if first.time() == last.time() == time() and last > first:
            days = (first.date(), last.date() - timedelta(days=1))
            return " – ".join(dict.fromkeys(self.weekday(day) for day in days))
        return f"{self.brief(first)} – {self.brief(last)}"

    def window(self, start: Any, end: Any = None) -> str:
        """When somebody comes, with its hours however far away it is: `Fri 10:00 – 12:00`."""
        first, last = self.local(start), self.local(end)
        if first is None:
            return ""
        near = abs((first.date() - self.today).days) < NEAR.days + 1
        begins = self.short(first) if near else self.brief(first)
        if last is None or last == first:
            return begins
        ends = self.hour(last) if last.date() == first.date() else self.brief(last)
        return f"{begins} – {ends}"

    def day(self, moment: Any) -> str:
        local = self.local(moment)
        if local is None:
            return ""
        skeleton = "MMMd" if local.year == self.today.year else "yMMMd"
        return format_skeleton(skeleton, local, locale=self._locale)

    def plain_day(self, day: date | str) -> str:
        """A date without an hour, with its weekday and year: `Fri, Dec 25, 2026`."""
        found = date.fromisoformat(day) if isinstance(day, str) else day
        return format_skeleton("yMMMEd", found, locale=self._locale)

    def weekday(self, day: date) -> str:
        """As short as a column of a week: `Fri, Dec 25`."""
        return format_skeleton("MMMEd", day, locale=self._locale)

    def hour(self, moment: Any) -> str:
        local = self.local(moment)
        return format_time(local, "HH:mm", tzinfo=self.zone, locale=self._locale) if local else ""

    def is_past(self, moment: Any) -> bool:
        found = parse(moment)
        return found is not None and found < self.now

    def is_near(self, moment: Any, hours: int = 2) -> bool:
        """Within so many hours, and not past."""
        found = parse(moment)
        return found is not None and self.now <= found < self.now + timedelta(hours=hours)

    def minutes(self, count: int | None) -> str:
        """A duration: `2 h 05`, `45 min`, `3 d 4 h`."""
        if count is None:
            return ""
        sign, count = ("−" if count < 0 else ""), abs(int(count))
        hours, minutes = divmod(count, 60)
        hour = self._words("h")
        if hours >= 48:
            return f"{sign}{hours // 24} d {hours % 24} {hour}"
        return f"{sign}{hours} {hour} {minutes:02d}" if hours else f"{sign}{minutes} min"

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()
