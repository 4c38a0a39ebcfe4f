"""Terms, prices and hours as people say them."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from babel.dates import get_day_names
from babel.numbers import format_currency, format_decimal

from gateway.pages.labels import _
from gateway.pages.words import Words

# Unit of a term -> one and more of it, and how many of those make the next.
MINUTES = ("%(count)s minute", "%(count)s minutes")
HOURS = ("%(count)s hour", "%(count)s hours")
WORKING_MINUTES = ("%(count)s working minute", "%(count)s working minutes")
WORKING_HOURS = ("%(count)s working hour", "%(count)s working hours")
WORKING_DAYS = ("%(count)s working day", "%(count)s working days")
DAYS = ("%(count)s day", "%(count)s days")

PER: Mapping[str, str] = {
    "piece": _("per piece"),
    "person": _("per person"),
    "hour": _("per hour"),
    "day": _("per day"),
    "week": _("per week"),
    "month": _("per month"),
    "year": _("per year"),
    "square_metre": _("per square metre"),
}
WORK = ("order", "fault")  # kinds of product for which somebody does something
WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def term(words: Words, given: Mapping[str, Any] | None, day_minutes: int = 0) -> str:
    """`4 working hours`, `2 working days`, `24 hours`. `day_minutes`: how long a working day is, when known;
    then whole days are said as days.
    """
    if not given:
        return ""
    amount, unit = int(given["amount"]), given["unit"]
    if unit == "working_minutes" and day_minutes and amount % day_minutes == 0:
        amount, unit = amount // day_minutes, "working_days"
    one, more, count = _counted(amount, unit)
    return words.many(one, more, count)


def process_time(words: Words, minutes: int) -> str:
    """Minutes of work, in whole working days where they are; a working day has ten hours here, as the
    catalogue counts.
    """
    days, rest = divmod(minutes, 600)
    unit = ("working_days", days) if days and not rest else ("working_minutes", minutes)
    return term(words, {"unit": unit[0], "amount": unit[1]})


def typed_euros(words: Words, cents: int) -> str:
    """As one would type it: `95,50`."""
    return str(format_decimal(cents / 100, "0.00", locale=words.language))


def euros(words: Words, cents: int) -> str:
    return str(format_currency(cents / 100, "EUR", locale=words.language))


def price(words: Words, given: Mapping[str, Any] | None) -> str:
    """`Free`, `€ 85.00`, `€ 2.75 per person`, or that a quote comes first."""
    kind = (given or {}).get("kind", "none")
    if given is None or kind == "none":
        return words("No costs for you")
    if kind == "quote":
        return words("You get a quote first")
    amount = format_currency(given["amount_cents"] / 100, "EUR", locale=words.language)
    per = PER.get(given.get("per") or "")
    return f"{amount} {words(per)}" if per else amount


def costs(words: Words, product: Mapping[str, Any]) -> str:
    """What a product costs who orders it, by its package. A draft may lack the amount."""
    given, package = product.get("price") or {}, product.get("package")
    if package == "basic" and product.get("kind") in WORK:
        return words("No costs for you: it is in the basic package")
    if package == "basic":
        return words("No costs for you")
    if given.get("kind") in ("fixed", "tariff") and given.get("amount_cents") is None:
        return "–"
    said = price(words, given)
    return words("%(price)s, charged to the cost centre", price=said) if package == "plus" else said


def opening_hours(words: Words, weekly: Mapping[str, Any] | None) -> list[tuple[str, str]]:
    """(`Monday to Friday`, `07:30 to 17:30`), days with the same hours taken together."""
    names = get_day_names(locale=words.language)
    hours = [(number, _hours_of(words, (weekly or {}).get(day) or [])) for number, day in enumerate(WEEK)]
    found = []
    for same, days in groupby(hours, key=lambda each: each[1]):
        numbers = [number for number, _hours in days]
        first, last = names[numbers[0]], names[numbers[-1]]
        span = words("%(first)s to %(last)s", first=first, last=last) if len(numbers) > 1 else first
        if same:
            found.append((span, same))
    return found


def day_length(weekly: Mapping[str, Any] | None) -> int:
    """The minutes of a working day, when all days that are open are equally long; else 0."""
    lengths = {sum(map(_length, openings)) for openings in (weekly or {}).values() if openings}
    return lengths.pop() if len(lengths) == 1 else 0


def _counted(amount: int, unit: str) -> tuple[str, str, int]:
    if unit == "working_days":
        return (*WORKING_DAYS, amount)
    if unit == "calendar_days":
        return (*DAYS, amount)
    hours, rest = divmod(amount, 60)
    if unit == "working_minutes":
        return (*WORKING_HOURS, hours) if not rest else (*WORKING_MINUTES, amount)
    return (*HOURS, hours) if not rest else (*MINUTES, amount)


def _hours_of(words: Words, openings: list[Any]) -> str:
    return ", ".join(
        words("%(from)s to %(until)s", **{"from": first, "until": last})
        for first, last in map(_bounds, openings)
    )


def _length(opening: Any) -> int:
    first, last = (int(text[:2]) * 60 + int(text[3:5]) for text in _bounds(opening))
    return last - first


def _bounds(opening: Any) -> tuple[str, str]:
    """An opening is a pair, or a dictionary, as calendars are written."""
    if isinstance(opening, Mapping):
        return str(opening["from"]), str(opening["until"])
    return str(opening[0]), str(opening[1])


AT_ONCE: Mapping[str, str] = {
    "hour": _("At most %(amount)s per hour."),
    "half_day": _("At most %(amount)s per half day."),
    "day": _("At most %(amount)s per day."),
}


def before(words: Words, given: Mapping[str, Any]) -> str:
    """`by 12:00 on the working day before`, `at least 8 working hours beforehand`."""
    if given.get("working_minutes") is not None:
        how_long = term(words, {"amount": given["working_minutes"], "unit": "working_minutes"})
        return words("at least %(term)s beforehand", term=how_long)
    days, at = given.get("working_days") or 0, given.get("at") or ""
    if not days:
        return words("by %(time)s on the day itself", time=at)
    return words.many(
        "by %(time)s on the working day before", "by %(time)s, %(count)s working days before", days, time=at
    )


def order_rules(words: Words, ordering: Mapping[str, Any] | None) -> list[str]:
    """A sentence for each."""
    told, given = [], ordering or {}
    if cutoff := given.get("cutoff"):
        told.append(words("Order %(when)s.", when=before(words, cutoff)))
    if capacity := given.get("capacity"):
        told.append(
            words(AT_ONCE.get(capacity.get("per") or "day", AT_ONCE["day"]), amount=capacity["amount"])
        )
    if free := given.get("free_cancellation"):
        percent = free.get("charge_percent", 100)
        text = words(
            "Cancelling is free %(when)s; later it costs %(percent)s of the price.",
            when=before(words, free["before"]), percent=f"{percent}%",
        )  # fmt: skip
        told.append(text)
    return told
