"""The way round: each order once, what presses first, and then the nearest next."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from dispatch.domain.walking import TASK, Step, Stop, Why, apart, route
from hypothesis import given
from hypothesis import strategies as st

from ..samples import NOW  # noqa: TID252  samples of this service alone

PATHS = (
    "", "Terrein", "De Sluis", "De Sluis / Verdieping 0 / Balie", "De Sluis / Verdieping 1 / 1.02",
    "De Sluis / Verdieping 3 / 3.07", "De Sluis / Verdieping 3 / 3.12", "De Kade / Verdieping 1 / K1.03",
)  # fmt: skip
moments = st.integers(-300, 900).map(lambda minutes: NOW + timedelta(minutes=minutes))


def stops() -> st.SearchStrategy[list[Stop]]:
    details = {
        "path": st.sampled_from(PATHS),
        "priority": st.sampled_from(["P1", "P2", "P3", "P4"]),
        "due": st.none() | moments,
        "planned": st.none() | moments,
        "begun": st.booleans(),
    }
    many = st.lists(st.fixed_dictionaries(details), max_size=12)
    return many.map(lambda made: [Stop(f"{number:02}", **one) for number, one in enumerate(made)])


def before(minutes: int) -> datetime:
    return NOW + timedelta(minutes=minutes)


def walked(*made: Stop) -> list[tuple[str, str]]:
    return [(step.stop.key, step.why.value) for step in route(made, NOW)]


@given(stops())
def test_each_order_stands_in_the_list_once(made: list[Stop]) -> None:
    assert sorted(step.stop.key for step in route(made, NOW)) == [stop.key for stop in made]


@given(stops(), st.randoms(use_true_random=False))
def test_the_list_does_not_depend_on_how_it_came_in(made: list[Stop], chance: object) -> None:
    mixed = list(made)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert route(mixed, NOW) == route(made, NOW)


@given(stops())
def test_what_would_come_too_late_on_the_way_round_goes_before_it(made: list[Stop]) -> None:
    steps = route(made, NOW)
    pressing = {Why.LATE, Why.DANGER, Why.PROMISED}
    on_the_way = [place for place, step in enumerate(steps) if step.why not in pressing | FIXED]
    for place, step in enumerate(steps):
        if step.why in pressing:
            assert all(place < other for other in on_the_way)
    # What is left on the way round is in time, even when only the work itself is counted.
    for place in on_the_way:
        due = steps[place].stop.due
        assert due is None or due >= NOW + (place + 1) * TASK


FIXED = {Why.BEGUN, Why.PLANNED}


@given(stops())
def test_what_presses_goes_by_danger_and_then_by_its_promise(made: list[Stop]) -> None:
    found = [step.stop for step in route(made, NOW) if step.why in {Why.LATE, Why.DANGER, Why.PROMISED}]
    assert found == sorted(
        found, key=lambda s: (s.priority != "P1", s.due.isoformat() if s.due else "9", s.priority, s.key)
    )


@given(stops())
def test_every_reason_is_true(made: list[Stop]) -> None:
    here: Stop | None = None
    for step in route(made, NOW):
        assert holds(step, here), step
        here = step.stop


def holds(step: Step, here: Stop | None) -> bool:
    stop, why = step.stop, step.why
    if here and here.parts and stop.parts and why.value.startswith(("same_", "next_")):
        return apart(here, stop)[0] == ["same_room", "same_floor", "same_building", "next_building"].index(
            why
        )
    says = {
        Why.BEGUN: stop.begun,
        Why.DANGER: stop.priority == "P1",
        Why.LATE: stop.due is not None and stop.due <= NOW and step.moment == stop.due,
        Why.PROMISED: stop.due is not None and step.moment == stop.due,
        Why.PLANNED: stop.planned is not None and step.moment == stop.planned,
        Why.FIRST: bool(stop.parts) and (here is None or not here.parts),
        Why.NO_PLACE: not stop.parts,
    }
    return says.get(why, False)


def test_one_floor_is_done_before_the_next_and_one_building_before_the_other() -> None:
    places = {"a": PATHS[7], "b": PATHS[6], "c": PATHS[4], "d": PATHS[5], "e": PATHS[6]}
    assert walked(*(Stop(key, path) for key, path in places.items())) == [
        ("c", "first"),
        ("b", "same_building"),
        ("e", "same_room"),
        ("d", "same_floor"),
        ("a", "next_building"),
    ]


def test_what_was_promised_soon_goes_before_what_lies_nearer() -> None:
    near, far = Stop("near", PATHS[4]), Stop("far", PATHS[7], due=before(50))
    assert walked(near, far, Stop("also", PATHS[4])) == [
        ("far", "promised"), ("also", "next_building"), ("near", "same_room"),
    ]  # fmt: skip
    assert walked(near, Stop("also", PATHS[4]), Stop("far", PATHS[7], due=before(600)))[-1][0] == "far"


def test_what_somebody_is_at_is_where_the_way_round_begins() -> None:
    assert walked(Stop("a", PATHS[4]), Stop("b", PATHS[6]), Stop("c", PATHS[5], begun=True)) == [
        ("c", "begun"), ("b", "same_floor"), ("a", "same_building"),
    ]  # fmt: skip


@pytest.mark.parametrize(("minutes", "place"), [(-10, 0), (20, 0), (45, 1), (500, 2)])
def test_what_has_a_moment_stands_where_that_comes(minutes: int, place: int) -> None:
    made = [Stop("a", PATHS[4]), Stop("b", PATHS[4]), Stop("x", PATHS[7], planned=before(minutes))]
    found = [key for key, _ in walked(*made)]
    assert found.index("x") == place


def test_without_a_place_it_comes_last_and_says_so() -> None:
    assert walked(Stop("a"), Stop("b", PATHS[4])) == [("b", "first"), ("a", "no_place")]


def test_a_hundred_orders_are_put_in_order_at_once() -> None:
    made = [
        Stop(f"{number:03}", PATHS[number % len(PATHS)], "P3", before(number * 7)) for number in range(100)
    ]
    assert len(route(made, NOW)) == 100


def test_the_way_down_is_by_the_nearest_floor_and_door() -> None:
    here = Stop("h", "De Sluis / Verdieping 3 / 3.12")
    by_distance = [
        "De Sluis / Verdieping 3 / 3.12", "De Sluis / Verdieping 3 / 3.10", "De Sluis / Verdieping 3 / 3.01",
        "De Sluis / Verdieping 2 / 2.11", "De Sluis / Verdieping 0 / Balie", "De Kade / Verdieping 1 / K1.03",
        "",
    ]  # fmt: skip
    found = [apart(here, Stop("x", path)) for path in by_distance]
    assert found == sorted(found)
    assert len(set(found)) == len(found)
