"""Days on which nobody works: public holidays, optional ones that are kept, and closings of one's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, Final, Self

from holidays import country_holidays

LANGUAGE: Final = "en_US"
"""Holidays are named in English, so that a stored calendar does not depend on the language of a screen."""

CHOICES: Final[Mapping[str, frozenset[str]]] = {
    # Shops and offices decide for themselves. The holidays package counts Good Friday among the public ones,
    # and Liberation Day only in years that end in 0 or 5, as many labour agreements do.
    "NL": frozenset({"Good Friday", "Liberation Day"}),
}


@dataclass(frozen=True, order=True, slots=True)
class Closing:
    """Whole days closed, from first up to and including last."""

    first: date
    last: date
    name: str = ""

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a closing must not end before it starts: {self.first} to {self.last}")

    @classmethod
    def from_dict(cls, value: Mapping[str, Any]) -> Self:
        first = date.fromisoformat(value["first"])
        return cls(first, date.fromisoformat(value.get("last") or value["first"]), value.get("name") or "")

    def to_dict(self) -> dict[str, str]:
        return {"first": self.first.isoformat(), "last": self.last.isoformat(), "name": self.name}

    def days_in(self, year: int) -> set[date]:
        first, last = max(self.first, date(year, 1, 1)), min(self.last, date(year, 12, 31))
        return {first + timedelta(days=n) for n in range((last - first).days + 1)}


@cache
def holidays_of(country: str, year: int, chosen: frozenset[str] = frozenset()) -> Mapping[date, str]:
    """The holidays kept in this year, with their English names. `chosen`: the optional ones that are kept."""
    choices = _choices(country)
    public = _named(country, year, "public")
    optional = _named(country, year, "optional") if "optional" in _categories(country) else {}
    kept = {day: name for day, name in public.items() if name not in choices}
    kept |= {day: name for day, name in (public | optional).items() if name in chosen}
    return dict(sorted(kept.items()))


def check_holidays(country: str | None, chosen: frozenset[str]) -> None:
    """ValueError for a country or an optional holiday that does not exist: a typo must not open the doors."""
    if unknown := chosen - (_choices(country) if country else frozenset()):
        raise ValueError(f"not an optional holiday of {country}: {', '.join(sorted(unknown))}")


@cache
def _categories(country: str) -> frozenset[str]:
    try:
        return frozenset(country_holidays(country).supported_categories)
    except NotImplementedError:
        raise ValueError(f"no holidays known for country {country!r}") from None


@cache
def _choices(country: str) -> frozenset[str]:
    """The holidays of a country that are a choice, by name, whatever the year."""
    if "optional" not in _categories(country):
        return CHOICES.get(country, frozenset())
    optional = {name for year in range(2024, 2034) for name in _named(country, year, "optional").values()}
    return CHOICES.get(country, frozenset()) | optional


@cache
def _named(country: str, year: int, category: str) -> dict[date, str]:
    found = country_holidays(country, years=year, categories=category, language=LANGUAGE, expand=False)
    return {day: name for day, name in found.items() if day.year == year}
