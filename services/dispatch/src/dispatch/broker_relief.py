"""What to do when the suppliers' broker runs out of memory: find out for whose sake, and let go of it.

A message may be announced with any size, and RabbitMQ keeps what has come of it until it is whole: only then
it looks at how large it may be. When its memory is full it stops reading from everybody who publishes, the
desk too. Its figures stand still as well, so that they do not say who it is. But the memory is free again as
soon as that one's connections are closed. So they are closed, supplier by supplier, until it is; the others
connect again within a second. Whoever it was twice is suspended: once may be chance.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from typing import Protocol

from servicekit.logs import logger

from dispatch.channels.broker_admin import BrokerAdmin

EASED_SECONDS = 5.0  # RabbitMQ looks at its memory every two and a half
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
        open_now = Counter(connection.user for connection in self._admin.connections())
        for user, _ in open_now.most_common():
            self._admin.close(user)
            if self._eases():
                self._caught_in_the_act(user, admission)
                return user
        return None

    def _eases(self) -> bool:
        limit = time.monotonic() + EASED_SECONDS
        while time.monotonic() < limit:
            self._pause(LOOK_SECONDS)
            if not self._admin.is_out_of_memory():
                return True
        return False

    def _caught_in_the_act(self, user: str, admission: Suspends) -> None:
        log.warning("the broker's memory was free when connections were closed", user=user)
        now, before = time.monotonic(), self._caught.get(user)
        self._caught[user] = now
        if before is not None and now - before < REMEMBERED_SECONDS:
            admission.suspend(user, "It filled the memory of the broker, twice within ten minutes.")
