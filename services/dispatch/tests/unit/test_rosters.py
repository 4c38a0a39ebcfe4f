"""When each of a team works, and what a day then has."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest
from dispatch.domain.conflicts import Against, Conflict, Span, conflicts
from dispatch.domain.profiles import Absence, Candidate, Lack, Need, Profile, lacks, left_of
from dispatch.domain.rosters import DayRoom, Person, Roster, over_capacity, room_on
from dispatch.domain.windows import Window

from ..samples import NOW, TEAM, known_id  # noqa: TID252  samples of this service alone

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MONDAY = date(2026, 11, 23)
MIDNIGHT = datetime(2026, 11, 22, 23, tzinfo=UTC)  # of that Monday on the wall
BAS, NOOR = known_id("bas"), known_id("noor")


def window(start: str, end: str, *days: int) -> Window:
    return Window(
        days or (1, 2, 3, 4, 5), time.fromisoformat(start), time.fromisoformat(end), "Europe/Amsterdam"
    )


TEAM_HOURS = Profile(hours=(window("08:00", "16:00"),))
MORNINGS = Person(NOOR, "Noor", (window("08:00", "12:00", 1, 2),))


def roster(*people: Person, profile: Profile = TEAM_HOURS, **away: list[Span]) -> Roster:
    ids = {"bas": BAS, "noor": NOOR}
    return Roster(
        people or (Person(BAS, "Bas"), MORNINGS), profile, {ids[who]: when for who, when in away.items()}
    )


def at(start: float, end: float | None = None) -> Span:
    """Hours on the wall of that Monday."""
    return Span(MIDNIGHT + start * HOUR, MIDNIGHT + end * HOUR if end is not None else None)


def capacity(of: Roster, on: date = MONDAY) -> tuple[int, int]:
    room = room_on(on, of, ())
    assert room is not None
    return room.capacity, room.present


def test_a_day_has_the_hours_of_each_of_the_team() -> None:
    assert capacity(roster()) == ((8 + 4) * 60, 2)
    assert capacity(roster(), MONDAY + 2 * DAY) == (8 * 60, 1)  # Noor does not work on Wednesday
    assert capacity(roster(), MONDAY + 5 * DAY) == (0, 0)


def test_who_is_absent_takes_their_hours_with_them() -> None:
    assert capacity(roster(bas=[at(0, 24)])) == (4 * 60, 1)
    assert capacity(roster(bas=[at(14, 48)])) == ((6 + 4) * 60, 2)
    assert capacity(roster(bas=[at(0, 24)], noor=[at(8, 10), at(9, 11)])) == (60, 1)


def test_of_an_absent_team_nobody_is_there() -> None:
    closed = replace(TEAM_HOURS, absences=(Absence(at(10).start, at(30).start),))
    assert capacity(roster(profile=closed)) == ((2 + 2) * 60, 2)
    closed = replace(TEAM_HOURS, absences=(Absence(at(0).start, at(30).start),))
    assert capacity(roster(profile=closed)) == (0, 0)


@pytest.mark.parametrize("of", [roster(profile=Profile()), Roster((), TEAM_HOURS, {})])
def test_without_people_or_hours_nothing_is_guessed(of: Roster) -> None:
    some = replace(of, people=tuple(replace(each, hours=()) for each in of.people))
    assert room_on(MONDAY, some, ()) is None
    assert over_capacity(at(8, 23), some, ()) == []


def test_hours_that_overlap_count_once_and_a_night_belongs_to_the_day_on_which_it_begins() -> None:
    twice = Person(BAS, "Bas", (window("08:00", "12:00"), window("10:00", "14:00")))
    assert capacity(roster(twice)) == (6 * 60, 1)
    night = Person(BAS, "Bas", (window("22:00", "06:00", 1),))
    assert capacity(roster(night)) == (8 * 60, 1)
    assert capacity(roster(night), MONDAY + DAY) == (0, 0)


def test_a_night_in_which_the_clock_goes_back_has_an_hour_more() -> None:
    night = Person(BAS, "Bas", (window("22:00", "06:00", 6),))
    assert capacity(roster(night), date(2026, 10, 24)) == (9 * 60, 1)


def test_what_is_planned_counts_as_far_as_it_lies_in_the_working_day() -> None:
    room = room_on(MONDAY, roster(), [at(9, 10), at(15, 20), at(-30, 9), at(40, 41), at(11)])
    assert room == DayRoom(MONDAY, 720, 60 + 60 + 60, 2, 2, open_ended=1)


def test_planning_more_than_those_who_are_there_can_do_is_pointed_out() -> None:
    few = roster(bas=[at(0, 24)])
    assert over_capacity(at(8, 10), few, [at(8, 10)]) == []
    assert over_capacity(at(8, 11), few, [at(8, 10)]) == [
        Conflict(Against.OVER_CAPACITY, None, at(0).start, at(24).start, 300, 240)
    ]


def test_of_work_of_several_days_the_first_that_is_too_full_is_named() -> None:
    (found,) = over_capacity(at(8, 40), roster(MORNINGS), [at(32, 36)])
    assert found.start == at(24).start


def test_work_that_goes_past_a_weekend_is_not_too_much_for_it() -> None:
    friday_to_monday = Span(at(8).start + 4 * DAY, at(12).start + 7 * DAY)
    assert over_capacity(friday_to_monday, roster(), []) == []
    saturday = room_on(MONDAY + 5 * DAY, roster(), [friday_to_monday])
    assert saturday is not None
    assert (saturday.people, saturday.capacity, saturday.is_over) == (0, 0, False)


def test_an_order_of_years_is_looked_through_for_its_first_days_alone() -> None:
    late = Span(at(8).start + 70 * DAY, at(12).start + 70 * DAY)
    years = Span(at(8).start, at(8).start + 4_000 * DAY)
    assert over_capacity(years, roster(), [late, late]) == []


def test_who_has_hours_of_their_own_is_asked_for_those_and_not_for_the_hours_of_the_team() -> None:
    assert conflicts(at(8, 12), TEAM_HOURS, None, own=MORNINGS) == []
    assert conflicts(at(11, 13), TEAM_HOURS, None, own=MORNINGS) == [Conflict(Against.PERSON_CLOSED, "Noor")]
    late = Person(NOOR, "Noor", (window("16:00", "20:00"),))
    assert conflicts(at(17, 18), TEAM_HOURS, None, own=late) == []
    assert [one.against for one in conflicts(at(17, 18), TEAM_HOURS, None, own=Person(BAS, "Bas"))] == [
        "closed"
    ]


@pytest.mark.parametrize(
    ("capacity", "people", "away", "left"),
    [(10, 0, 0, 10), (10, 4, 0, 10), (10, 4, 1, 8), (10, 4, 4, 0), (1, 3, 2, 1)],
)
def test_a_team_takes_on_its_share_with_those_who_are_there(
    capacity: int, people: int, away: int, left: int
) -> None:
    assert left_of(capacity, people, away) == left


@pytest.mark.parametrize(
    ("people", "away", "in_hand", "lack"),
    [
        (4, 0, 9, []),
        (4, 1, 7, []),
        (4, 1, 8, [Lack.FULL]),
        (2, 2, 0, [Lack.ABSENT, Lack.FULL]),
        (0, 0, 9, []),
    ],
)
def test_orders_are_routed_by_what_those_who_are_there_can_have(
    people: int, away: int, in_hand: int, lack: list[Lack]
) -> None:
    team = Candidate(TEAM, Profile(capacity=10), (), in_hand, people=people, away=away)
    assert lacks(team, (Need.PRESENT, Need.ROOM), None, NOW) == lack
    assert team.load >= Candidate(TEAM, Profile(capacity=10), (), in_hand).load


def test_people_are_found_by_their_account() -> None:
    assert roster().person(str(NOOR)) == MORNINGS
    assert roster().person(UUID(int=1)) is None
    assert roster().person(None) is None
