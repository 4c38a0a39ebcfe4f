"""The budget holder: asked when it is too dear, found by department, deciding once, reminded by the timer."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from intake.domain.errors import NotAllowed
from intake.service import IntakeService
from servicekit.errors import Invalid, NotFound, Stale

from .house import ANSWERS, House, person
from .test_races import at_once

PRICED = {"kind": "fixed", "amount_cents": 8500, "per": None}


@pytest.fixture
def office(house: House) -> House:
    """With a budget for Sanne's department, of two holders."""
    saved = house.save_people(
        {"key": "karin", "name": "Karin Smit", "email": "karin@meerwal.example"},
        {"key": "piet", "name": "Piet de Boer", "email": "piet@meerwal.example"},
        {"key": "ans", "name": "Ans Vis"},
    )
    ids = {item["key"]: str(item["person_id"]) for item in saved["items"]}
    house.karin, house.piet, house.ans = (  # type: ignore[attr-defined]
        person(name, "requester", person_id=ids[name.lower()]) for name in ("Karin", "Piet", "Ans")
    )
    save_budget(house)
    house.move = house.publish_product(price=PRICED)  # type: ignore[attr-defined]
    return house


def save_budget(house: House, **changes: Any) -> Any:
    holders = [{"person_key": "karin", "stand_in_key": "ans"}, {"person_key": "piet"}]
    budget = {
        "key": "4100", "name": "Communicatie", "threshold_cents": 50_000, "rule": "any", "holders": holders,
        "departments": ["Communicatie"], **changes,
    }  # fmt: skip
    return house.call("save_budgets", None, items=[budget])


def order(house: Any, quantity: int = 10, **command: Any) -> Any:
    return house.receive(product_id=str(house.move), answers=ANSWERS, quantity=quantity, **command)


def decide(house: House, request: Any, actor: Any, approved: bool = True, reason: str | None = None) -> Any:
    which = {"request_id": str(request["request_id"]), "version": request["version"]}
    return house.call("decide_approval", actor, **which, approved=approved, reason=reason)


def waiting_for(house: House, actor: Any) -> list[str]:
    return [item["reference"] for item in house.call("list_approvals", actor)["items"]]


def test_what_is_dear_waits_for_those_who_hold_the_budget(office: Any) -> None:
    request = order(office)
    assert request["state"] == "awaiting_approval"
    assert request["waiting"].reason == "awaiting_approval"
    for who in (office.karin, office.piet, office.ans):
        assert waiting_for(office, who) == [request["reference"]]
    assert waiting_for(office, office.daan) == []
    asked = office.told_last("approval_asked")
    assert asked["estimate_cents"] == 85_000
    assert [each["name"] for each in asked["approvers"]] == ["Karin Smit", "Piet de Boer"]


def test_what_is_not_so_dear_begins_at_once(office: Any) -> None:
    assert order(office, quantity=5)["state"] == "in_progress"


def test_what_is_in_the_basic_package_asks_nobody_however_dear_it_is_to_us(office: Any) -> None:
    office.move = office.publish_product(price=PRICED, package="basic")
    assert order(office)["state"] == "in_progress"


def test_a_department_without_a_budget_asks_nobody(office: Any) -> None:
    assert order(office, actor=office.daan)["state"] == "in_progress"


def test_danger_asks_nobody(office: Any) -> None:
    urgent = {"priority": "P1", "requester_id": office.sanne.person_id}
    assert order(office, actor=office.amira, **urgent)["state"] == "in_progress"


def test_what_has_no_price_is_estimated_by_the_desk_first(office: Any) -> None:
    office.move = office.publish_product(price={"kind": "quote", "amount_cents": None, "per": None})
    request = order(office, quantity=1)
    assert request["state"] == "triage"
    with pytest.raises(Invalid) as refused:
        office.triage(request, product_id=str(office.move))
    assert "approval.estimate_cents" in refused.value.errors
    given = {"estimate_cents": 120_000, "note": "Drie offertes."}
    asked = office.triage(request, product_id=str(office.move), approval=given)
    assert asked["state"] == "awaiting_approval"
    (shown,) = office.call("list_approvals", office.karin)["items"]
    assert (shown["approval"]["estimate_cents"], shown["approval"]["note"]) == (120_000, "Drie offertes.")
    assert (shown["answers"], shown["wanted"]) == (ANSWERS, None)


