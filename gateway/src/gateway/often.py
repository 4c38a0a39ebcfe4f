"""How often the same visitor may do what anybody may do.

Counted in this process: with several gateways a visitor may do it as many times more. That is good enough for
what is bounded here (a count that nobody is paid by, work that is small): it keeps one program from filling
the house, not a crowd. Who is signed in is counted by account; else by network, which a whole building may
share, so the bounds are those of a building.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gateway.accounts.sign_in import network_of

if TYPE_CHECKING:
    from gateway.pages.visit import Visit

# More visitors than this are not told apart within one window: the rest count as one.
MOST_KNOWN = 10_000
CROWD = "everybody else"


@dataclass(frozen=True)
class Bound:
    """`most` times in `seconds`, counted from the first."""

    name: str
    most: int
    seconds: int


# One person reads no faster than this; a building of a hundred neither.
HELPED = Bound("helped", 30, 15 * 60)
# Anybody writes any address as that of the sender, and whoever has it gets our mail that the request was
# received, with words in it that they never wrote.
MAILED = Bound("mailed", 10, 60 * 60)
# Asked while somebody types, once they pause: twenty people who write at the same moment.
FINDING = Bound("finding", 300, 60)


class Often:
    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._windows: dict[str, tuple[float, dict[str, int]]] = {}

    def may(self, bound: Bound, who: str) -> bool:
        """Counts it as done, also when it may not."""
        now = self._clock()
        began, counts = self._windows.get(bound.name, (now, {}))
        if now - began >= bound.seconds:
            began, counts = now, {}
        self._windows[bound.name] = (began, counts)
        who = who if who in counts or len(counts) < MOST_KNOWN else CROWD
        counts[who] = counts.get(who, 0) + 1
        return counts[who] <= bound.most


def visitor_of(visit: Visit) -> str:
    return f"account {visit.actor.id}" if visit.signed_in else f"network {network_of(visit.address)}"
