"""Facts: events of other services, handled once in effect.

All subscriptions of a service share one queue, read by one greenlet. What has come is handled as one batch
in one transaction (a single fact when it is quiet, up to MAX_BATCH under load). When anything in a batch
fails, the batch is rolled back and its facts are handled one by one; the one that fails again is parked
with a growing delay, and in the end goes to the error queue with its reason. Only when the database is
away does everything wait.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from nameko.extensions import Entrypoint

from servicekit.entrypoints.inbox import FactQueue


class OnEvent(Entrypoint):
    """`@on_event("intake.request_accepted")` on a method that takes a Message."""

    queue = FactQueue()

    def __init__(self, event: str, version: int = 1, **options: Any) -> None:
        super().__init__(**options)
        self.event = event
        self.version = version

    def setup(self) -> None:
        self.queue.register(self)

    def stop(self) -> None:
        self.queue.drain()


on_event = partial(OnEvent.decorator)
