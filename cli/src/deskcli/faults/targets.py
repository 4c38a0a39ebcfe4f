"""What can be killed, how, how often in proportion, and what leans on it. One row per process."""

from __future__ import annotations

import signal
from dataclasses import dataclass

BACKING = frozenset({"postgres", "rabbitmq"})


@dataclass(frozen=True)
class Target:
    """`signals` with their weights. `longest`: for how many seconds it may be kept away; 0: never on purpose.

    PostgreSQL's orderly stop is SIGINT; SIGTERM would wait for its clients to leave by themselves.
    """

    name: str
    weight: float
    signals: tuple[tuple[signal.Signals, int], ...] = ((signal.SIGKILL, 7), (signal.SIGTERM, 3))
    leans_on: frozenset[str] = BACKING
    longest: float = 0.0


TARGETS = (
    Target("intake", 4),
    Target("dispatch", 4),
    Target("gateway", 3),
    Target("monitoring", 3),
    Target("notifications", 3),
    Target("catalog", 1),
    Target("supplier-vonk-val", 2.5, leans_on=frozenset({"rabbitmq"}), longest=20),
    Target("supplier-lepel-lade", 2, leans_on=frozenset(), longest=20),
    Target("mailbox", 0.8, leans_on=frozenset(), longest=10),
    Target("rabbitmq", 1.2, leans_on=frozenset(), longest=60),
    Target(
        "postgres", 1.2, ((signal.SIGKILL, 7), (signal.SIGINT, 3)), leans_on=frozenset(), longest=60
    ),
)  # fmt: skip
BY_NAME = {target.name: target for target in TARGETS}
