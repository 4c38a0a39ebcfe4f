"""Keeps out who floods the desk, so that the calls of the others get through.

Who sends calls under its own name is known at once. Messages that name nobody cannot be told apart by what is
in them: the broker's figures say through whose connections they come.
"""

from __future__ import annotations

from collections import Counter

from servicekit.concurrency import Stop
from servicekit.logs import logger

from dispatch.admission import Admission
from dispatch.channels.broker_admin import BrokerAdminAway, Connection
from dispatch.domain.flood import WINDOW_SECONDS
from dispatch.supplier_door import NOBODY, SupplierDoor

LOOK_SECONDS = 1.0
SAMPLE_SECONDS = 6.0  # the broker's figures are new every five
QUIET_BYTES = 20_000  # per second, from one user; whoever sends less is not the flood

log = logger("guard")


class DoorGuard:
    def __init__(self, door: SupplierDoor, admission: Admission) -> None:
        self._door = door
        self._admission = admission

    def run(self, stop: Stop) -> None:
        while not stop.is_set():
            self._door.bell.wait(LOOK_SECONDS)
            for who in self._door.take_floods():
                try:
                    self._deal_with(who, stop)
                except BrokerAdminAway as error:
                    log.warning("a flood could not be stopped yet", user=who, error=error)

    def _deal_with(self, who: str, stop: Stop) -> None:
        if who == NOBODY:
            self._find_who_sends(stop)
            return
        self._admission.suspend(
            who, f"It went on calling within {WINDOW_SECONDS:g} seconds of being told to wait, far too often."
        )

    def _find_who_sends(self, stop: Stop) -> None:
        before = self._admission.connections()
        if stop.wait(SAMPLE_SECONDS):
            return
        user, received = loudest(before, self._admission.connections())
        if received < QUIET_BYTES * SAMPLE_SECONDS:
            log.warning("messages come that name no sender, and no supplier stands out")
            return
        self._admission.suspend(
            user, f"It sent {received // 1024} kB within seconds of messages that name no sender."
        )


def loudest(before: list[Connection], after: list[Connection]) -> tuple[str, int]:
    """Who sent most between two looks, and how many bytes."""
    known = {connection.name: connection.received for connection in before}
    sent: Counter[str] = Counter()
    for connection in after:
        sent[connection.user] += connection.received - known.get(connection.name, 0)
    return sent.most_common(1)[0] if sent else ("", 0)
