"""Work on the side while something else goes on."""

from __future__ import annotations

import threading
from collections.abc import Callable


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
