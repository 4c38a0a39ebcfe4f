"""Who of a team has an order, on a real database: two at once, only one's own team, and what others hear."""

from __future__ import annotations

from datetime import date
from threading import Barrier, Thread
from typing import Any
from uuid import UUID

import deskcontracts
import pytest
from dispatch.domain.errors import AlreadyTaken, NotYours
from dispatch.domain.providers import Kind, Means, Provider
from dispatch.handlers.assigning import (
    assign_work_order,
    give_back_work_order,
    hand_over_work_order,
    take_work_order,
)
from dispatch.handlers.figures import get_figures
from dispatch.handlers.reading import get_work_order
from servicekit.actor import Actor
from servicekit.errors import Invalid, NotFound, Stale
from servicekit.worktime.period import Period

from ..samples import AGENT, NOW, PORTAL, TEAM, executor_of, known_id, step  # noqa: TID252  samples of this service alone
from .conftest import House

OTHERS = Provider(known_id("td"), "technische-dienst", "Technische Dienst", Kind.TEAM, Means.NONE)


def member(name: str, provider: Provider = TEAM) -> Actor:
    return Actor(
        "person", str(known_id(name)), name, frozenset({"team"}), provider_id=str(provider.provider_id)
    )


PETRA, BAS = member("Petra"), member("Bas")


@pytest.fixture
def given_out(house: House) -> House:
    house.has(OTHERS)
    house.publishes(step("move"))
    house.hears_accepted()
    return house


def shown(house: House, actor: Actor = PETRA) -> dict[str, Any]:
    with house.work(actor=actor) as work:
        return get_work_order(work, house.orders()["move"]["work_order_id"])


def say(house: House, word: Any, actor: Actor = PETRA, **more: Any) -> dict[str, Any]:
    known = house.orders()["move"]
    with house.work(actor=actor) as work:
        given = {"work_order_id": known["work_order_id"], "version": known["version"], **more}
        answered: dict[str, Any] = word(work, **given)
    return answered


def test_who_takes_what_was_given_out_accepts_it_for_the_team(given_out: House) -> None:
    assert shown(given_out)["actions"][:3] == ["take", "assign", "hand_over"]
    taken = say(given_out, take_work_order)
    assert (taken["state"], taken["assignee"]["name"]) == ("accepted", "Petra")
    assert given_out.changes() == [("accept", "accepted"), ("take", "accepted")]
    told = given_out.facts("work_order_changed")[-1]
    assert told["assignee"] == {"account_id": PETRA.id, "name": "Petra", "since": NOW.isoformat()}
    assert deskcontracts.violations("dispatch.work_order_changed", 1, told) == []


def test_of_two_who_take_at_once_one_wins_and_the_other_reads_who(given_out: House) -> None:
    known = given_out.orders()["move"]
    start, said = Barrier(2), dict[str, str]()

    def take(actor: Actor) -> None:
        start.wait()
        try:
            with given_out.work(actor=actor) as work:
                take_work_order(work, known["work_order_id"], known["version"])
            said[actor.name] = "mine"
        except AlreadyTaken as refused:
            said[actor.name] = str(refused)

    both = [Thread(target=take, args=(actor,)) for actor in (PETRA, BAS)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    winner = shown(given_out)["assignee"]["name"]
    loser = "Bas" if winner == "Petra" else "Petra"
    assert said == {winner: "mine", loser: f"{winner} has it already."}


def test_a_change_of_another_kind_meanwhile_is_read_first(given_out: House) -> None:
    given_out.does("move", "accept", actor=PETRA)
    with pytest.raises(Stale):
        say(given_out, take_work_order, version=1)


def test_only_the_people_of_the_team_have_it(given_out: House) -> None:
    with pytest.raises(NotFound):
        say(given_out, take_work_order, member("Tom", OTHERS))
    with pytest.raises(NotYours):
        say(given_out, take_work_order, AGENT)
    assert not {"take", "assign", "hand_over"} & set(shown(given_out, AGENT)["actions"])


def test_a_supplier_has_no_members_and_reads_none(house: House) -> None:
    house.publishes(step("move", "bezemwijs"))
    house.hears_accepted()
    of_supplier = executor_of(PORTAL)
    with pytest.raises(NotYours):
        say(house, take_work_order, of_supplier)
    assert shown(house, of_supplier)["assignee"] is None


def test_a_colleague_gets_it_with_a_reason_and_it_counts(given_out: House) -> None:
    say(given_out, take_work_order)
    handed = say(
        given_out, assign_work_order, account_id=known_id("Bas"), name="Bas", reason="He has the ladder"
    )
    assert (handed["assignee"]["name"], handed["hand_overs"]) == ("Bas", 1)
    line = shown(given_out)["history"][-1]
    assert (line["action"], line["reason"], line["assignee"]["name"]) == (
        "assign",
        "He has the ladder",
        "Bas",
    )
    back = say(given_out, give_back_work_order, BAS, reason="No time")
    assert (back["assignee"], back["came_back"]["from"]) == (None, "Bas")
    period = Period(date(2026, 11, 23), date(2026, 11, 23), "Europe/Amsterdam")
    with given_out.work(actor=AGENT) as work:
        found = {one["slug"]: one["hand_overs"] for one in get_figures(work, period)["providers"]}
    assert found["huisdienst"] == 1


def test_another_team_takes_over_with_a_new_order(given_out: House) -> None:
    say(given_out, take_work_order)
    left = say(given_out, hand_over_work_order, provider_id=OTHERS.provider_id, reason="A socket is broken")
    assert (left["state"], left["hand_overs"]) == ("cancelled", 1)
    taking_over = given_out.orders()["move"]
    assert left["replaced_by"] == taking_over["work_order_id"]
    assert (taking_over["provider"]["slug"], taking_over["state"]) == ("technische-dienst", "issued")
    assert (taking_over["remark"], taking_over["assignee"]) == ("A socket is broken", None)
    assert taking_over["routing"]["who"] == "Petra"


@pytest.mark.parametrize("to", [TEAM.provider_id, PORTAL.provider_id, UUID(int=7)])
def test_it_goes_to_another_team_and_to_nobody_else(given_out: House, to: UUID) -> None:
    with pytest.raises(Invalid):
        say(given_out, hand_over_work_order, provider_id=to, reason="Not ours")


def test_who_begins_what_nobody_has_has_it(given_out: House) -> None:
    given_out.does("move", "accept", "start", actor=PETRA)
    assert shown(given_out)["assignee"]["name"] == "Petra"
    given_out.does("move", "pause", "resume", actor=BAS, pause={"reason": "other", "counterparty": "desk"})
    assert shown(given_out)["assignee"]["name"] == "Petra"


def test_the_desk_that_begins_for_the_team_has_nothing(given_out: House) -> None:
    given_out.does("move", "accept", "start", actor=AGENT)
    assert shown(given_out)["assignee"] is None
