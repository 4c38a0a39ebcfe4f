"""The order rules of a product: cut-off, capacity, free cancellation. Each may be absent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from servicekit.worktime import Calendar

from intake.domain.ordering import MINUTE, Ahead, Cutoff, DayBefore, may_order

NOON = time(12)
# How far ahead a free place is looked for.
MOST_SLOTS = 80


@dataclass(frozen=True)
class Slot:
    """What is counted together: from its start, up to its end."""

    start: datetime
    end: datetime


def _hour(at: datetime) -> Slot:
    start = at.replace(minute=0, second=0, microsecond=0)
    return Slot(start, start + timedelta(hours=1))


def _half_day(at: datetime) -> Slot:
    day = _day(at)
    noon = datetime.combine(at.date(), NOON, at.tzinfo)
    return Slot(day.start, noon) if at < noon else Slot(noon, day.end)


def _day(at: datetime) -> Slot:
    midnight = datetime.combine(at.date(), time(), at.tzinfo)
    return Slot(midnight, datetime.combine(at.date() + timedelta(days=1), time(), at.tzinfo))


SLOTS: Mapping[str, Callable[[datetime], Slot]] = {"hour": _hour, "half_day": _half_day, "day": _day}


@dataclass(frozen=True)
class Capacity:
    """So many in each hour, half day (parted at noon) or day, of the organisation's own clock."""

    amount: int
    per: str

    def slot(self, at: datetime, calendar: Calendar) -> Slot:
        return SLOTS[self.per](at.astimezone(calendar.tzinfo))

    def following(self, at: datetime, calendar: Calendar) -> Iterator[datetime]:
        """A moment in each slot after that of `at` in which the organisation is open: by day the same time of
        day, else the first open minute.
        """
        wanted = at.astimezone(calendar.tzinfo)
        slot = self.slot(at, calendar)
        for _ in range(MOST_SLOTS):
            slot = self.slot(slot.end, calendar)
            opens = calendar.add(slot.start, 1) - MINUTE
            if opens >= slot.end:
                continue
            same = datetime.combine(slot.start.date(), wanted.time(), wanted.tzinfo)
            yield (same if self.per == "day" else opens).astimezone(UTC)


@dataclass(frozen=True)
class FreeCancellation:
    until: Cutoff
    charge_percent: int

    def cost(self, estimate_cents: int | None) -> int | None:
        """None when nobody can say what the order costs."""
        return None if estimate_cents is None else round(estimate_cents * self.charge_percent / 100)


@dataclass(frozen=True)
class OrderRules:
    cutoff: Cutoff | None = None
    capacity: Capacity | None = None
    free: FreeCancellation | None = None

    @classmethod
    def from_fact(cls, given: Mapping[str, Any] | None) -> OrderRules | None:
        """None when it has none."""
        if not given:
            return None
        capacity, free = given.get("capacity"), given.get("free_cancellation")
        return cls(
            _cutoff(given.get("cutoff")),
            Capacity(capacity["amount"], capacity["per"]) if capacity else None,
            FreeCancellation(_given(free["before"]), free["charge_percent"]) if free else None,
        )

    def in_time(self, ordered_at: datetime, start: datetime, calendar: Calendar) -> bool:
        return self.cutoff is None or may_order(self.cutoff, ordered_at, start, calendar)

    def first(self, now: datetime, calendar: Calendar) -> datetime:
        """The first moment that who orders now may want it for."""
        return self.cutoff.first(now, calendar).astimezone(UTC) if self.cutoff else now

    def free_until(self, start: datetime, calendar: Calendar) -> datetime | None:
        return self.free.until.latest(start, calendar).astimezone(UTC) if self.free else None

    def order_before(self, start: datetime, calendar: Calendar) -> datetime | None:
        return self.cutoff.latest(start, calendar).astimezone(UTC) if self.cutoff else None


def _cutoff(given: Mapping[str, Any] | None) -> Cutoff | None:
    return _given(given) if given else None


def _given(before: Mapping[str, Any]) -> Cutoff:
    if before.get("working_minutes") is not None:
        return Ahead(before["working_minutes"])
    return DayBefore(time.fromisoformat(before["at"]), before["working_days"])
