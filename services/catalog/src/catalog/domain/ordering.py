"""Until when a product may be ordered for the moment it is wanted, how many at once, and until when it is
cancelled free.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from catalog.domain.problems import Problems, one_of

PER = ("hour", "half_day", "day")
AT = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
MOST_DAYS = 60
# Two months of long working days.
MOST_MINUTES = 36_000
MOST_AT_ONCE = 10_000


@dataclass(frozen=True)
class Before:
    """Before a time of the clock, so many working days before the wanted day; or so many working minutes
    before the wanted moment. One of the two.
    """

    working_days: int | None = None
    at: str | None = None
    working_minutes: int | None = None

    @classmethod
    def of(cls, given: Mapping[str, Any] | None) -> Before | None:
        found = {name: (given or {}).get(name) for name in ("working_days", "at", "working_minutes")}
        return cls(**found) if any(each not in (None, "") for each in found.values()) else None

    def check(self, problems: Problems, path: str) -> None:
        by_clock, by_minutes = self.working_days is not None or self.at, self.working_minutes is not None
        if bool(by_clock) == by_minutes:
            problems.add(path, "Give working days with a time, or working minutes: one of the two.")
        elif by_minutes:
            fits = 1 <= (self.working_minutes or 0) <= MOST_MINUTES
            problems.unless(fits, f"{path}.working_minutes", f"Use a whole number from 1 to {MOST_MINUTES}.")
        else:
            fits = 0 <= (-1 if self.working_days is None else self.working_days) <= MOST_DAYS
            problems.unless(fits, f"{path}.working_days", f"Use a whole number from 0 to {MOST_DAYS}.")
            problems.unless(AT.fullmatch(self.at or ""), f"{path}.at", "Write a time such as 14:30.")


@dataclass(frozen=True)
class Capacity:
    amount: int
    per: str = "day"

    @classmethod
    def of(cls, given: Mapping[str, Any] | None) -> Capacity | None:
        amount = (given or {}).get("amount")
        return cls(amount, str((given or {}).get("per") or "day")) if amount is not None else None

    def check(self, problems: Problems, path: str) -> None:
        fits = 1 <= self.amount <= MOST_AT_ONCE
        problems.unless(fits, f"{path}.amount", f"Use a whole number from 1 to {MOST_AT_ONCE}.")
        problems.unless(self.per in PER, f"{path}.per", one_of(PER))


@dataclass(frozen=True)
class FreeCancellation:
    """Until `before` it costs nothing; later it costs this part of the price."""

    before: Before
    charge_percent: int = 100

    @classmethod
    def of(cls, given: Mapping[str, Any] | None) -> FreeCancellation | None:
        before = Before.of((given or {}).get("before"))
        if before is None:
            return None
        percent = (given or {}).get("charge_percent")
        return cls(before, 100 if percent is None else percent)

    def check(self, problems: Problems, path: str) -> None:
        self.before.check(problems, f"{path}.before")
        fits = 0 <= self.charge_percent <= 100
        problems.unless(fits, f"{path}.charge_percent", "Use a whole number from 0 to 100.")


@dataclass(frozen=True)
class Ordering:
    """Nothing given is no rule."""

    cutoff: Before | None = None
    capacity: Capacity | None = None
    free_cancellation: FreeCancellation | None = None

    @classmethod
    def of(cls, given: Mapping[str, Any] | None) -> Ordering:
        parts = given or {}
        return cls(
            Before.of(parts.get("cutoff")),
            Capacity.of(parts.get("capacity")),
            FreeCancellation.of(parts.get("free_cancellation")),
        )

    def __bool__(self) -> bool:
        return bool(self.cutoff or self.capacity or self.free_cancellation)

    def check(self, kind: str, problems: Problems) -> None:
        for name in ("cutoff", "capacity", "free_cancellation"):
            part = getattr(self, name)
            if part is not None:
                part.check(problems, f"ordering.{name}")
        if self and kind != "order":
            problems.add("ordering", "Only what is ordered is wanted at a moment. Leave these rules out.")


NO_RULES = Ordering()
