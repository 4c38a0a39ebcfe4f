"""Waits until everything that was begun is done, and repairs what a person would repair."""

from __future__ import annotations

import time
from collections.abc import Callable

from servicekit.clock import ShiftedClock
from servicekit.embedded.programs import EmbeddedError

from deskcli.backlog import Backlog
from deskcli.faults.client import Client
from deskcli.faults.evidence.reading import busy_supplier, failed_deliveries, overdue
from deskcli.system import System

LIMIT_SECONDS = 300.0  # the longest delays: retries of facts after two minutes, leases of claims
REPAIRS = 5


def settle(system: System, desk: Client, say: Callable[[str], None]) -> dict[str, int]:
    """Answers what still waits when patience has ended; nothing, when all is well."""
    began = time.monotonic()
    with Backlog(system.urls) as backlog:
        for _ in range(REPAIRS):
            try:
                backlog.wait(LIMIT_SECONDS)
                _supplier_is_done(system)
                _timers_are_done(system)
                backlog.wait(LIMIT_SECONDS)
            except EmbeddedError as error:
                say(str(error))
                break
            if not _redeliver(system, desk):
                break
        say(f"settled in {time.monotonic() - began:.0f} s")
        return {**backlog.left(), **backlog.failed()}


def _supplier_is_done(system: System) -> None:
    """The demo supplier moves its orders on by itself; it must not be in the middle of that."""
    until = time.monotonic() + LIMIT_SECONDS
    while busy := busy_supplier(system.urls):
        if time.monotonic() > until:
            raise EmbeddedError(f"the supplier still has {busy} orders in hand")
        time.sleep(0.5)


def _timers_are_done(system: System) -> None:
    """What time alone brings about (silence that closes, deadlines that break) has been brought about."""
    clock, until = ShiftedClock(system.layout.clock), time.monotonic() + LIMIT_SECONDS
    while due := overdue(system.urls, clock.now()):
        if time.monotonic() > until:
            raise EmbeddedError(f"{due} requests are due for a timer and it does not come")
        time.sleep(0.5)


def _redeliver(system: System, desk: Client) -> int:
    """A delivery that was given up while the supplier was away is in the desk's list, to be tried again."""
    repaired = 0
    for order_id in failed_deliveries(system.urls):
        order = desk.read(f"/work-orders/{order_id}")
        if order and "does not agree" not in str((order.get("delivery") or {}).get("error")):
            deed = desk.command(
                "order:redeliver", f"/work-orders/{order_id}/redeliver", subject=order_id,
                version=order["version"],
            )  # fmt: skip
            repaired += deed.accepted
    return repaired
