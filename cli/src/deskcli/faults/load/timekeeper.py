"""The demo clock: time passes in leaps, so that deadlines are broken and silence closes things."""

from __future__ import annotations

import random
import threading
from pathlib import Path

LEAPS = (30 * 60, 2 * 3600, 2 * 3600, 5 * 3600, 26 * 3600)
EVERY_SECONDS = (6.0, 20.0)


class Timekeeper:
    """Moves the clock of the file on; never back, that is a test of its own."""

    def __init__(self, clock: Path, chance: random.Random, stop: threading.Event) -> None:
        self._clock = clock
        self._chance = chance
        self._stop = stop
        self._thread = threading.Thread(target=self._live, name="load time", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def join(self, seconds: float) -> bool:
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _live(self) -> None:
        while not self._stop.wait(self._chance.uniform(*EVERY_SECONDS)):
            move_clock(self._clock, self._chance.choice(LEAPS))


def move_clock(clock: Path, seconds: float) -> None:
    """On, or back when negative; in one step, so that nobody reads half a number."""
    offset = float(clock.read_text(encoding="ascii").strip() or 0) + seconds
    fresh = clock.with_suffix(".new")
    fresh.write_text(f"{offset:.0f}\n", encoding="ascii")
    fresh.replace(clock)
