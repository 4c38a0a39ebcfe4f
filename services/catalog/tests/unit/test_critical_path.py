"""The longest way through a process, and whether it fits in what is promised."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from catalog.domain.critical_path import WORKING_DAY, critical_path
from catalog.domain.values import Step, Term, Text
from hypothesis import given
from hypothesis import strategies as st


def step(key: str, days: int | None, *after: str) -> Step:
    term = Term(days, "working_days") if days is not None else None
    return Step(key, Text(key, key), "huisdienst", after, term)


MOVE = [step("it", 4), step("furniture", 3), step("clean", 1, "it", "furniture")]


@pytest.mark.parametrize(
    ("promise", "too_long"),
    [
        (Term(5, "working_days"), False),
        (Term(4, "working_days"), True),
        (Term(5 * WORKING_DAY, "working_minutes"), False),
        (Term(5 * WORKING_DAY - 1, "minutes"), True),
        (Term(4, "calendar_days"), True),
        (None, False),
    ],
)
def test_the_longest_path_is_held_against_the_promise(promise: Term | None, too_long: bool) -> None:
    found = critical_path(MOVE, promise)
    assert found is not None
    assert (found.steps, found.minutes, found.too_long) == (("it", "clean"), 5 * WORKING_DAY, too_long)


def test_steps_side_by_side_do_not_add_up() -> None:
    found = critical_path([step("a", 2), step("b", 2), step("c", 2)], Term(2, "working_days"))
    assert found is not None
    assert (found.steps, found.too_long) == (("a",), False)


def test_a_step_without_a_term_is_named_as_silent() -> None:
    found = critical_path([step("a", 1), step("b", None, "a")], None)
    assert found is not None
    assert (found.steps, found.silent) == (("a", "b"), ("b",))


def test_a_process_that_cannot_run_has_no_longest_path() -> None:
    assert critical_path([step("a", 1, "b"), step("b", 1, "a")], None) is None
    assert critical_path([step("a", 1, "gone")], None) is None
    assert critical_path([], Term(1, "working_days")) is None


@st.composite
def processes(draw: st.DrawFn) -> list[Step]:
    """Acyclic, of any shape, in any order."""
    steps: list[Step] = []
    for number in range(draw(st.integers(1, 7))):
        keys = [each.key for each in steps]
        after = draw(st.sets(st.sampled_from(keys), max_size=3)) if keys else set()
        steps.append(step(f"s{number}", draw(st.none() | st.integers(1, 9)), *sorted(after)))
    return draw(st.permutations(steps))


def every_path(steps: Sequence[Step]) -> list[tuple[str, ...]]:
    by_key = {each.key: each for each in steps}

    def to(key: str) -> list[tuple[str, ...]]:
        before = [path for needed in by_key[key].depends_on for path in to(needed)]
        return [(*path, key) for path in before or [()]]

    return [path for key in by_key for path in to(key)]


@given(processes())
def test_no_path_takes_longer_than_the_longest(steps: list[Step]) -> None:
    days = {each.key: each.lead_time.amount if each.lead_time else 0 for each in steps}
    found = critical_path(steps, None)
    assert found is not None
    assert found.steps in every_path(steps)
    assert found.minutes == WORKING_DAY * max(sum(days[key] for key in path) for path in every_path(steps))
