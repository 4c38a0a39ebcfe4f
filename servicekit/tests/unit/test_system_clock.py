"""When the system's clock is set back, what waits goes on waiting for as long as it was told, no longer."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from servicekit.clock import ShiftedClock
from servicekit.concurrency import Pool, Stop, Wake

HOUR = 3600.0
SHORT = 0.05


@pytest.fixture
def set_back(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Set the clock back by an hour, and by another at every look."""
    real, turned = time.time, [0.0]

    def earlier_each_time() -> float:
        turned[0] += HOUR
        return real() - turned[0]

    return lambda: monkeypatch.setattr(time, "time", earlier_each_time)


@pytest.mark.parametrize(
    "wait",
    [
        lambda: Wake().wait(SHORT),
        lambda: Stop().wait(SHORT),
        lambda: _busy_pool().wait_all(SHORT),
    ],
    ids=["a bell", "the end", "a pool"],
)
def test_a_wait_takes_as_long_as_it_was_told(wait: Callable[[], bool], set_back: Callable[[], None]) -> None:
    set_back()
    began = time.monotonic()
    assert wait() is False
    assert SHORT * 0.9 <= time.monotonic() - began < 2


def test_the_demo_clock_is_looked_at_again_as_soon_as_ever(
    tmp_path: Path, set_back: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ShiftedClock, "LOOK_EVERY_SECONDS", 0.0)
    file = tmp_path / "offset"
    file.write_text("0")
    clock = ShiftedClock(file)
    before = clock.now()
    set_back()
    file.write_text(str(HOUR))
    assert clock.now() - before > timedelta(minutes=59)


def _busy_pool() -> Pool:
    pool = Pool(1)
    pool.spawn(lambda: Stop().wait(SHORT * 4))
    return pool
