"""Pauses and stops."""

from __future__ import annotations

import time
from itertools import islice

from supplierkit.waiting import Stopping, pauses


def test_pauses_grow_and_are_bounded() -> None:
    waits = list(islice(pauses(1.0, 4.0), 50))
    assert 0.5 <= waits[0] <= 1.0
    assert all(2.0 <= wait <= 4.0 for wait in waits[2:])


def test_waiting_ends_when_stopping_is_said_and_else_by_time() -> None:
    stopping = Stopping()
    began = time.monotonic()
    stopping.wait(0.15)
    assert 0.15 <= time.monotonic() - began < 5
    assert not stopping
    stopping.say()
    assert stopping
    stopping.wait()
