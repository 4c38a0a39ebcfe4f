"""Watches processes come back, and the supervisor's word on those that died without being killed.

Recovery is measured from the signal to the end of the process (a drain, or nothing) and from there to its
word that it can work. Seconds in which something is away that it leans on do not count: it could not be
ready. When the broker or the database comes back, all who lean on it are measured, too.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from deskcli.faults.targets import BACKING, BY_NAME

LOOK_SECONDS = 0.15
LIMIT_SECONDS = 30.0
EXPLAINED_SECONDS = 60.0  # a death is a kill's when the kill came so shortly before (a drain takes time)
_DIED = re.compile(r"^(\S+) died \((.+?)\)")


class Running(Protocol):
    """What is needed of `deskcli.system.System`."""

    def pids(self) -> dict[str, int]: ...

    def is_ready(self, name: str) -> bool: ...


@dataclass
class Recovery:
    """`signal` is empty for one who was not killed itself: then `because` came back."""

    name: str
    signal: str
    because: str
    pid: int | None
    ended: float = 0.0  # seconds from the signal to its end
    back: float = 0.0  # seconds from there to ready, as far as they count
    done: bool = False

    @property
    def in_time(self) -> bool:
        return self.done and self.ended <= LIMIT_SECONDS and self.back <= LIMIT_SECONDS


@dataclass
class Watch:
    """`say` takes the supervisor's messages; `deaths` are those that no kill explains."""

    system: Running
    clock: Callable[[], float] = time.monotonic
    recoveries: list[Recovery] = field(default_factory=list)
    deaths: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._killed: dict[str, float] = {}
        self._down: set[str] = set()
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._live, name="watch", daemon=True)
        self._looked = self.clock()

    def start(self) -> None:
        self._looked = self.clock()
        self._thread.start()

    def stop(self) -> None:
        self._end.set()
        self._thread.join()

    def killed(self, name: str, signal: str, pid: int, kept_down: bool) -> None:
        """Tell before the signal is sent. One that is kept down is measured when `started` says so."""
        with self._lock:
            self._killed[name] = self.clock()
            self._forget(name)
            if kept_down:
                self._down.add(name)
            else:
                self.recoveries.append(Recovery(name, signal, "", pid))

    def started(self, name: str, signal: str) -> None:
        """One that was kept down is being started."""
        with self._lock:
            self._down.discard(name)
            self.recoveries.append(Recovery(name, signal, "", None))

    def say(self, text: str) -> None:
        """Hear the supervisor."""
        found = _DIED.match(text)
        if found is None:
            return
        name, how = found.groups()
        with self._lock:
            if self.clock() - self._killed.get(name, float("-inf")) > EXPLAINED_SECONDS:
                self.deaths.append(f"{name} died ({how}) and nobody had killed it")

    def pending(self) -> list[str]:
        """Who is still on its way back, or kept down."""
        with self._lock:
            return sorted({each.name for each in self.recoveries if not each.done} | self._down)

    def look(self) -> None:
        """One look at all who are on their way back."""
        now = self.clock()
        passed, self._looked = now - self._looked, now
        with self._lock:
            waiting = [each for each in self.recoveries if not each.done]
        if not waiting:
            return
        pids = self.system.pids()
        ready = {name: self.system.is_ready(name) for name in {each.name for each in waiting} | BACKING}
        with self._lock:
            for each in waiting:
                self._judge(each, passed, pids.get(each.name), ready)

    def _judge(self, each: Recovery, passed: float, pid: int | None, ready: dict[str, bool]) -> None:
        if each.done:
            return
        if each.pid is not None and each.signal and pid == each.pid:
            each.ended += passed
            return
        if all(ready[name] for name in BY_NAME[each.name].leans_on):
            each.back += passed
        if pid is not None and ready[each.name]:
            each.done = True
            if each.name in BACKING:
                self._measure_dependents(each.name)

    def _measure_dependents(self, name: str) -> None:
        on_their_way = {each.name for each in self.recoveries if not each.done}
        for target in BY_NAME.values():
            if name in target.leans_on and target.name not in on_their_way | self._down:
                self.recoveries.append(Recovery(target.name, "", name, None))

    def _forget(self, name: str) -> None:
        """Killed again on its way back: that way has no end, the new one is measured."""
        self.recoveries[:] = [each for each in self.recoveries if each.done or each.name != name]

    def _live(self) -> None:
        while not self._end.wait(LOOK_SECONDS):
            self.look()
