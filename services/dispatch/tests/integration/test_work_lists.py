"""The list of a team on a real database: whose, in what order, and who may see it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from dispatch.domain.assignment import Whose
from dispatch.domain.walking import By
from dispatch.domain.work_order_states import Action
from dispatch.handlers import work_lists
from dispatch.handlers.acting import act_on_work_order
from dispatch.handlers.assigning import take_work_order
from dispatch.handlers.reading import list_work_orders
from dispatch.handlers.terms import save_order_terms
from dispatch.handlers.work_lists import get_work_list
from dispatch.storage.reading import Filter
from servicekit.actor import Actor
from servicekit.errors import Invalid, NotFound

from ..samples import AGENT, NOW, TEAM, known_id, step  # noqa: TID252  samples of this service alone
from .conftest import House
from .test_assigning import BAS, OTHERS, PETRA, member

ZONE = "Europe/Amsterdam"
# Of each request: its place, its priority, and in how many minutes its promise ends.
WORK = {
    "kade": ("De Kade / Verdieping 1 / K1.03", "P3", 3000),
    "high": ("De Sluis / Verdieping 3 / 3.12", "P3", 3000),
    "low": ("De Sluis / Verdieping 1 / 1.02", "P3", 3000),
    "beside": ("De Sluis / Verdieping 3 / 3.07", "P3", 3000),
    "soon": ("De Kade / Verdieping 1 / K1.01", "P2", 40),
}


@pytest.fixture
def busy(house: House) -> House:
    """A request of each, with one order of the Huisdienst."""
    house.has(OTHERS)
    house.publishes(step("repair"))
    for name, (path, priority, minutes) in WORK.items():
        due = (NOW + timedelta(minutes=minutes)).isoformat().replace("+00:00", "Z")
        location = {"location_id": str(known_id(path)), "name": path[-4:], "path": path, "lies_in": []}
        house.hears_accepted(
            request=name, priority=priority, location=location, promise={"resolve_by": due, "respond_by": due}
        )
    return house


def lists(house: House, actor: Actor = PETRA, **asked: Any) -> dict[str, Any]:
    with house.work(actor=actor) as work:
        return get_work_list(work, ZONE, **{"order": By.ROUND, **asked})


def rooms(found: dict[str, Any], part: str | None = None) -> list[str]:
    orders = [one for one in found["items"] if part in (None, one["turn"]["part"])]
    return [order["location"]["path"].rpartition(" / ")[2] for order in orders]


def take(house: House, room: str, actor: Actor = PETRA) -> dict[str, Any]:
    orders = lists(house, whose=Whose.TEAM)["items"]
    known = next(one for one in orders if one["location"]["path"].endswith(room))
    with house.work(actor=actor) as work:
        return take_work_order(work, known["work_order_id"], known["version"])


def test_what_was_promised_for_today_comes_first_and_then_floor_by_floor(busy: House) -> None:
    found = lists(busy)
    assert rooms(found) == ["K1.01", "K1.03", "1.02", "3.07", "3.12"]
    turns = [order["turn"] for order in found["items"]]
    assert [turn["number"] for turn in turns] == [1, 2, 3, 4, 5]
    assert [turn["why"] for turn in turns] == ["today", *["can_wait"] * 4]
    assert [turn["leg"] and turn["leg"]["how"] for turn in turns] == [
        None, "same_floor", "other_building", "same_building", "same_floor",
    ]  # fmt: skip
    assert all(turn["leg"]["minutes"] is None for turn in turns[1:])


def test_minutes_between_buildings_are_those_that_managers_gave(busy: House) -> None:
    way = {"between": ["De Kade", "De Sluis"], "minutes": 12}
    with busy.work(actor=AGENT) as work:
        work.routing.hear_places([(known_id(name), name) for name in ("De Kade", "De Sluis")], NOW)
        save_order_terms(work, 0, cost_margin_percent=10, travel=[way])
    assert [order["turn"]["leg"]["minutes"] for order in lists(busy)["items"][1:]] == [None, 12, None, None]


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["De Kade", "De Kade"], "from one building to another"),
        (["De Kade", "De Toren"], "no building 'De Toren'"),
        (["De Kade", "De Sluis / 1"], "no building 'De Sluis / 1'"),
    ],
)
def test_a_way_is_between_two_buildings_that_are_there(names: list[str], said: str, house: House) -> None:
    with house.work(actor=AGENT) as work:
        work.routing.hear_places([(known_id(name), name) for name in ("De Kade", "De Sluis / 1")], NOW)
        with pytest.raises(Invalid) as refused:
            save_order_terms(work, 0, cost_margin_percent=10, travel=[{"between": names, "minutes": 5}])
    assert said in refused.value.errors["travel"][0]


def test_it_is_put_in_order_by_urgency_or_by_place_too(busy: House) -> None:
    assert rooms(lists(busy, order=By.URGENCY))[0] == "K1.01"
    assert rooms(lists(busy, order=By.PLACE)) == ["K1.01", "K1.03", "1.02", "3.07", "3.12"]


def test_it_narrows_to_mine_to_nobodys_to_a_colleague_and_to_a_building(busy: House) -> None:
    take(busy, "3.12")
    take(busy, "1.02", BAS)
    assert rooms(lists(busy, whose=Whose.MINE)) == ["3.12"]
    assert lists(busy)["counts"] == {"mine": 1, "nobody": 3, "team": 5}
    assert set(rooms(lists(busy, whose=Whose.NOBODY))) == {"K1.01", "K1.03", "3.07"}
    his = lists(busy, person=UUID(BAS.id))
    assert (rooms(his), his["whose"]) == (["1.02"], "person")
    found = lists(busy, whose=Whose.TEAM, place="De Kade")
    assert (rooms(found), found["places"]) == (["K1.01", "K1.03"], ["De Kade", "De Sluis"])


def test_what_has_a_moment_stands_still_or_comes_later_is_beside_the_way_round(busy: House) -> None:
    plans = {
        "3.12": [("start", {}), ("pause", {"pause": {"reason": "material", "counterparty": "supplier"}})],
        "1.02": [("schedule", {"planned_from": NOW + timedelta(days=2)})],
        "3.07": [("schedule", {"planned_from": NOW + timedelta(hours=3)})],
    }
    for room, actions in plans.items():
        known = take(busy, room)
        for action, details in actions:
            with busy.work(actor=PETRA) as work:
                act_on_work_order(work, known["work_order_id"], Action(action), **details)
    found = lists(busy, whose=Whose.TEAM)
    assert rooms(found) == ["3.07", "K1.01", "K1.03", "3.12", "1.02"]
    assert [order["turn"]["part"] for order in found["items"]] == [
        "at_time", "round", "round", "paused", "later",
    ]  # fmt: skip


def test_of_a_long_list_the_oldest_and_the_newest_are_looked_through_and_it_says_so(
    busy: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work_lists, "OLDEST", 2)
    monkeypatch.setattr(work_lists, "NEWEST", 1)
    take(busy, "3.12")
    found = lists(busy, whose=Whose.TEAM)
    assert (found["more"], len(found["items"]), found["counts"]["mine"]) == (True, 3, 1)


def test_a_team_sees_its_own_list_and_the_desk_that_of_any(busy: House) -> None:
    assert lists(busy, member("Tom", OTHERS))["items"] == []
    with pytest.raises(NotFound):
        lists(busy, member("Tom", OTHERS), provider_id=TEAM.provider_id)
    assert len(lists(busy, AGENT, provider_id=TEAM.provider_id)["items"]) == 5
    with pytest.raises(Invalid):
        lists(busy, AGENT)


def test_orders_are_found_by_who_has_them(busy: House) -> None:
    taken = take(busy, "3.12")
    with busy.work(actor=AGENT) as work:
        mine = list_work_orders(work, Filter(assignee=PETRA.id), None, 10)["items"]
        free = list_work_orders(work, Filter(unassigned=True, open=True), None, 10)["items"]
    assert [one["work_order_id"] for one in mine] == [taken["work_order_id"]]
    assert len(free) == 4
