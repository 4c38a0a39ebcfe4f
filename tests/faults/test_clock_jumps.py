"""The clock jumps, forwards and back, while people work: nothing is lost, nothing is run twice."""

from __future__ import annotations

import time

from deskcli.faults.load.timekeeper import move_clock

from .house import House

HOUR = 3600.0
JUMPS = (5 * HOUR, -7 * HOUR, 26 * HOUR, -3 * HOUR, 0.5 * HOUR, -0.2 * HOUR, 50 * HOUR)


def test_hours_forwards_and_back_lose_nothing(house: House) -> None:
    with house.at_work(seed=4):
        for jump in JUMPS:
            time.sleep(2)
            move_clock(house.system.layout.clock, jump)
    house.assert_all_is_right()
