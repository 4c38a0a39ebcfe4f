"""Appointments on a real database: who may answer, what others hear, and what a supplier's program says."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from dispatch import messages
from dispatch.domain.errors import NothingProposed
from dispatch.domain.work_order_states import Action
from dispatch.handlers.acting import act_on_work_order
from dispatch.handlers.appointments import answer_appointment, list_appointments
from dispatch.handlers.supplier_desk import told_by_supplier
from servicekit.actor import Actor
from servicekit.errors import NotFound, Stale

from ..samples import AGENT, NOW, RPC, TEAM, executor_of, known_id, step  # noqa: TID252  samples of this service alone
from .conftest import House

SANNE_ID = "01926f00-1000-7a02-8b11-5c6d7e8f9a02"  # of the contract's example
SANNE = Actor("person", "sanne", "Sanne", frozenset({"requester"}), person_id=SANNE_ID)
BY_LINK = Actor("person", f"link-{SANNE_ID}", "Sanne", frozenset({"follower"}), person_id=SANNE_ID)
DAAN = Actor("person", "daan", "Daan", frozenset({"requester"}), person_id=str(known_id("daan")))
FIRST = {
    "from": (NOW + timedelta(days=1)).isoformat(),
    "until": (NOW + timedelta(days=1, hours=2)).isoformat(),
}
SECOND = {
    "from": (NOW + timedelta(days=2)).isoformat(),
    "until": (NOW + timedelta(days=2, hours=2)).isoformat(),
}
BOTH = messages.ActOnWorkOrder().load(
    {"work_order_id": str(known_id("o")), "action": "propose", "windows": [FIRST, SECOND]}
)["windows"]


@pytest.fixture
def planned(house: House) -> House:
    """One order of the Huisdienst, accepted, with two moments proposed to Sanne."""
    house.publishes(step("repair"))
    house.hears_accepted()
    house.does("repair", "accept", actor=executor_of(TEAM))
    house.does("repair", "propose", actor=executor_of(TEAM), windows=BOTH)
    return house


def shown(house: House, actor: Actor = SANNE) -> dict[str, Any]:
    with house.work(actor=actor) as work:
        (one,) = list_appointments(work, known_id("request"))["items"]
    return one


def answer(house: House, actor: Actor = SANNE, **said: Any) -> dict[str, Any]:
    known = house.orders()["repair"]
    with house.work(actor=actor) as work:
        return answer_appointment(work, known["work_order_id"], **{"version": known["version"], **said})


@pytest.mark.parametrize("who", [SANNE, BY_LINK, AGENT])
def test_the_customer_chooses_signed_in_by_the_link_or_through_the_desk(planned: House, who: Actor) -> None:
    assert [one["from"] for one in shown(planned, who)["windows"]] == [FIRST["from"], SECOND["from"]]
    answered = answer(planned, who, choice=1)
    assert (answered["state"], answered["planned_from"]) == ("confirmed", NOW + timedelta(days=2))
    assert planned.states() == {"repair": "scheduled"}


def test_others_hear_of_it(planned: House) -> None:
    answer(planned, choice=0)
    told = planned.facts("work_order_changed")[-1]
    assert (told["action"], told["state"], told["by"]["name"]) == (
        "confirm_appointment",
        "scheduled",
        "Sanne",
    )
    assert told["appointment"]["chosen"] == FIRST
    assert told["planned_from"] is not None


def test_who_asks_for_another_moment_is_read_by_the_executor(planned: House) -> None:
    answer(planned, reason="Only on Friday")
    assert planned.orders()["repair"]["appointment"]["wish"] == "Only on Friday"
    assert shown(planned)["windows"] == []
    planned.does("repair", "propose", actor=executor_of(TEAM), windows=BOTH[:1])
    assert len(shown(planned)["windows"]) == 1


def test_another_persons_appointment_does_not_exist(planned: House) -> None:
    for who in (DAAN, executor_of(TEAM)):
        with planned.work(actor=who) as work, pytest.raises(NotFound):
            list_appointments(work, known_id("request"))
        with pytest.raises(NotFound):
            answer(planned, who, choice=0)
    with planned.work(actor=SANNE) as work, pytest.raises(NotFound):
        list_appointments(work, known_id("unheard of"))


def test_who_turned_out_to_be_the_same_person_chooses_too_until_that_is_undone(planned: House) -> None:
    merged = {"person_id": UUID(SANNE_ID), "surviving_id": known_id("daan"), "sequence": 1}
    with planned.work() as work:
        work.people.hear([merged])
    assert len(shown(planned, DAAN)["windows"]) == 2
    with planned.work() as work:
        work.people.hear([{**merged, "surviving_id": UUID(SANNE_ID), "sequence": 2}])
        work.people.hear([merged])  # once more, and late
    with pytest.raises(NotFound):
        answer(planned, DAAN, choice=0)


def test_a_proposal_that_changed_meanwhile_is_looked_at_again(planned: House) -> None:
    with pytest.raises(Stale):
        answer(planned, version=1, choice=0)
    answer(planned, choice=0)
    with pytest.raises(NothingProposed):
        answer(planned, choice=1)


def test_who_chose_and_when_is_in_the_history(planned: House) -> None:
    answer(planned, choice=1)
    with planned.work() as work:
        line = work.orders.history(planned.orders()["repair"]["work_order_id"])[-1]
    assert (line["action"], line["by_name"], line["details"]["choice"]) == ("confirm_appointment", "Sanne", 1)


def test_a_suppliers_program_proposes_and_may_say_it_again(house: House) -> None:
    house.publishes(step("repair", "vonk-val"))
    house.hears_accepted()
    number = house.orders()["repair"]["number"]
    house.delivers({"answer": "accepted"})
    said = messages.ReportProgress().load(
        {"order_number": number, "action": "propose", "windows": [FIRST, SECOND]}
    )
    for _ in range(2):
        with house.work() as work:
            told = told_by_supplier(work, RPC.address or "", **said)
    assert (told["appointment"]["state"], len(told["appointment"]["windows"])) == ("proposed", 2)
    assert [action for action, _ in house.changes()].count("propose") == 1
    with house.work(actor=AGENT) as work:
        order = house.orders()["repair"]
        act_on_work_order(work, order["work_order_id"], Action.CONFIRM_APPOINTMENT, choice=0)
    assert house.states() == {"repair": "scheduled"}


def test_what_a_requester_sees_of_an_order_is_its_moments_alone(planned: House) -> None:
    assert set(shown(planned)) == {
        "work_order_id", "version", "title", "provider", "state", "windows", "chosen", "wish", "planned_from",
        "planned_until",
    }  # fmt: skip
