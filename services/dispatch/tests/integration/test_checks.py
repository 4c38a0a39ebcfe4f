"""Work that its step asks somebody to look at: what is right goes on, what is not is done over."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from dispatch.domain.errors import NotYours
from dispatch.handlers.checks import answer_check, list_checks
from servicekit.actor import Actor
from servicekit.errors import NotFound

from ..samples import AGENT, TEAM, executor_of, known_id, step  # noqa: TID252  samples of this service alone
from .conftest import House
from .test_appointments import DAAN, SANNE
from .test_routing import profile

LEAD = Actor(
    "person", "tom", "Tom", frozenset({"team", "team_lead"}), provider_id=str(TEAM.provider_id)
)  # fmt: skip


def begun(house: House, by: str, holds: bool = True) -> House:
    """Of two steps the first is done, and waits for its check."""
    look = replace(step("look"), check={"by": by, "holds": holds})
    house.publishes(look, step("mend", "huisdienst", "look"))
    house.hears_accepted()
    house.does("look", "accept", "complete", actor=executor_of(TEAM))
    return house


def waiting(house: House, by: str) -> list[str]:
    return list(house.orders(awaiting_check=by))


def answer(house: House, actor: Actor = SANNE, **said: Any) -> dict[str, Any]:
    known = house.orders()["look"]
    with house.work(actor=actor) as work:
        return answer_check(work, known["work_order_id"], known["version"], **said)


def test_the_next_step_begins_when_the_lead_says_that_it_is_right(house: House) -> None:
    begun(house, "team_lead")
    assert house.states() == {"look": "technically_complete", "mend": "prepared"}
    assert (waiting(house, "team_lead"), waiting(house, "desk")) == (["look"], [])
    house.does("look", "check", actor=LEAD)
    assert house.states() == {"look": "checked", "mend": "issued"}
    assert waiting(house, "team_lead") == []
    house.does("mend", "accept", "complete", actor=executor_of(TEAM))
    assert len(house.facts("process_completed")) == 1


@pytest.mark.parametrize("actor", [AGENT, executor_of(TEAM)])
def test_nobody_else_says_so_for_the_lead(house: House, actor: Actor) -> None:
    begun(house, "team_lead")
    with pytest.raises(NotYours):
        house.does("look", "check", actor=actor)
    assert "check" not in house.orders()["look"]["actions"]


def test_what_the_lead_rejects_is_done_over_and_looked_at_again(house: House) -> None:
    begun(house, "team_lead")
    house.does("look", "fail", actor=LEAD, reason="Scheef")
    again = house.orders()["look"]
    assert (again["state"], again["remark"], again["check_by"]) == ("issued", "Scheef", "team_lead")
    house.does("look", "accept", "complete", actor=executor_of(TEAM))
    assert house.states()["mend"] == "prepared"
    house.does("look", "check", actor=LEAD)
    assert house.states()["mend"] == "issued"


def test_without_holding_up_only_the_request_waits_for_the_check(house: House) -> None:
    begun(house, "desk", holds=False)
    assert house.states()["mend"] == "issued"
    house.does("mend", "accept", "complete", actor=executor_of(TEAM))
    assert house.facts("process_completed") == []
    house.does("look", "check")
    assert len(house.facts("process_completed")) == 1


def test_the_requester_looks_and_says_that_it_is_right(house: House) -> None:
    begun(house, "customer")
    with house.work(actor=SANNE) as work:
        (one,) = list_checks(work, known_id("request"))["items"]
    assert (one["title"]["nl"], one["provider"]) == ("Stap look", "Huisdienst")
    assert answer(house, right=True)["state"] == "checked"
    assert house.states()["mend"] == "issued"


def test_or_what_is_not_and_it_is_done_over(house: House) -> None:
    begun(house, "customer")
    assert answer(house, right=False, reason="Het lekt nog")["state"] == "rejected"
    assert (house.orders()["look"]["state"], house.orders()["look"]["remark"]) == ("issued", "Het lekt nog")


def test_it_is_of_nobody_else(house: House) -> None:
    begun(house, "customer")
    with pytest.raises(NotFound):
        answer(house, DAAN, right=True)
    with house.work(actor=DAAN) as work, pytest.raises(NotFound):
        list_checks(work, known_id("request"))


def test_a_step_for_a_role_goes_to_who_has_it_when_its_turn_comes(house: House) -> None:
    house.publishes(step("look"), replace(step("mend", "", "look"), role="tillen"))
    house.hears_accepted()
    assert house.facts("process_unplannable")[0]["reason"] == "nobody_of_role"
    profile(house, TEAM.provider_id, skills=["tillen"])
    house.completes("look")
    mended = house.orders()["mend"]
    assert (mended["state"], mended["provider"]["slug"]) == ("issued", "huisdienst")
    assert mended["routing"]["role"] == "tillen"
