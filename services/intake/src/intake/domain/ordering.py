"""Until when a product may be ordered for the moment it is wanted, and until when it is cancelled free.

Everything counts back from the start of what was wanted, on the calendar of the organisation.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from servicekit.worktime import Calendar

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Ahead:
    """So many working minutes before the wanted moment, that minute itself included."""

    working_minutes: int

    def latest(self, start: datetime, calendar: Calendar) -> datetime:
        return latest_before(start, self.working_minutes, calendar)

    def first(self, now: datetime, calendar: Calendar) -> datetime:
        return calendar.add(now, self.working_minutes)


@dataclass(frozen=True)
class DayBefore:
    """Before a time on the wall, so many working days before the wanted day.

    A Saturday counts back to Friday, as a Monday does.
    """

    at: time
    working_days: int = 1

    def latest(self, start: datetime, calendar: Calendar) -> datetime:
        day = start.astimezone(calendar.tzinfo).date()
        for _ in range(self.working_days):
            day = _working_day_before(day, calendar)
        return datetime.combine(day, self.at, calendar.tzinfo)

    def first(self, now: datetime, calendar: Calendar) -> datetime:
        """The opening of the first working day that may still be had: nobody is shown a closed day first."""
        here = now.astimezone(calendar.tzinfo)
        in_time = calendar.is_working_day(here.date()) and here <= datetime.combine(
            here.date(), self.at, calendar.tzinfo
        )
        ordered = here.date() if in_time else _working_day_after(here.date(), calendar)
        for _ in range(self.working_days):
            ordered = _working_day_after(ordered, calendar)
        return calendar.add(datetime.combine(ordered, time(), calendar.tzinfo), 1) - MINUTE


Cutoff = Ahead | DayBefore


def may_order(cutoff: Cutoff, now: datetime, start: datetime, calendar: Calendar) -> bool:
    return now <= cutoff.latest(start, calendar)


def latest_before(start: datetime, working_minutes: int, calendar: Calendar) -> datetime:
    """The last whole minute that still has so many working minutes between itself and start.

    The calendar only counts forwards: halving finds it in some twenty counts.
    """
    back = 1
    while calendar.minutes_between(start - back * MINUTE, start) < working_minutes:
        back *= 2
    too_late = 0
    while back - too_late > 1:
        middle = (back + too_late) // 2
        if calendar.minutes_between(start - middle * MINUTE, start) < working_minutes:
            too_late = middle
        else:
            back = middle
    return start - back * MINUTE if working_minutes else start


def _working_day_before(day: date, calendar: Calendar) -> date:
    return _next_open(day, timedelta(days=-1), calendar)


def _working_day_after(day: date, calendar: Calendar) -> date:
    return _next_open(day, timedelta(days=1), calendar)


def _next_open(day: date, step: timedelta, calendar: Calendar) -> date:
    """A calendar has opening hours on some day of the week, so this ends, after any closing."""
    day += step
    while not calendar.is_working_day(day):
        day += step
    return day
