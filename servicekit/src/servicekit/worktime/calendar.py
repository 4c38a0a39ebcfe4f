"""A calendar of opening hours, and counting in its working minutes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from servicekit.worktime.closings import Closing, check_holidays, holidays_of
from servicekit.worktime.hours import Week, parse_week, week_to_dict
from servicekit.worktime.instants import MINUTE, from_minute, to_minute
from servicekit.worktime.years import Year, work_out

HORIZON_YEARS: Final = 100
"""How far ahead an open minute is looked for before the calendar is taken to be closed for good."""

TURN_OF_THE_YEAR: Final = frozenset({(12, 31), (1, 1)})
"""UTC dates on which it may be another year on the wall."""


class NeverOpen(ValueError):
    """The calendar does not open long enough within HORIZON_YEARS to reach what was asked."""


@dataclass(frozen=True)
class Calendar:
    """Opening hours on the wall clock of one zone, without its holidays and closings.

    A value: equal calendars count equally. Keep the object, since it remembers the years that it worked out
    (about 3 ms each).
    """

    zone: str
    week: Week
    country: str | None = None
    optional_holidays: frozenset[str] = frozenset()
    closings: tuple[Closing, ...] = ()
    _years: dict[int, Year] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self.tzinfo  # noqa: B018  (an unknown zone must fail here, not at the first deadline)
        check_holidays(self.country, self.optional_holidays)
        if not any(self.week):
            raise NeverOpen("a calendar needs opening hours on at least one day")

    @classmethod
    def of(
        cls,
        zone: str,
        weekly: Mapping[str, Iterable[Any]],
        *,
        country: str | None = None,
        optional_holidays: Iterable[str] = (),
        closings: Iterable[Closing] = (),
    ) -> Self:
        """weekly: {"monday": [("07:30", "12:00"), ("12:30", "17:30")], ...}; days left out are closed.

        country: ISO code, as the holidays package knows it; None = no holidays. optional_holidays: English
        names of those holidays that are a choice and are kept: "Good Friday", "Liberation Day".
        """
        ordered = tuple(sorted(closings))
        return cls(zone, parse_week(weekly), country, frozenset(optional_holidays), ordered)

    @classmethod
    def from_dict(cls, value: Mapping[str, Any]) -> Self:
        """The inverse of to_dict. Anything wrong is a ValueError, KeyError or TypeError."""
        return cls.of(
            value["zone"],
            value["weekly"],
            country=value.get("country"),
            optional_holidays=value.get("optional_holidays") or (),
            closings=map(Closing.from_dict, value.get("closings") or ()),
        )

    def to_dict(self) -> dict[str, Any]:
        return {
            "zone": self.zone,
            "weekly": week_to_dict(self.week),
            "country": self.country,
            "optional_holidays": sorted(self.optional_holidays),
            "closings": [closing.to_dict() for closing in self.closings],
        }

    @property
    def tzinfo(self) -> ZoneInfo:
        try:
            return ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, OSError):
            raise ValueError(f"not a time zone: {self.zone!r}") from None

    def is_open(self, at: datetime) -> bool:
        minute = to_minute(at)
        return self._year(self._local_year(at)).is_open(minute)

    def add(self, start: datetime, minutes: int | timedelta) -> datetime:
        """The earliest whole minute, in UTC, with so many working minutes between start and it.

        Eight hours that fill a day end at its closing time, not at the next opening. Zero is start itself.
        """
        wanted = minutes // MINUTE if isinstance(minutes, timedelta) else minutes
        if wanted < 0:
            raise ValueError("working minutes are added forwards only")
        begun = to_minute(start)
        if wanted == 0:
            return from_minute(begun)
        first = self._local_year(start)
        wanted += self._year(first).open_before(begun)
        for number in self._ahead(first):
            year = self._year(number)
            if wanted <= year.total:
                return from_minute(year.minute_after(wanted))
            wanted -= year.total
        raise NeverOpen("this calendar is not open long enough")

    def minutes_between(self, start: datetime, end: datetime) -> int:
        """Working minutes from start up to end; negative when end is before start."""
        from_, until = to_minute(start), to_minute(end)
        if until < from_:
            return -self.minutes_between(end, start)
        first, last = self._local_year(start), self._local_year(end)
        whole_years = sum(self._year(number).total for number in range(first, last))
        return whole_years + self._year(last).open_before(until) - self._year(first).open_before(from_)

    def is_working_day(self, day: date) -> bool:
        return day in self._year(day.year).days

    def closing_time(self, after: date, working_days: int) -> datetime:
        """When the working day closes that comes so many working days after this date, itself not counted.

        Zero is this date itself or, when it is closed, the next working day.
        """
        start = after - timedelta(days=1) if working_days == 0 else after
        wanted = max(working_days, 1)
        for number in self._ahead(start.year):
            year = self._year(number)
            done = bisect_right(year.days, start)
            if done + wanted <= len(year.days):
                return from_minute(year.closes[done + wanted - 1])
            wanted -= len(year.days) - done
        raise NeverOpen("this calendar has not so many working days")

    def _ahead(self, first: int) -> range:
        return range(first, min(first + HORIZON_YEARS, date.max.year))

    def _local_year(self, at: datetime) -> int:
        """`at` has a zone: whoever asks has made a minute of it."""
        if at.tzinfo is UTC and (at.month, at.day) not in TURN_OF_THE_YEAR:
            return at.year  # three times as quick, and nearly always so
        return at.astimezone(self.tzinfo).year

    def _year(self, number: int) -> Year:
        if (known := self._years.get(number)) is None:
            known = self._years[number] = work_out(self.tzinfo, self.week, self._closed(number), number)
        return known

    def _closed(self, year: int) -> set[date]:
        closed = {day for closing in self.closings for day in closing.days_in(year)}
        if self.country is None:
            return closed
        return closed | set(holidays_of(self.country, year, self.optional_holidays))
