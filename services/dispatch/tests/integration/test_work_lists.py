"""The list of a team on a real database: whose, in what order, and who may see it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from dispatch.domain.assignment import Whose
from dispatch.domain.work_order_states import Action
from dispatch.handlers.acting import act_on_work_order
from dispatch.handlers.assigning import take_work_order
from dispatch.handlers.reading import list_work_orders
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
        return get_work_list(work, ZONE, **asked)


def rooms(found: dict[str, Any], part: str = "round") -> list[str]:
    return [order["location"]["path"].rpartition(" / ")[2] for order in found[part]]


def order_in(house: House, room: str) -> dict[str, Any]:
    found = lists(house, whose=Whose.TEAM)
    orders = [order for part in ("round", "paused", "later") for order in found[part]]
    return next(one for one in orders if one["location"]["path"].endswith(room))


def take(house: House, room: str, actor: Actor = PETRA) -> dict[str, Any]:
    known = order_in(house, room)
    with house.work(actor=actor) as work:
        return take_work_order(work, known["work_order_id"], known["version"])


def test_what_was_promised_soon_comes_first_and_then_floor_by_floor(busy: House) -> None:
    found = lists(busy)
    assert rooms(found) == ["K1.01", "K1.03", "1.02", "3.07", "3.12"]
    assert [order["turn"]["why"] for order in found["round"]] == [
        "promised", "same_floor", "next_building", "same_building", "same_floor",
    ]  # fmt: skip
    assert found["round"][0]["turn"]["moment"] == NOW + timedelta(minutes=40)
    assert [order["turn"]["number"] for order in found["round"]] == [1, 2, 3, 4, 5]


def test_it_narrows_to_mine_to_nobodys_and_to_a_building(busy: House) -> None:
    take(busy, "3.12")
    take(busy, "1.02", BAS)
    assert rooms(lists(busy)) == ["3.12"]
    assert lists(busy)["counts"] == {"mine": 1, "nobody": 3, "team": 5}
    assert set(rooms(lists(busy, whose=Whose.NOBODY))) == {"K1.01", "K1.03", "3.07"}
    found = lists(busy, whose=Whose.TEAM, place="De Kade")
    assert (rooms(found), found["places"]) == (["K1.01", "K1.03"], ["De Kade", "De Sluis"])


def test_what_stands_still_or_comes_later_is_not_on_the_way_round(busy: House) -> None:
    for room, actions in (("3.12", ["start", "pause"]), ("1.02", ["schedule"])):
        known = take(busy, room)
        for action in actions:
            details: dict[str, Any] = {
                "start": {},
                "pause": {"pause": {"reason": "material", "counterparty": "supplier"}},
                "schedule": {"planned_from": NOW + timedelta(days=2)},
            }[action]
            with busy.work(actor=PETRA) as work:
                act_on_work_order(work, known["work_order_id"], Action(action), **details)
    found = lists(busy, whose=Whose.TEAM)
    assert (rooms(found, "paused"), rooms(found, "later")) == (["3.12"], ["1.02"])
    assert len(found["round"]) == 3


def test_a_team_sees_its_own_list_and_the_desk_that_of_any(busy: House) -> None:
    assert lists(busy, member("Tom", OTHERS))["round"] == []
    with pytest.raises(NotFound):
        lists(busy, member("Tom", OTHERS), provider_id=TEAM.provider_id)
    assert len(lists(busy, AGENT, provider_id=TEAM.provider_id)["round"]) == 5
    with pytest.raises(Invalid):
        lists(busy, AGENT)


def test_orders_are_found_by_who_has_them(busy: House) -> None:
    taken = take(busy, "3.12")
    with busy.work(actor=AGENT) as work:
        mine = list_work_orders(work, Filter(assignee=PETRA.id), None, 10)["items"]
        free = list_work_orders(work, Filter(unassigned=True, open=True), None, 10)["items"]
    assert [one["work_order_id"] for one in mine] == [taken["work_order_id"]]
    assert len(free) == 4
