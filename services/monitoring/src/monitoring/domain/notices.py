"""What a clock has to tell the world, and when it must be looked at next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from monitoring.domain.clocks import Clock
from monitoring.domain.measure import MINUTE


@dataclass(frozen=True)
class Told:
    """Which notices of one clock were given; each is given once, however often the clock is computed."""

    warning_at: datetime | None = None
    breach_at: datetime | None = None


@dataclass(frozen=True)
class Notice:
    event: str
    clock: Clock
    at: datetime


def due_notice(clock: Clock, told: Told, now: datetime) -> Notice | None:
    """What is to be told now. Nobody is warned of what is paused, done, or too late for a warning."""
    if clock.breached_at is not None:
        return None if told.breach_at else Notice("deadline_breached", clock, clock.breached_at)
    if clock.is_running and clock.warns_at is not None and clock.warns_at <= now and not told.warning_at:
        return Notice("deadline_warning", clock, now)
    return None


def next_look(clocks: Iterable[tuple[Clock, Told]]) -> datetime | None:
    """When the first of these must be computed again, or None: nothing will happen without a new fact."""
    moments = [moment for clock, told in clocks for moment in _moments(clock, told)]
    return min(moments, default=None)


def _moments(clock: Clock, told: Told) -> list[datetime]:
    if clock.breached_at is not None:
        return [] if told.breach_at else [clock.breached_at]
    if not clock.is_running or clock.due_at is None:
        return []
    warning = [clock.warns_at] if clock.warns_at and not told.warning_at else []
    return [*warning, clock.due_at + MINUTE]
