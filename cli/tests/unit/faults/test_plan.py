"""The plan of a play: all of it follows from the seed."""

from __future__ import annotations

from collections import Counter
from itertools import accumulate

from deskcli.faults.plan import LONG_FROM, MINUTE, plan
from deskcli.faults.targets import BACKING, BY_NAME, TARGETS


def test_the_same_seed_makes_the_same_plan_and_another_seed_another() -> None:
    assert plan(50, 7) == plan(50, 7)
    assert plan(50, 7) != plan(50, 8)


def test_a_long_run_strikes_everything_takes_both_servers_away_for_a_minute_and_stays_in_time() -> None:
    for seed in range(20):
        blows = plan(200, seed)
        assert {blow.name for blow in blows} == {target.name for target in TARGETS}
        assert {blow.name for blow in blows if blow.away == MINUTE} == BACKING
        assert sum(blow.pause for blow in blows) < 10 * 60


def test_signals_are_those_of_the_table() -> None:
    for blow in plan(300, 3):
        assert blow.signal in dict(BY_NAME[blow.name].signals)
    assert len(Counter(blow.signal for blow in plan(300, 3))) == 3


def test_what_is_kept_away_is_not_struck_again_before_it_is_back() -> None:
    blows = plan(LONG_FROM * 3, 5)
    moments = list(accumulate(blow.pause for blow in blows))
    for at, blow in zip(moments, blows, strict=True):
        if blow.away:
            meanwhile = [
                other for moment, other in zip(moments, blows, strict=True) if at < moment < at + blow.away
            ]
            assert blow.name not in {other.name for other in meanwhile}


def test_a_short_run_keeps_nothing_away_for_longer_than_it_is_told() -> None:
    assert max(blow.away for seed in range(50) for blow in plan(15, seed, longest=5)) <= 5
