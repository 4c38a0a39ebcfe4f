"""The calendar of a team on a real database: what stands in it, what is against a moment, and planning."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from dispatch.domain.errors import AssigneeAbsent, MissingDetail, PlanConflicts
from dispatch.handlers.assigning import take_work_order
from dispatch.handlers.profiles import save_provider_profile
from dispatch.handlers.week_plan import check_plan, get_team_calendar, plan_work_order
from servicekit.actor import Actor
from servicekit.errors import Invalid, NotFound

from ..samples import AGENT, NOW, TEAM  # noqa: TID252  samples of this service alone
from .conftest import House
from .test_absences import LEAD, absent
from .test_assigning import BAS, OTHERS, PETRA, member
from .test_work_lists import ZONE, lists
from .test_work_lists import busy as busy

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
TOMORROW = NOW + DAY


def named(house: House, room: str) -> dict[str, Any]:
    orders: list[dict[str, Any]] = lists(house)["items"]
    return next(one for one in orders if one["location"]["path"].endswith(room))


def plan(house: House, room: str, by: Actor = LEAD, to: Actor | None = BAS, **more: Any) -> dict[str, Any]:
    known = named(house, room)
    on = {"account_id": UUID(to.id), "name": to.name} if to else {}
    given = {"planned_from": TOMORROW, "planned_until": TOMORROW + HOUR, **on, **more}
    with house.work(actor=by) as work:
        return plan_work_order(work, known["work_order_id"], known["version"], **given)


def week(house: House, by: Actor = PETRA, **more: Any) -> dict[str, Any]:
    with house.work(actor=by) as work:
        return get_team_calendar(work, NOW - DAY, NOW + 6 * DAY, **more)


def against(order: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [(each["against"].value, each["label"]) for each in order["conflicts"]]


def test_an_order_is_accepted_put_on_somebody_and_planned_in_one_go(busy: House) -> None:
    done = plan(busy, "3.12")
    assert (done["state"], done["assignee"]["name"]) == ("scheduled", "Bas")
    assert (done["planned_from"], done["planned_until"]) == (TOMORROW, TOMORROW + HOUR)
    (shown,) = week(busy)["orders"]
    assert (shown["number"], shown["conflicts"]) == (done["number"], [])
    assert done["number"] not in [one["number"] for one in week(busy)["to_plan"]]


def test_or_the_requester_is_asked_first_and_the_proposal_stands_in_the_week(busy: House) -> None:
    done = plan(busy, "3.12", ask=True)
    assert (done["state"], done["planned_from"], done["appointment"]["state"]) == (
        "accepted",
        None,
        "proposed",
    )
    (shown,) = week(busy)["orders"]
    assert [window["from"] for window in shown["proposed"]] == [TOMORROW.isoformat()]
    assert done["number"] not in [one["number"] for one in week(busy)["to_plan"]]


def test_a_second_order_at_that_moment_is_pointed_out_and_done_when_one_says_so(busy: House) -> None:
    first = plan(busy, "3.12")
    with pytest.raises(PlanConflicts) as refused:
        plan(busy, "3.07")
    assert refused.value.errors == {"anyway": ["double"]}
    known = named(busy, "3.07")
    with busy.work(actor=LEAD) as work:
        found = check_plan(work, known["work_order_id"], TOMORROW, None, UUID(BAS.id), "Bas")["conflicts"]
    assert [(one["against"].value, one["label"]) for one in found] == [("double", first["number"])]
    second = plan(busy, "3.07", anyway=True)
    shown = {one["number"]: against(one) for one in week(busy)["orders"]}
    assert shown == {
        first["number"]: [("double", second["number"])],
        second["number"]: [("double", first["number"])],
    }


def test_moving_an_order_is_not_against_itself(busy: House) -> None:
    plan(busy, "3.12")
    moved = plan(busy, "3.12", planned_from=TOMORROW + HOUR / 2, planned_until=TOMORROW + HOUR)
    assert moved["planned_from"] == TOMORROW + HOUR / 2


def test_another_person_may_have_it_at_that_moment(busy: House) -> None:
    plan(busy, "3.12")
    assert plan(busy, "3.07", to=PETRA)["state"] == "scheduled"


def test_after_the_promise_and_outside_the_hours_are_pointed_out(busy: House) -> None:
    hours = [{"days": [1, 2, 3, 4, 5], "start": "07:30", "end": "17:30"}]
    with busy.work(actor=AGENT) as work:
        save_provider_profile(work, TEAM.provider_id, 0, ZONE, [], [], hours, None, [], {}, [])
    night = NOW + 3 * DAY + 12 * HOUR
    with pytest.raises(PlanConflicts) as refused:
        plan(busy, "3.12", planned_from=night, planned_until=night + HOUR)
    assert refused.value.errors["anyway"] == ["closed", "after_promise"]


def test_an_absent_person_gets_nothing_whatever_is_said(busy: House) -> None:
    absent(busy)
    with pytest.raises(AssigneeAbsent):
        plan(busy, "3.12", anyway=True)
    assert plan(busy, "3.12", planned_from=NOW + 3 * DAY, planned_until=None, anyway=True)["assignee"]
    assert [one["name"] for one in week(busy)["absences"]] == ["Bas"]


def test_what_was_planned_for_who_turns_out_to_be_absent_is_shown(busy: House) -> None:
    plan(busy, "3.12")
    absent(busy, start=HOUR)
    (shown,) = week(busy)["orders"]
    assert against(shown) == [("person_absent", "Bas")]


def test_a_colleagues_order_goes_on_with_a_reason(busy: House) -> None:
    plan(busy, "3.12")
    with pytest.raises(MissingDetail):
        plan(busy, "3.12", to=PETRA)
    assert plan(busy, "3.12", to=PETRA, reason="Bas heeft cursus")["assignee"]["name"] == "Petra"


def test_the_week_of_one_person_has_theirs_and_what_they_could_take(busy: House) -> None:
    plan(busy, "3.12")
    plan(busy, "3.07", to=PETRA)
    known = named(busy, "1.02")
    with busy.work(actor=PETRA) as work:
        take_work_order(work, known["work_order_id"], known["version"])
    his = week(busy, person=UUID(BAS.id))
    assert [one["assignee"]["name"] for one in his["orders"]] == ["Bas"]
    assert known["number"] not in [one["number"] for one in his["to_plan"]]


def test_a_team_sees_its_own_week_and_the_desk_that_of_any(busy: House) -> None:
    plan(busy, "3.12")
    assert week(busy, member("Tom", OTHERS))["orders"] == []
    with pytest.raises(NotFound):
        week(busy, member("Tom", OTHERS), provider_id=TEAM.provider_id)
    assert len(week(busy, AGENT, provider_id=TEAM.provider_id)["orders"]) == 1


def test_what_lies_outside_the_time_that_is_asked_for_is_not_shown(busy: House) -> None:
    plan(busy, "3.12")
    with busy.work(actor=PETRA) as work:
        assert get_team_calendar(work, NOW + 2 * DAY, NOW + 3 * DAY)["orders"] == []
        with pytest.raises(Invalid):
            get_team_calendar(work, NOW, NOW + 50 * DAY)


def test_who_leads_and_does_no_work_themselves_plans_for_the_team(busy: House) -> None:
    only = Actor("person", LEAD.id, "Petra", frozenset({"team_lead"}), provider_id=str(TEAM.provider_id))
    done = plan(busy, "3.12", by=only)
    assert done["assignee"]["name"] == "Bas"
    assert set(done["actions"]) == {"assign", "schedule", "propose"}
    assert len(week(busy, only)["orders"]) == 1
