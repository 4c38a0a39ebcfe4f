"""Takes accepted orders through their work: plan, start, complete, with a pause between.

The desk's own word on the order says what comes next, so that it does not matter when this program was
stopped, or whether somebody else moved the order on.
"""

from __future__ import annotations

import heapq
import logging
import threading
import time
from datetime import datetime
from typing import Any, Protocol

from supplierkit import DeskError, DeskUnavailable

from demo_supplier.trade import INSTALLATIONS, Trade

log = logging.getLogger("demo_supplier")

LOOK_AGAIN_SECONDS = 5.0


class Teller(Protocol):
    """The part of a Supplier that is needed here."""

    def look_up(self, order: str) -> dict[str, Any]: ...

    def accept(self, order: str) -> Any: ...

    def progress(self, order: str, action: str, **details: Any) -> Any: ...

    def complete(
        self, order: str, note: str | None = None, cost_cents: int | None = None, **record: Any
    ) -> Any: ...


class Foreman:
    def __init__(self, desk: Teller, step_seconds: float, trade: Trade = INSTALLATIONS) -> None:
        self._desk = desk
        self._trade = trade
        self._step_seconds = step_seconds
        self._due: list[tuple[float, str]] = []
        self._changed = threading.Condition()
        self._stopped = False

    def start(self) -> None:
        threading.Thread(target=self._run, name="foreman", daemon=True).start()

    def stop(self) -> None:
        with self._changed:
            self._stopped = True
            self._changed.notify()

    def take(self, number: str, after: float | None = None) -> None:
        """See to the order `after` so many seconds, if that is not to be done already."""
        with self._changed:
            if any(waiting == number for _, waiting in self._due):
                return
            heapq.heappush(self._due, (time.monotonic() + (after or self._step_seconds), number))
            self._changed.notify()

    def _run(self) -> None:
        while (number := self._next()) is not None:
            try:
                again = self.move_on(number)
            except DeskUnavailable as error:
                log.warning("order %s: %s", number, error)
                again = LOOK_AGAIN_SECONDS
            except DeskError as error:
                log.info("order %s: the desk says no: %s", number, error)
                again = None
            if again is not None:
                self.take(number, again)

    def _next(self) -> str | None:
        with self._changed:
            while not self._stopped:
                wait = self._due[0][0] - time.monotonic() if self._due else None
                if wait is not None and wait <= 0:
                    return heapq.heappop(self._due)[1]
                self._changed.wait(wait)
        return None

    def move_on(self, number: str) -> float | None:
        """Do what comes next; answers after how many seconds to look again, or None when there is no more to
        do.
        """
        order = self._desk.look_up(number)
        state, trade = order["state"], self._trade
        if state == "issued":  # accepted here, but the desk has not heard it yet
            return LOOK_AGAIN_SECONDS
        if state == "accepted":
            begins = datetime.fromisoformat(order["issued_at"]) + trade.begins_after
            self._desk.progress(number, "schedule", planned_from=begins, planned_until=begins + trade.takes)
        elif state == "scheduled":
            self._desk.progress(number, "start")
        elif state == "in_progress":
            points = list(range(len(order.get("checklist") or ())))
            self._desk.complete(number, note=trade.done, cost_cents=trade.cost_cents, checklist=points)
            return None
        else:
            return LOOK_AGAIN_SECONDS if state == "paused" else None
        return self._step_seconds
