"""How often somebody may call, and when too much is a flood."""

from __future__ import annotations

import pytest
from dispatch.domain.flood import BURST_SECONDS, WINDOW_SECONDS, Crowd
from hypothesis import given
from hypothesis import strategies as st

RATE = 10.0
BURST = int(RATE * BURST_SECONDS)


def test_a_burst_comes_in_and_what_is_more_must_wait_a_tenth_of_a_second() -> None:
    crowd = Crowd(RATE)
    assert [crowd.call("vonk", 0.0) for _ in range(BURST)] == [0.0] * BURST
    assert crowd.call("vonk", 0.0) == pytest.approx(0.1)


def test_who_waits_as_told_comes_in() -> None:
    crowd = Crowd(RATE)
    now = 0.0
    for _ in range(BURST + 50):
        wait = crowd.call("vonk", now)
        if wait:
            now += wait + 1e-9
            assert crowd.call("vonk", now) == 0.0
    assert not crowd.floods("vonk", now)


def test_one_that_calls_too_often_costs_another_nothing() -> None:
    crowd = Crowd(RATE)
    for _ in range(1000):
        crowd.call("vonk", 0.0)
    assert crowd.call("kabel", 0.0) == 0.0
    assert (crowd.floods("vonk", 0.0), crowd.floods("kabel", 0.0)) == (True, False)


def test_a_flood_is_ten_seconds_worth_of_refusals_within_a_window() -> None:
    crowd = Crowd(RATE)
    for _ in range(BURST + crowd.flood):
        crowd.call("vonk", 0.0)
    assert not crowd.floods("vonk", 0.0)
    crowd.call("vonk", 0.0)
    assert crowd.floods("vonk", 0.0)


def test_refusals_of_an_earlier_window_are_forgotten() -> None:
    crowd = Crowd(RATE)
    for _ in range(1000):
        crowd.call("vonk", 0.0)
    assert crowd.refusals("vonk", WINDOW_SECONDS) == 0


@given(st.lists(st.floats(0, 0.3), max_size=400))
def test_over_any_time_no_more_come_in_than_the_rate_and_one_burst(pauses: list[float]) -> None:
    crowd, now, entered = Crowd(RATE), 0.0, 0
    for pause in pauses:
        now += pause
        entered += crowd.call("vonk", now) == 0.0
    assert entered <= BURST + now * RATE + 1
