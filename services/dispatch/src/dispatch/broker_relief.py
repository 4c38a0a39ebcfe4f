"""What to do when the suppliers' broker runs out of memory: find out for whose sake, and let go of it.

A message may be announced with any size, and RabbitMQ keeps what has come of it until it is whole: only then
it looks at how large it may be. When its memory is full it stops reading from everybody who publishes, the
desk too. Its figures stand still as well, so that they do not say who it is. But the memory is free again as
soon as that one's connections are gone. So they are closed, supplier by supplier, until it is; the others
connect again within a second. A program that does not answer when it is told goes half a minute later: as
long as it holds on, nobody else is looked at, or the next one would be blamed for it. Whoever it was twice is
suspended: once may be chance.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from typing import Protocol

from servicekit.logs import logger

from dispatch.channels.broker_admin import BrokerAdmin

EASED_SECONDS = 5.0  # after the connections went; RabbitMQ looks at its memory every two and a half
HELD_SECONDS = 40.0  # RabbitMQ waits 30 for the word of a client that it tells to go
REMEMBERED_SECONDS = 600.0
LOOK_SECONDS = 0.5

log = logger("relief")


class Suspends(Protocol):
    """What is needed of dispatch.admission.Admission."""

    def suspend(self, user: str, reason: str) -> None: ...


class BrokerRelief:
    """One per process. `pause` waits so many seconds."""

    def __init__(self, admin: BrokerAdmin, pause: Callable[[float], object] = time.sleep) -> None:
        self._admin = admin
        self._pause = pause
        self._caught: dict[str, float] = {}

    def look(self, admission: Suspends) -> str | None:
        """Answers whose connections it was, if anybody's. Raises BrokerAdminAway."""
        if not self._admin.is_out_of_memory():
            return None
        log.warning("the suppliers' broker is out of memory")
        told: defaultdict[str, set[str]] = defaultdict(set)  # names of connections
        for connection in self._admin.connections():
            told[connection.user].add(connection.name)
        for user in sorted(told, key=lambda user: -len(told[user])):
            self._admin.close(user)
            if self._eases(told[user]):
                self._caught_in_the_act(user, admission)
                return user
        return None

    def _eases(self, told: set[str]) -> bool:
        """Whether the memory is free soon after the last of these connections is gone."""
        closed = time.monotonic()
        limit = closed + EASED_SECONDS
        while (now := time.monotonic()) < limit:
            self._pause(LOOK_SECONDS)
            if not self._admin.is_out_of_memory():
                return True
            if now < closed + HELD_SECONDS and self._hold_on(told):
                limit = now + EASED_SECONDS
        return False

    def _hold_on(self, told: set[str]) -> bool:
        return any(connection.name in told for connection in self._admin.connections())

    def _caught_in_the_act(self, user: str, admission: Suspends) -> None:
        log.warning("the broker's memory was free when connections were closed", user=user)
        now, before = time.monotonic(), self._caught.get(user)
        self._caught[user] = now
        if before is not None and now - before < REMEMBERED_SECONDS:
            admission.suspend(user, "It filled the memory of the broker, twice within ten minutes.")
