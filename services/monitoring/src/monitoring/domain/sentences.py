"""A clock in one sentence, in Dutch and English: "due Tue 10:00: 8 working hours from Mon 10:00, paused 2 h
waiting for you".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Final

from servicekit.worktime import Term

from monitoring.domain.clocks import Clock


@dataclass(frozen=True)
class Language:
    """The words of one language. Patterns are for str.format."""

    days: tuple[str, ...]
    months: tuple[str, ...]
    states: Mapping[str, str]
    pause: str
    reasons: Mapping[str, str]
    units: Mapping[str, tuple[str, str]]
    hours: Mapping[str, tuple[str, str]]


DUTCH: Final = Language(
    days=("ma", "di", "wo", "do", "vr", "za", "zo"),
    months=("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"),
    states={
        "running": "uiterlijk {due}: {term} vanaf {start}{pauses}",
        "paused": "staat stil {reason}: nog {left} van {term} vanaf {start}{pauses}",
        "met": "op tijd klaar, {stopped}; de streeftijd was {due}: {term} vanaf {start}{pauses}",
        "late": "te laat sinds {due}: {term} vanaf {start}{pauses}",
        "done_late": "te laat klaar, {stopped}; de streeftijd was {due}: {term} vanaf {start}{pauses}",
        "stopped": "gestopt, {stopped}: niemand wacht er nog op",
    },
    pause=", {time} stilgestaan {reason}",
    reasons={
        "awaiting_requester": "in afwachting van uw antwoord",
        "no_access": "omdat wij er niet bij konden",
        "awaiting_approval": "in afwachting van uw akkoord",
        "other": "in afwachting van u",
    },
    units={
        "minutes": ("minuut", "minuten"),
        "working_minutes": ("werkminuut", "werkminuten"),
        "working_days": ("werkdag", "werkdagen"),
        "calendar_days": ("dag", "dagen"),
    },
    hours={"minutes": ("uur", "uur"), "working_minutes": ("werkuur", "werkuren")},
)

ENGLISH: Final = Language(
    days=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    months=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    states={
        "running": "due {due}: {term} from {start}{pauses}",
        "paused": "stands still {reason}: {left} left of {term} from {start}{pauses}",
        "met": "done in time, {stopped}; it was due {due}: {term} from {start}{pauses}",
        "late": "late since {due}: {term} from {start}{pauses}",
        "done_late": "done late, {stopped}; it was due {due}: {term} from {start}{pauses}",
        "stopped": "stopped, {stopped}: nobody waits for it any more",
    },
    pause=", paused {time} {reason}",
    reasons={
        "awaiting_requester": "waiting for you",
        "no_access": "because we could not get in",
        "awaiting_approval": "waiting for your approval",
        "other": "waiting for you",
    },
    units={
        "minutes": ("minute", "minutes"),
        "working_minutes": ("working minute", "working minutes"),
        "working_days": ("working day", "working days"),
        "calendar_days": ("day", "days"),
    },
    hours={"minutes": ("hour", "hours"), "working_minutes": ("working hour", "working hours")},
)

LANGUAGES: Final[Mapping[str, Language]] = {"nl": DUTCH, "en": ENGLISH}


def sentences(clock: Clock, zone: tzinfo, now: datetime) -> dict[str, str]:
    return {code: _sentence(clock, zone, now, language) for code, language in LANGUAGES.items()}


def _sentence(clock: Clock, zone: tzinfo, now: datetime, language: Language) -> str:
    def shown(at: datetime | None) -> str:
        return _moment(at.astimezone(zone), now.astimezone(zone), language) if at else ""

    unit = "working_minutes" if clock.term.counts_working_minutes else "minutes"
    return language.states[_wording(clock)].format(
        due=shown(clock.due_at),
        start=shown(clock.started_at),
        stopped=shown(clock.stopped_at),
        term=_term(clock.term, language),
        left=_amount(max(clock.remaining_minutes, 0), unit, language),
        reason=_reason(clock.pause, language),
        pauses=_pauses(clock, language),
    )


def _wording(clock: Clock) -> str:
    if clock.state == "breached":
        return "done_late" if clock.stopped_at else "late"
    return clock.state


def _moment(at: datetime, now: datetime, language: Language) -> str:
    """Within six days the weekday says enough; further away the date stands with it, and then the year."""
    text = language.days[at.weekday()]
    if abs((at.date() - now.date()).days) > 6:
        text += f" {at.day} {language.months[at.month - 1]}"
        text += f" {at.year}" if at.year != now.year else ""
    return f"{text} {at:%H:%M}"


def _term(term: Term, language: Language) -> str:
    return _amount(term.amount, term.unit, language)


def _amount(amount: int, unit: str, language: Language) -> str:
    """Whole hours as hours; else minutes, above an hour as "1:30 hours"."""
    if unit in language.hours and amount >= 60:
        hours, minutes = divmod(amount, 60)
        one, many = language.hours[unit]
        number = f"{hours}:{minutes:02d}" if minutes else str(hours)
        return f"{number} {one if amount == 60 else many}"
    one, many = language.units[unit]
    return f"{amount} {one if amount == 1 else many}"


def _pauses(clock: Clock, language: Language) -> str:
    """Past pauses, one phrase per reason in the order in which they came."""
    minutes: dict[str, int] = {}
    for each in clock.segments:
        if each.what == "paused" and each.minutes:
            minutes[each.reason or "other"] = minutes.get(each.reason or "other", 0) + each.minutes
    phrases = (
        language.pause.format(time=_short(count), reason=_reason(reason, language))
        for reason, count in minutes.items()
    )
    return "".join(phrases)


def _reason(reason: str | None, language: Language) -> str:
    return language.reasons.get(reason or "other", language.reasons["other"])


def _short(minutes: int) -> str:
    """ "2 h", "2:30 h", "20 min": the same in both languages."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours}:{rest:02d} h" if rest else f"{hours} h"
