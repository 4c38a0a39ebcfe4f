"""What anybody may do, nobody may do without end."""

from __future__ import annotations

from gateway.often import HELPED, MOST_KNOWN, Bound, Often

FEW = Bound("few", 2, 60)


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_more_often_than_the_bound_is_too_often_until_the_window_is_over() -> None:
    often = Often(clock := Clock())
    assert [often.may(FEW, "network 10.0.0.1") for _ in range(4)] == [True, True, False, False]
    clock.now = 60.0
    assert often.may(FEW, "network 10.0.0.1")


def test_one_visitor_does_not_use_up_what_another_may_nor_one_thing_another() -> None:
    often = Often(Clock())
    for _ in range(9):
        often.may(FEW, "network 10.0.0.1")
    assert often.may(FEW, "network 10.0.0.2")
    assert often.may(HELPED, "network 10.0.0.1")


def test_a_crowd_of_addresses_does_not_fill_the_memory() -> None:
    often = Often(Clock())
    for number in range(MOST_KNOWN + 500):
        often.may(FEW, f"network {number}")
    assert len(often._windows["few"][1]) == MOST_KNOWN + 1
    assert often.may(FEW, "network 1"), "who was known before the crowd came is counted by themselves"
    assert not often.may(FEW, "network of the crowd")
