"""Dates that come back by a rule of RFC 5545, within bounds: whole days, and never far ahead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from dateutil.rrule import rrule, rrulestr

HORIZON: Final = timedelta(days=5 * 366)
"""How far ahead of where it is asked from a date is looked for; a rule without one in it has none."""
LONGEST: Final = 200
FREQUENCIES: Final = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
NUMBERS: Final = {"INTERVAL": (1, 1000), "BYMONTH": (1, 12), "BYMONTHDAY": (-31, 31), "BYSETPOS": (-366, 366)}
"""The least and most that a part may say; the library takes any, and finds no date."""
PARTS: Final = frozenset({"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"})


class WrongRule(ValueError):
    """Says what to write instead."""


def check_rule(rule: str) -> str:
    """As it is kept: capitals, without the name before it. Raises WrongRule.

    COUNT and UNTIL are left out on purpose: when it ends is said beside the rule.
    """
    text = "".join(rule.split()).upper().removeprefix("RRULE:")
    if len(text) > LONGEST:
        raise WrongRule(f"The rule is longer than {LONGEST} characters. Write a shorter one.")
    parts = dict(part.partition("=")[::2] for part in text.split(";"))
    if parts.keys() & {"COUNT", "UNTIL"}:
        raise WrongRule("Leave COUNT and UNTIL out of the rule. Give the last day beside it (`until`).")
    strange = sorted(parts.keys() - PARTS)
    if strange or parts.get("FREQ") not in FREQUENCIES:
        allowed = ", ".join(sorted(PARTS - {"FREQ"}))
        raise WrongRule(
            f"Begin with FREQ= and one of {', '.join(FREQUENCIES)}; then only {allowed}, such as "
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO."
        )
    for name in NUMBERS.keys() & parts.keys():
        _check_numbers(name, parts[name])
    try:
        rrulestr(text, dtstart=_moment(date(2026, 1, 1)))
    except (ValueError, TypeError, KeyError, IndexError) as error:
        raise WrongRule("This is no rule of RFC 5545. Write it such as FREQ=MONTHLY;BYDAY=1MO.") from error
    return text


def dates(rule: str, start: date, after: date | None = None, until: date | None = None) -> Iterator[date]:
    """Those of a checked rule from `start`, later than `after`, `until` included; none beyond HORIZON.

    `start` itself counts only if the rule says so.
    """
    first = start if after is None else max(start, after + timedelta(days=1))
    last = min(first + HORIZON, until or date.max)
    read = rrulestr(rule, dtstart=_moment(start))
    assert isinstance(read, rrule)  # one rule, since check_rule took it
    found = read.replace(until=_moment(last))
    return (each.date() for each in found if each.date() >= first)


def _check_numbers(name: str, said: str) -> None:
    least, most = NUMBERS[name]
    given = said.split(",")
    whole = all(re.fullmatch(r"[+-]?[0-9]{1,4}", each) for each in given)
    if not whole or any(int(each) == 0 or not least <= int(each) <= most for each in given):
        raise WrongRule(f"{name} takes whole numbers from {least} to {most}, and not 0.")


def _moment(day: date) -> datetime:
    return datetime.combine(day, time.min)
