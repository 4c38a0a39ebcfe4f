"""Who of a team is not there, on a real database: who enters it, who reads why, and where their orders go."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from dispatch.domain.absences import Reason
from dispatch.domain.errors import AssigneeAbsent
from dispatch.handlers import absences
from dispatch.handlers.assigning import assign_work_order
from dispatch.handlers.reading import get_work_order
from servicekit.actor import Actor
from servicekit.errors import Forbidden, Invalid, NotFound

from ..samples import NOW, TEAM  # noqa: TID252  samples of this service alone
from .conftest import House
from .test_assigning import BAS, OTHERS, PETRA, member, say, take_work_order
from .test_assigning import given_out as given_out

DAY = timedelta(days=1)
LEAD = Actor(
    "person",
    PETRA.id,
    "Petra",
    frozenset({"team", "team_lead"}),
    provider_id=str(TEAM.provider_id),
)


def absent(
    house: House, who: Actor = BAS, by: Actor = LEAD, start: timedelta = -DAY, end: timedelta = 3 * DAY
) -> dict[str, Any]:
    with house.work(actor=by) as work:
        return absences.save_absence(
            work, UUID(who.id), who.name, NOW + start, NOW + end, Reason.ILL, "Griep"
        )


def has(house: House, who: Actor = BAS) -> dict[str, Any]:
    return say(house, take_work_order, who)


def order(house: House) -> dict[str, Any]:
    with house.work(actor=PETRA) as work:
        return get_work_order(work, house.orders()["move"]["work_order_id"])


def listed(house: House, by: Actor) -> list[dict[str, Any]]:
    with house.work(actor=by) as work:
        found: list[dict[str, Any]] = absences.list_absences(work)["items"]
    return found


def sweep(house: House, after: timedelta) -> None:
    """What the timer does."""
    with house.work(now=NOW + after) as work:
        due = absences.begun(work)
    for absence_id in due:
        with house.work(now=NOW + after) as work:
            absences.bring_back(work, absence_id)


def test_the_orders_of_who_is_absent_now_are_the_teams_again_and_say_from_whom(given_out: House) -> None:
    has(given_out)
    absent(given_out)
    found = order(given_out)
    assert found["assignee"] is None
    assert (found["came_back"]["from"], found["came_back"]["why"]) == ("Bas", "absent")
    assert found["state"] == "accepted"
    assert found["history"][-1]["action"] == "come_back"
    assert found["came_back"]["reason"] is None


def test_they_go_back_when_the_absence_begins_and_once(given_out: House) -> None:
    has(given_out)
    absent(given_out, start=DAY)
    sweep(given_out, DAY - timedelta(minutes=1))
    assert order(given_out)["assignee"]
    sweep(given_out, DAY)
    assert order(given_out)["assignee"] is None
    has(given_out)
    sweep(given_out, DAY + timedelta(minutes=1))
    assert order(given_out)["assignee"]["name"] == "Bas"


def test_the_lead_sees_how_many_there_are_and_has_them_back_before_it_begins(given_out: House) -> None:
    has(given_out)
    made = absent(given_out, start=DAY)
    assert made["orders"] == 1
    with given_out.work(actor=LEAD) as work:
        assert absences.return_orders(work, made["absence_id"])["returned"] == 1
    assert order(given_out)["assignee"] is None
    assert listed(given_out, LEAD)[0]["orders"] == 0


def test_what_is_planned_after_they_are_back_stays_theirs(given_out: House) -> None:
    has(given_out)
    given_out.does("move", "schedule", actor=BAS, planned_from=NOW + 5 * DAY)
    absent(given_out)
    assert order(given_out)["assignee"]["name"] == "Bas"


def test_nothing_is_put_on_who_is_absent(given_out: House) -> None:
    absent(given_out)
    with pytest.raises(AssigneeAbsent):
        say(given_out, assign_work_order, account_id=UUID(BAS.id), name="Bas")
    assert has(given_out)["assignee"]["name"] == "Bas"  # who takes it themselves is there


def test_an_order_for_after_the_absence_may_be_put_on_them(given_out: House) -> None:
    has(given_out, PETRA)
    given_out.does("move", "schedule", actor=PETRA, planned_from=NOW + 5 * DAY)
    absent(given_out)
    done = say(given_out, assign_work_order, account_id=UUID(BAS.id), name="Bas", reason="Hij kent het daar")
    assert done["assignee"]["name"] == "Bas"


def test_one_enters_ones_own_absence_and_the_lead_anybodys(given_out: House) -> None:
    assert absent(given_out, by=BAS)["name"] == "Bas"
    with pytest.raises(Forbidden):
        absent(given_out, who=PETRA, by=BAS)
    given_out.has(OTHERS)
    with pytest.raises(Forbidden):
        absent(given_out, who=PETRA, by=member("Tom", OTHERS))


def test_why_is_between_them_and_their_lead(given_out: House) -> None:
    absent(given_out)
    assert [listed(given_out, who)[0]["reason"] for who in (BAS, LEAD)] == ["ill", "ill"]
    colleague = listed(given_out, member("Noor"))[0]
    assert (colleague["reason"], colleague["note"], colleague["can_change"]) == (None, None, False)


def test_ending_it_lets_work_be_put_on_them_again(given_out: House) -> None:
    made = absent(given_out)
    with given_out.work(actor=member("Noor")) as work, pytest.raises(Forbidden):
        absences.end_absence(work, made["absence_id"])
    with given_out.work(actor=member("Tom", OTHERS)) as work, pytest.raises(NotFound):
        absences.end_absence(work, made["absence_id"])
    with given_out.work(actor=LEAD) as work:
        assert absences.end_absence(work, made["absence_id"])["ended"]
    assert listed(given_out, LEAD) == []
    assert say(given_out, assign_work_order, account_id=UUID(BAS.id), name="Bas")["assignee"]


def test_one_that_had_not_begun_is_gone_when_it_is_ended(given_out: House) -> None:
    made = absent(given_out, start=DAY)
    with given_out.work(actor=LEAD) as work:
        assert not absences.end_absence(work, made["absence_id"])["ended"]
    assert listed(given_out, LEAD) == []


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [(2, 1, "end"), (-3, -2, "end"), (0, 400, "end"), (1, 2, "start")],
)
def test_an_absence_that_cannot_be_is_refused(start: int, end: int, field: str, given_out: House) -> None:
    absent(given_out, start=DAY / 2, end=5 * DAY)
    with pytest.raises(Invalid) as refused:
        absent(given_out, start=start * DAY, end=end * DAY)
    assert field in refused.value.errors
