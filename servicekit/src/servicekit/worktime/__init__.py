"""Time as an organisation counts it: opening hours, holidays and terms.

Everything counts in whole minutes. An instant belongs to the minute that a clock on the wall would show,
so 10:00:59 counts as 10:00. That makes minutes additive (a..b plus b..c is a..c, always) and a deadline
readable: "10:15" is kept by whatever happened while the clock showed 10:15.

    hours = {"monday": [("07:30", "12:00"), ("12:30", "17:30")]}
    calendar = Calendar.of("Europe/Amsterdam", hours, country="NL")
    deadline(received_at, Term(480, "working_minutes"), calendar)
"""

from servicekit.worktime.calendar import Calendar, NeverOpen
from servicekit.worktime.closings import Closing, holidays_of
from servicekit.worktime.hours import Interval
from servicekit.worktime.instants import clock_minutes_between, local_to_utc, whole_minute
from servicekit.worktime.terms import Term, Unit, after_working_minutes, deadline, term_minutes

__all__ = [
    "Calendar",
    "Closing",
    "Interval",
    "NeverOpen",
    "Term",
    "Unit",
    "after_working_minutes",
    "clock_minutes_between",
    "deadline",
    "holidays_of",
    "local_to_utc",
    "term_minutes",
    "whole_minute",
]
