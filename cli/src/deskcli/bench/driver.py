"""Runs the load generator and hears what came of it."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import urlsplit

from servicekit.embedded.programs import die_with_parent
from servicekit.ids import new_id

from deskcli.bench import load
from deskcli.bench.load import Outcome

MOST = 30_000  # requests in one load, whatever the time
GRACE_SECONDS = 90.0


@dataclass(frozen=True)
class Plan:
    """One load. The requests are sent in order, and again from the first unless `count` ends it."""

    host: str
    port: int
    requests: Sequence[dict[str, Any]]
    clients: int
    seconds: float
    wanted: tuple[int, ...] = (200, 201)
    count: int = MOST
    rate: float = 0.0  # per second, all clients together; 0: as fast as the answers come
    key: str = ""  # with it every request carries an Idempotency-Key of its own


@dataclass(frozen=True)
class Target:
    """Where loads go."""

    url: str
    headers: dict[str, str] = field(default_factory=dict)

    def plan(self, requests: Sequence[dict[str, Any]], clients: int, seconds: float, **more: Any) -> Plan:
        parts = urlsplit(self.url)
        assert parts.hostname
        assert parts.port
        dressed = [
            {**request, "headers": {**self.headers, **request.get("headers", {})}} for request in requests
        ]
        return Plan(parts.hostname, parts.port, dressed, clients, seconds, **more)


def unique_key() -> str:
    """The beginning of the Idempotency-Keys of one load."""
    return f"bench-{new_id()}"


def generate(plan: Plan, on_start: Callable[[], None] = lambda: None) -> Outcome:
    """Send a load from a process of its own. `on_start` is called just before the first request."""
    process = subprocess.Popen(
        [sys.executable, "-P", load.__file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=die_with_parent(),  # noqa: PLW1509 - calls the kernel and nothing else
    )
    assert process.stdin
    assert process.stdout
    try:
        process.stdin.write(json.dumps(asdict(plan)) + "\n")
        process.stdin.flush()
        if process.stdout.readline().strip() != "ready":
            raise RuntimeError(f"the load generator could not connect to {plan.host}:{plan.port}")
        on_start()
        said, _ = process.communicate("go\n", timeout=plan.seconds + GRACE_SECONDS)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
    return Outcome(**json.loads(said))


def percentile(values: Sequence[float], percent: float) -> float:
    """The nearest rank; 0 when there are none."""
    if not values:
        return 0.0
    ordered = sorted(values)
    return ordered[max(0, math.ceil(percent / 100 * len(ordered)) - 1)]
