"""Numbers as people read them in their language."""

from __future__ import annotations

from dataclasses import dataclass

from babel.numbers import format_decimal, format_percent

NOTHING = "–"


@dataclass(frozen=True)
class Numbers:
    language: str

    def count(self, number: float | None) -> str:
        return NOTHING if number is None else str(format_decimal(round(number, 1), locale=self.language))

    def share(self, count: float, of: float) -> str:
        """Whole per cents; of nothing there is no share."""
        return str(format_percent(count / of, locale=self.language)) if of else NOTHING

    def hours(self, minutes: float) -> str:
        return self.count(minutes / 60 if abs(minutes) < 600 else round(minutes / 60))


def percent(count: float, of: float) -> float | None:
    """For files: 62.5 and the like."""
    return round(100 * count / of, 1) if of else None
