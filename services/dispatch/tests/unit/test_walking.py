"""A work list in order: each order once, what presses first, and then the nearest next."""

from __future__ import annotations

from datetime import timedelta

import pytest
from dispatch.domain.walking import By, How, Leg, Step, Stop, Travel, Why, apart, in_order
from hypothesis import given
from hypothesis import strategies as st

from ..samples import NOW  # noqa: TID252  samples of this service alone

PATHS = (
    "", "Terrein", "De Sluis", "De Sluis / Verdieping 0 / Balie", "De Sluis / Verdieping 1 / 1.02",
    "De Sluis / Verdieping 3 / 3.07", "De Sluis / Verdieping 3 / 3.12", "De Kade / Verdieping 1 / K1.03",
)  # fmt: skip
moments = st.integers(-300, 900).map(lambda minutes: NOW + timedelta(minutes=minutes))
ORDER = [Why.BEGUN, Why.DANGER, Why.LATE, Why.TODAY, Why.CAN_WAIT]


def stops() -> st.SearchStrategy[list[Stop]]:
    details = {
        "path": st.sampled_from(PATHS),
        "priority": st.sampled_from(["P1", "P2", "P3", "P4"]),
        "due": st.none() | moments,
        "due_today": st.booleans(),
        "begun": st.booleans(),
    }
    many = st.lists(st.fixed_dictionaries(details), max_size=12)
    return many.map(lambda made: [Stop(f"{number:02}", **one) for number, one in enumerate(made)])


def walked(*made: Stop, travel: Travel | None = None) -> list[str]:
    return [step.stop.key for step in in_order(made, By.ROUND, NOW, travel or {})]


def legs(*made: Stop, travel: Travel | None = None) -> list[Leg | None]:
    return [step.leg for step in in_order(made, By.ROUND, NOW, travel or {})]


@given(stops(), st.sampled_from(By))
def test_each_order_stands_in_the_list_once(made: list[Stop], by: By) -> None:
    assert sorted(step.stop.key for step in in_order(made, by, NOW)) == [stop.key for stop in made]


@given(stops(), st.sampled_from(By), st.randoms(use_true_random=False))
def test_the_list_does_not_depend_on_how_it_came_in(made: list[Stop], by: By, chance: object) -> None:
    mixed = list(made)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert in_order(mixed, by, NOW) == in_order(made, by, NOW)


@given(stops(), st.sampled_from([By.URGENCY, By.ROUND]))
def test_what_presses_more_never_stands_behind_what_presses_less(made: list[Stop], by: By) -> None:
    ranks = [ORDER.index(step.why) for step in in_order(made, by, NOW)]
    assert ranks == sorted(ranks)


@given(stops())
def test_what_is_late_goes_by_its_promise(made: list[Stop]) -> None:
    late = [step.stop.due for step in in_order(made, By.ROUND, NOW) if step.why is Why.LATE]
    assert late == sorted(moment for moment in late if moment)


@given(stops())
def test_on_the_way_nothing_nearer_is_passed_by(made: list[Stop]) -> None:
    steps = in_order(made, By.ROUND, NOW)
    free = [place for place, step in enumerate(steps) if step.why is Why.CAN_WAIT]
    for place in free[1:]:
        here, there = steps[place - 1].stop, steps[place].stop
        if here.parts:
            later = [steps[other].stop for other in free if other > place]
            far = list(How).index(apart(here, there)[0])
            assert all(far <= list(How).index(apart(here, other)[0]) for other in later)


@given(stops())
def test_every_leg_is_true_and_no_minute_is_invented(made: list[Stop]) -> None:
    here: Stop | None = None
    for step in in_order(made, By.ROUND, NOW):
        assert step.leg == (Leg(apart(here, step.stop)[0]) if here else None)
        here = step.stop


@given(stops())
def test_only_a_way_round_has_legs(made: list[Stop]) -> None:
    assert not any(step.leg for by in (By.URGENCY, By.PLACE) for step in in_order(made, by, NOW))


