"""Numbers as people read them in their language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from babel.numbers import format_decimal, format_percent

NOTHING = "–"


@dataclass(frozen=True)
class Numbers:
    language: str

    def count(self, number: float | None) -> str:
        return NOTHING if number is None else _decimal(round(number, 1), self.language)

    def share(self, count: float, of: float) -> str:
        """Whole per cents; of nothing there is no share."""
        return str(format_percent(count / of, locale=self.language)) if of else NOTHING

    def hours(self, minutes: float) -> str:
        return self.count(minutes / 60 if abs(minutes) < 600 else round(minutes / 60))


@lru_cache(maxsize=4096)
def _decimal(number: float, language: str) -> str:
    """Remembered: the same small counts stand on a page hundreds of times."""
    return str(format_decimal(number, locale=language))


def percent(count: float, of: float) -> float | None:
    """For files: 62.5 and the like."""
    return round(100 * count / of, 1) if of else None
