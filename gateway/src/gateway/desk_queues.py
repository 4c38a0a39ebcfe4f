"""The queues of the desk: lists of requests that somebody works from top to bottom. API and pages know the
same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from gateway.clients import Json, Services


@dataclass(frozen=True)
class Queue:
    """`wanted` are filters of a list of requests. `missed`: only those whose promise has passed.
    `pressing`: it should be empty. `order` is how it is worked.
    """

    name: str
    icon: str
    wanted: Mapping[str, Any] = field(default_factory=dict)
    missed: bool = False
    pressing: bool = False
    order: str = "promise"

    def filters(self, now: datetime) -> Json:
        return {**self.wanted, **({"promised_before": now} if self.missed else {})}


QUEUES = (
    # Each as long as it is open, also when somebody has it in hand.
    Queue("danger", "flame", {"open": True, "danger": True}, pressing=True, order="-received_at"),
    Queue("attention", "alert", {"open": True, "attention": True}, pressing=True),
    # While one waits for the requester, or for their budget holder, nothing of ours is late.
    Queue("missed", "clock", {"open": True, "waiting": False}, missed=True, pressing=True),
    Queue("triage", "scale", {"state": "triage"}),
    Queue("in_progress", "wrench", {"state": "in_progress"}),
    Queue("waiting", "hourglass", {"open": True, "waiting": True}),
    Queue("ready", "bell", {"state": "ready"}),
    Queue("open", "inbox", {"open": True}),
    Queue("all", "archive", {}, order="-received_at"),
)
BY_NAME = {queue.name: queue for queue in QUEUES}
# Everything there ever was: nobody works it, and counting it tells nothing.
UNCOUNTED = frozenset({"all"})


def counted(services: Services, now: datetime) -> Json:
    """{"counts": by name, "most": ..., "now": ...}; one call. What is not counted has 0."""
    lists = {queue.name: queue.filters(now) for queue in QUEUES if queue.name not in UNCOUNTED}
    found = services.intake.count_requests(lists)
    return {**found, "counts": {**dict.fromkeys(UNCOUNTED, 0), **found["counts"]}, "now": now}


def count_of(queue: Queue, found: Json) -> int | None:
    """For programs: None of what is not counted, since 0 would say that it is empty."""
    return None if queue.name in UNCOUNTED else found["counts"][queue.name]
