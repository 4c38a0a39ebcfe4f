"""How old what is open has become, in a few steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

STEPS = (1, 3, 7, 30)


@dataclass(frozen=True)
class Age:
    """`from_days` up to `until_days` old; None: without end."""

    from_days: int
    until_days: int | None


# The youngest first.
AGES: Sequence[Age] = tuple(map(Age, (0, *STEPS), (*STEPS, None)))


def borders(now: datetime) -> list[datetime]:
    """The moments of receipt between two ages, the longest ago first: what was received at such a moment
    is of the younger age.
    """
    return [now - timedelta(days=days) for days in reversed(STEPS)]


def received(age: Age, now: datetime) -> tuple[datetime | None, datetime | None]:
    """What is of this age was received from the first moment until before the second."""
    oldest = now - timedelta(days=age.until_days) if age.until_days else None
    youngest = now - timedelta(days=age.from_days) if age.from_days else None
    return oldest, youngest