def test_the_desk_may_ask_whatever_it_costs_and_whom_it_wants(office: Any) -> None:
    for given in ({"ask": True}, {"approver_ids": [office.piet.person_id]}):
        request = office.triage(office.receive(), approval=given)
        assert request["state"] == "awaiting_approval"
        assert request["reference"] in waiting_for(office, office.piet)
    assert len(waiting_for(office, office.karin)) == 1


def test_nobody_to_ask_is_said(office: Any) -> None:
    request = office.receive(office.daan)
    with pytest.raises(Invalid) as refused:
        office.triage(request, approval={"ask": True})
    assert "approver_ids" in refused.value.errors


def test_a_yes_starts_the_process(office: Any) -> None:
    request = order(office)
    done = decide(office, request, office.karin)
    assert (done["state"], done["waiting"]) == ("in_progress", None)
    assert office.told_types()[-2:] == ["request_resumed", "request_accepted"]
    assert waiting_for(office, office.piet) == []


def test_a_no_needs_a_reason_and_closes_it(office: Any) -> None:
    save_budget(office, rule="first")
    request = order(office)
    with pytest.raises(Invalid):
        decide(office, request, office.piet, approved=False)
    done = decide(office, request, office.piet, approved=False, reason="Volgend jaar.")
    assert (done["state"], done["resolution"]) == ("closed", "rejected")
    assert office.told_last("request_closed")["answer"] == "Volgend jaar."


def test_of_two_who_decide_at_once_one_wins_and_the_other_is_told(office: Any) -> None:
    save_budget(office, rule="first")
    for _ in range(5):
        request = order(office)
        outcomes = at_once(
            partial(decide, office, request, office.karin),
            partial(decide, office, request, office.piet, approved=False, reason="Nee."),
        )
        refused = [each for each in outcomes if isinstance(each, Exception)]
        assert len(refused) == 1
        assert isinstance(refused[0], Stale | NotAllowed)


def test_a_stranger_cannot_see_it_or_decide(office: Any) -> None:
    request = order(office)
    which = {"request_id": str(request["request_id"])}
    with pytest.raises(NotFound):
        decide(office, request, office.daan)
    with pytest.raises(NotFound):
        office.call("get_approval", office.daan, **which)
    with pytest.raises(NotFound):
        decide(office, request, office.amira)
    with pytest.raises(NotFound):
        office.get(request, office.karin)
    assert office.call("get_approval", office.karin, **which)["approval"]["may_decide"] is True


def test_its_requester_sees_who_is_asked_and_not_what_it_costs(office: Any) -> None:
    request = order(office)
    own = office.get(request, office.sanne)["approval"]
    assert [seat["name"] for seat in own["seats"]] == ["Karin Smit", "Piet de Boer"]
    assert "estimate_cents" not in own
    assert "note" not in own
    lines = office.get(request, office.sanne)["timeline"]
    assert all("estimate_cents" not in line["data"] for line in lines)
    assert office.get(request, office.amira)["approval"]["estimate_cents"] == 85_000


def test_the_timer_reminds_until_it_has_done_so_often_enough(office: Any) -> None:
    request = order(office)
    for days, reminders in ((1, 0), (5, 1), (5, 1), (12, 2), (19, 3), (40, 3)):
        now = office.clock.now() + timedelta(days=days)
        IntakeService.remind_approvers(office._service(None, now))
        found = office.call("get_approval", office.karin, request_id=str(request["request_id"]))
        assert found["approval"]["reminders"] == reminders, days
    asked = office.told_last("approval_asked")
    assert [each["name"] for each in asked["approvers"]] == ["Karin Smit", "Ans Vis", "Piet de Boer"]
    assert office.get(request)["attention"] == "approval_late"


def test_budgets_are_saved_again_and_again_without_harm(office: Any) -> None:
    assert save_budget(office)["unchanged"] == 1
    assert save_budget(office, threshold_cents=0, departments=[])["updated"] == 1
    (budget,) = office.call("list_budgets", None)["items"]
    assert (budget["threshold_cents"], budget["departments"]) == (0, [])
    assert [holder["name"] for holder in budget["holders"]] == ["Karin Smit", "Piet de Boer"]
    assert budget["holders"][0]["stand_in"] == "Ans Vis"
    assert order(office)["state"] == "in_progress"


def test_a_holder_must_be_known(office: Any) -> None:
    with pytest.raises(Invalid):
        save_budget(office, holders=[{"person_key": "nobody"}])
