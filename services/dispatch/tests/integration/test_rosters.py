"""When each of a team works, on a real database: who says so, and what it does to planning and routing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from dispatch.domain.errors import PlanConflicts
from dispatch.handlers.profiles import list_providers, save_provider_profile
from dispatch.handlers.rosters import list_people, save_person_hours
from servicekit.actor import Actor
from servicekit.errors import Forbidden, Invalid, NotFound, Stale

from ..samples import AGENT, NOW, TEAM, known_id  # noqa: TID252  samples of this service alone
from .conftest import House
from .test_absences import LEAD, absent
from .test_assigning import BAS, OTHERS, PETRA, member
from .test_week_plan import TOMORROW, busy, plan, week
from .test_work_lists import ZONE

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
MORNINGS = [{"days": [1, 2, 3, 4, 5], "start": "08:00", "end": "12:00"}]
MANAGER = Actor("person", str(known_id("ria")), "Ria", frozenset({"manager"}))
assert busy  # the fixture


def works(
    house: House, who: Actor = BAS, hours: list[dict[str, Any]] | None = None, by: Actor = LEAD,
    version: int = 0, people: tuple[Actor, ...] = (BAS, PETRA),
) -> dict[str, Any]:  # fmt: skip
    of_team = [{"account_id": UUID(one.id), "name": one.name} for one in people]
    with house.work(actor=by) as work:
        return save_person_hours(work, TEAM.provider_id, UUID(who.id), version, ZONE, hours or [], of_team)


def people(house: House, by: Actor = PETRA) -> dict[str, dict[str, Any]]:
    with house.work(actor=by) as work:
        return {one["name"]: one for one in list_people(work, TEAM.provider_id)["items"]}


def team_works(house: House, capacity: int | None = None, absences: tuple[dict[str, Any], ...] = ()) -> None:
    hours = [{"days": [1, 2, 3, 4, 5], "start": "08:00", "end": "16:00"}]
    with house.work(actor=AGENT) as work:
        save_provider_profile(work, TEAM.provider_id, 0, ZONE, [], [], hours, capacity, absences, {}, [])


def test_the_lead_says_when_somebody_works_and_the_others_work_when_the_team_does(busy: House) -> None:
    team_works(busy)
    works(busy, hours=MORNINGS)
    found = people(busy)
    assert {name: (one["own"], one["hours"][0]["end"]) for name, one in found.items()} == {
        "Bas": (True, "12:00"),
        "Petra": (False, "16:00"),
    }
    again = works(busy, version=1, by=MANAGER)
    assert (again["own"], again["version"]) == (False, 2)


def test_who_left_the_team_does_not_count_any_more_and_who_came_does(busy: House) -> None:
    works(busy, hours=MORNINGS)
    noor = member("Noor", TEAM)
    works(busy, noor, hours=MORNINGS, people=(noor, PETRA))
    assert sorted(people(busy)) == ["Noor", "Petra"]


def test_only_who_leads_the_team_or_a_manager_says_it(busy: House) -> None:
    with pytest.raises(Forbidden):
        works(busy, by=PETRA)
    other_lead = Actor("person", str(known_id("x")), "X", frozenset({"team_lead"}),
                       provider_id=str(OTHERS.provider_id))  # fmt: skip
    with pytest.raises(NotFound):
        works(busy, by=other_lead)
    with pytest.raises(Invalid):
        works(busy, who=member("Tom", OTHERS))
    with pytest.raises(Stale):
        works(busy, version=3)


def test_planning_more_than_those_who_are_there_can_do_says_so(busy: House) -> None:
    team_works(busy)
    works(busy, hours=MORNINGS)
    absent(busy, PETRA, start=HOUR, end=2 * DAY)
    day = {one["on"]: one for one in week(busy)["days"]}["2026-11-24"]
    assert (day["capacity_minutes"], day["people"], day["present"]) == (240, 2, 1)
    hers = {one["on"]: one for one in week(busy, person=UUID(PETRA.id))["days"]}
    assert [hers[on]["capacity_minutes"] for on in ("2026-11-24", "2026-11-26")] == [0, 480]
    start = TOMORROW - 2 * HOUR  # 08:00 on the wall
    plan(busy, "3.12", planned_from=start, planned_until=start + 3 * HOUR)
    with pytest.raises(PlanConflicts) as refused:
        plan(busy, "3.07", to=None, planned_from=start, planned_until=start + 2 * HOUR)
    assert refused.value.errors == {"anyway": ["over_capacity"]}
    plan(busy, "3.07", to=None, planned_from=start, planned_until=start + 2 * HOUR, anyway=True)
    day = {one["on"]: one for one in week(busy)["days"]}["2026-11-24"]
    assert (day["planned_minutes"], day["over"]) == (300, True)


def test_an_absent_team_has_no_room_on_that_day(busy: House) -> None:
    team_works(busy, absences=({"start": NOW + HOUR, "end": NOW + 2 * DAY},))
    works(busy)
    with pytest.raises(PlanConflicts) as refused:
        plan(busy, "3.12")
    assert refused.value.errors == {"anyway": ["team_absent", "over_capacity"]}


def test_work_outside_the_hours_of_somebody_is_pointed_out(busy: House) -> None:
    team_works(busy)
    works(busy, hours=MORNINGS)
    afternoon = TOMORROW + 4 * HOUR
    with pytest.raises(PlanConflicts) as refused:
        plan(busy, "3.12", planned_from=afternoon, planned_until=afternoon + HOUR)
    assert refused.value.errors == {"anyway": ["person_closed"]}
    assert plan(busy, "3.12", to=PETRA, planned_from=afternoon, planned_until=afternoon + HOUR)["assignee"]


def test_a_team_takes_on_its_share_while_somebody_is_absent(busy: House) -> None:
    team_works(busy, capacity=6)
    works(busy)
    absent(busy)

    def shown() -> tuple[Any, ...]:
        with busy.work(actor=AGENT) as work:
            one = next(x for x in list_providers(work)["items"] if x["slug"] == TEAM.slug)
        return tuple(one[name] for name in ("capacity", "capacity_now", "people", "people_absent"))

    assert shown() == (6, 3, 2, 1)
    absent(busy, PETRA)
    assert shown() == (6, 0, 2, 2)
