"""How long to wait before each new attempt, and how to be stopped meanwhile."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator


def pauses(first: float = 0.5, longest: float = 30.0) -> Iterator[float]:
    """Seconds: growing, bounded, and not in step with everybody else."""
    pause = first
    while True:
        yield pause * random.uniform(0.5, 1.0)
        pause = min(longest, pause * 2)


class Stopping:
    """Whether to stop, to be said in a signal handler and waited for in the main thread.

    Not a threading.Event: the handler interrupts the main thread, which may just hold the event's lock; and
    a signal that the system hands to another thread does not wake a main thread that waits for a lock.
    """

    LOOK_SECONDS = 0.1

    def __init__(self) -> None:
        self._said = False

    def __bool__(self) -> bool:
        return self._said

    def say(self) -> None:
        self._said = True

    def wait(self, seconds: float = float("inf")) -> None:
        """Until it is said, or so many seconds have passed."""
        until = time.monotonic() + seconds
        while not self._said and (left := until - time.monotonic()) > 0:
            time.sleep(min(left, self.LOOK_SECONDS))
