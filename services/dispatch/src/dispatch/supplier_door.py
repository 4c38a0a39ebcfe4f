"""Stands before every call of a supplier: how large, how often; and notes who floods the desk."""

from __future__ import annotations

import time
from functools import cache

from servicekit.concurrency import Wake
from servicekit.entrypoints.server import TurnedAway
from servicekit.errors import Invalid, RateLimited
from servicekit.settings import Settings

from dispatch.domain.flood import Crowd

LARGEST_CALL = 64 * 1024  # bytes
TOLD = 100  # refusals in a window that are answered; more would cost us as much as the calls
NOBODY = ""  # whoever sends messages without the broker's validated user


class SupplierDoor:
    """One per process. `floods` are those that somebody should do something about."""

    def __init__(self, rate: float) -> None:
        self._crowd = Crowd(rate)
        self.floods: set[str] = set()
        self.bell = Wake()
        self._seen: set[str] = set()

    def enter(self, user: str | None, size: int) -> None:
        """Raises RateLimited, Invalid, or TurnedAway when it was told often enough."""
        who, now = user or NOBODY, time.monotonic()
        wait = self._crowd.call(who, now)
        if wait:
            self._refuse(who, now, wait)
        if user:
            self._seen.add(user)
        if size > LARGEST_CALL:
            raise Invalid("too_large", f"A call may have at most {LARGEST_CALL // 1024} kB.")

    def stray(self, user: str | None) -> None:
        """An answer that nobody waits for. Late ones happen; many are a flood like any other."""
        who, now = user or NOBODY, time.monotonic()
        if self._crowd.call(who, now):
            self._note(who, now)

    def take_floods(self) -> set[str]:
        taken, self.floods = self.floods, set()
        for who in taken:
            self._crowd.forget(who)
        return taken

    def take_seen(self) -> set[str]:
        """Who called since this was asked last."""
        taken, self._seen = self._seen, set()
        return taken

    def _refuse(self, who: str, now: float, wait: float) -> None:
        self._note(who, now)
        if who == NOBODY or self._crowd.refusals(who, now) > TOLD:
            raise TurnedAway
        raise RateLimited("rate_limited", f"Too many calls; try again in {wait:.1f} s.", retry_after=wait)

    def _note(self, who: str, now: float) -> None:
        if who not in self.floods and self._crowd.floods(who, now):
            self.floods.add(who)
            self.bell.set()


@cache
def _with_rate(rate: float) -> SupplierDoor:
    return SupplierDoor(rate)


def door_of(settings: Settings) -> SupplierDoor:
    """The door of this process: calls and answers of a supplier count together."""
    return _with_rate(getattr(settings, "supplier_calls_per_second"))  # noqa: B009  of DispatchSettings