@pytest.mark.parametrize(
    ("stop", "why"),
    [
        (Stop("a", priority="P1", begun=True), Why.BEGUN),
        (Stop("a", priority="P1", due=NOW), Why.DANGER),
        (Stop("a", due=NOW, due_today=True), Why.LATE),
        (Stop("a", due=NOW + timedelta(minutes=1), due_today=True), Why.TODAY),
        (Stop("a", due=NOW + timedelta(days=1)), Why.CAN_WAIT),
        (Stop("a"), Why.CAN_WAIT),
    ],
)
def test_how_much_an_order_presses(stop: Stop, why: Why) -> None:
    assert in_order([stop], By.URGENCY, NOW) == [Step(stop, why)]


def test_one_floor_is_done_before_the_next_and_one_building_before_the_other() -> None:
    places = {"a": PATHS[7], "b": PATHS[6], "c": PATHS[4], "d": PATHS[5], "e": PATHS[6]}
    made = [Stop(key, path) for key, path in places.items()]
    assert walked(*made) == ["c", "d", "b", "e", "a"]
    assert [leg and leg.how.value for leg in legs(*made)] == [
        None, "same_building", "same_floor", "same_room", "other_building",
    ]  # fmt: skip


def test_by_place_buildings_go_by_name_then_floor_by_floor_and_door_by_door() -> None:
    paths = {"high": PATHS[6], "door": PATHS[5], "kade": PATHS[7], "low": PATHS[4], "nowhere": ""}
    made = [Stop(key, path) for key, path in paths.items()]
    found = [step.stop.key for step in in_order(made, By.PLACE, NOW)]
    assert found == ["kade", "low", "door", "high", "nowhere"]


def test_what_was_promised_for_today_goes_before_what_lies_nearer() -> None:
    near, far = Stop("near", PATHS[4]), Stop("far", PATHS[7], due=NOW + timedelta(hours=1), due_today=True)
    assert walked(near, far, Stop("also", PATHS[4])) == ["far", "also", "near"]


def test_what_somebody_is_at_is_where_the_way_round_begins() -> None:
    made = [Stop("a", PATHS[4]), Stop("b", PATHS[6]), Stop("c", PATHS[5], begun=True)]
    assert walked(*made) == ["c", "b", "a"]


def test_minutes_that_the_organisation_gave_are_on_the_leg_and_decide_which_building_is_next() -> None:
    made = [Stop("a", "A / 1", begun=True), Stop("b", "B / 1"), Stop("c", "C / 1"), Stop("d", "D / 1")]
    travel = {frozenset({"A", "C"}): 12, frozenset({"C", "D"}): 3, frozenset({"A", "D"}): 30}
    assert walked(*made, travel=travel) == ["a", "c", "d", "b"]
    assert [leg.minutes if leg else None for leg in legs(*made, travel=travel)] == [None, 12, 3, None]


def test_without_a_place_it_comes_last_and_says_so() -> None:
    made = [Stop("a"), Stop("b", PATHS[4])]
    assert walked(*made) == ["b", "a"]
    assert legs(*made) == [None, Leg(How.UNKNOWN)]


def test_the_way_round_begins_where_there_is_most_to_do() -> None:
    assert walked(Stop("a", "A / 1"), Stop("b", "B / 2"), Stop("c", "B / 1")) == ["c", "b", "a"]


def test_the_way_down_is_by_the_nearest_floor_and_door() -> None:
    here = Stop("h", "De Sluis / Verdieping 3 / 3.12")
    paths = [
        "De Sluis / Verdieping 3 / 3.12", "De Sluis / Verdieping 3 / 3.10", "De Sluis / Verdieping 3 / 3.01",
        "De Sluis / Verdieping 2 / 2.11", "De Sluis / Verdieping 0 / Balie", "De Kade / Verdieping 1 / K1.03",
        "",
    ]  # fmt: skip
    mixed = [Stop(f"{9 - number}", path) for number, path in enumerate(paths)]
    begun = Stop("h", here.path, begun=True)
    assert walked(begun, *reversed(mixed)) == ["h", *(stop.key for stop in mixed)]
