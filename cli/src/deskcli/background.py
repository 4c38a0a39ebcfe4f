"""Work on the side while something else goes on, and waiting until something is so."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

from servicekit.embedded.programs import EmbeddedError

PATIENCE = 90.0  # seconds


class Background:
    """Runs a function in a thread that never keeps the program from ending, unlike an executor's."""

    def __init__(self, work: Callable[[], None]) -> None:
        self._error: BaseException | None = None
        self._work = work
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def result(self) -> None:
        """Wait for the end, and raise what the function raised."""
        self._thread.join()
        if self._error:
            raise self._error

    def _run(self) -> None:
        try:
            self._work()
        except BaseException as error:
            self._error = error


def wait_until(ready: Callable[[], bool], what: Callable[[], str], logs: Path) -> None:
    """Wait for something to become ready; raises EmbeddedError that names it and where to look."""
    deadline = time.monotonic() + PATIENCE
    while not ready():
        if time.monotonic() > deadline:
            raise EmbeddedError(f"{what()} was not ready within {PATIENCE:.0f} s; see {logs}.")
        time.sleep(0.05)
