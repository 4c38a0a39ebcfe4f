"""Where the marks of charts stand."""

from __future__ import annotations

from itertools import pairwise

import pytest
from gateway.pages.charts import PLANE, Part, bars, line, sparkline, stacked, ticks, width
from hypothesis import given
from hypothesis import strategies as st

COUNTS = st.lists(st.integers(0, 10_000), min_size=1, max_size=90)


@pytest.mark.parametrize(
    ("most", "expected"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (3, [0, 1, 2, 3]),
        (4, [0, 1, 2, 3, 4]),
        (7, [0, 2, 4, 6, 8]),
        (19, [0, 5, 10, 15, 20]),
        (100, [0, 50, 100]),
        (230, [0, 100, 200, 300]),
    ],
)
def test_a_scale_has_round_numbers(most: int, expected: list[int]) -> None:
    assert ticks(most) == expected


@given(st.integers(1, 10**7))
def test_a_scale_holds_everything_in_few_even_steps(most: int) -> None:
    found = ticks(most)
    steps = {after - before for before, after in pairwise(found)}
    assert found[0] == 0
    assert found[-1] >= most > found[-2]
    assert len(steps) == 1
    assert len(found) <= 6


@given(COUNTS)
def test_bars_stand_side_by_side_and_are_as_high_as_they_count(values: list[int]) -> None:
    top = ticks(max(values))[-1]
    marks = bars(values, top)
    for value, mark in zip(values, marks, strict=True):
        assert mark.height == pytest.approx(PLANE * value / top, abs=0.01)
        assert mark.y + mark.height == pytest.approx(PLANE, abs=0.02)
    for before, after in pairwise(marks):
        assert before.x + before.width < after.x
    assert marks[0].x >= 0
    assert marks[-1].x + marks[-1].width <= PLANE + 0.01


def test_a_line_runs_over_the_middle_of_the_bars() -> None:
    assert line([0, 5, 10, 5], 10) == "12.5,100 37.5,50 62.5,0 87.5,50"


def test_a_small_line_leaves_out_what_is_not_known() -> None:
    assert sparkline([10, None, 0]) == "0,5 100,95"
    assert sparkline([1]) == ""
    assert sparkline([None, None]) == ""
    assert sparkline([0, 0]) == "0,95 100,95"


@given(COUNTS)
def test_stacked_parts_fill_the_bar_without_holes(values: list[int]) -> None:
    parts = stacked([Part(str(place), value, "bar") for place, value in enumerate(values)])
    assert [part.value for part in parts] == [value for value in values if value]
    at = 0.0
    for part in parts:
        assert part.x == pytest.approx(at, abs=0.5)
        at += part.width
    assert not parts or at == pytest.approx(PLANE, abs=0.5)


def test_stacked_parts_take_their_share_of_a_larger_whole() -> None:
    (part,) = stacked([Part("in time", 3, "good")], 12)
    assert (part.x, part.width) == (0, 25)
    assert stacked([]) == []


def test_what_is_there_at_all_is_seen() -> None:
    assert width(0, 10) == 0
    assert width(1, 100_000) > 0
    assert width(5, 10) == 50
    assert width(20, 10) == PLANE
