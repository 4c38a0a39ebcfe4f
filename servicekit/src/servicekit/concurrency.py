"""What service code may use of greenlets without importing eventlet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import eventlet
from eventlet.event import Event
from eventlet.greenpool import GreenPool


class Wake:
    """A bell: `wait` returns early when somebody rings. Ringing twice before anyone waits counts once."""

    def __init__(self) -> None:
        self._event = Event()

    def set(self) -> None:
        if not self._event.ready():
            self._event.send(True)

    def wait(self, seconds: float) -> bool:
        """True when it rang within `seconds`."""
        with eventlet.Timeout(seconds, False):
            self._event.wait()
        if self._event.ready():
            self._event = Event()
            return True
        return False


class Stop:
    """Tells a loop that it must end."""

    def __init__(self) -> None:
        self._event = Event()

    def set(self) -> None:
        if not self._event.ready():
            self._event.send(True)

    def is_set(self) -> bool:
        return bool(self._event.ready())

    def wait(self, seconds: float) -> bool:
        """True as soon as the loop must end, False after `seconds`."""
        with eventlet.Timeout(seconds, False):
            self._event.wait()
        return self.is_set()


class Pool:
    """At most `size` things at once; `spawn` waits for a free place."""

    def __init__(self, size: int) -> None:
        self._pool = GreenPool(size)

    def spawn(self, function: Callable[..., Any], *args: Any) -> None:
        self._pool.spawn_n(function, *args)

    def free(self) -> int:
        return int(self._pool.free())

    def running(self) -> int:
        return int(self._pool.running())

    def wait_all(self, seconds: float) -> bool:
        """True when all have ended within `seconds`."""
        with eventlet.Timeout(seconds, False):
            self._pool.waitall()
        return self._pool.running() == 0


def gather(functions: Iterable[Callable[[], Any]]) -> list[Any]:
    """Run them side by side; answers their results in order. An exception of one is raised, after all have
    ended.
    """
    greenlets = [eventlet.spawn(function) for function in functions]
    results: list[Any] = []
    faults: list[Exception] = []
    for greenlet in greenlets:
        try:
            results.append(greenlet.wait())
        except Exception as error:
            faults.append(error)
    if faults:
        raise faults[0]
    return results
