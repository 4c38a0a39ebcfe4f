"""Complaints: chained to what they are about, and closed on the customer's word alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from intake.domain.errors import NotAllowed
from intake.service import IntakeService
from servicekit.errors import Invalid, Stale

from .house import House

Request = dict[str, Any]
ORDER = "01926f3a-5c00-7a01-9d3e-3f1c5a7b9d77"


@pytest.fixture
def subject(house: House) -> Request:
    """Something that Sanne asked for, with an order at a supplier."""
    request: Request = house.receive_standard(kind="fault")
    house.tell("dispatch.work_orders_planned", request_id=str(request["request_id"]), round=1)
    return request


def order_of(house: House, request: Request) -> Request:
    found: Request = house.get(request)["orders"][0]
    return found


def complaint(house: House, request: Request) -> Request:
    found: Request = house.get(request)["complaint"]
    return found


def test_a_customer_complains_about_their_request_its_order_and_its_promise(
    house: House, subject: Request
) -> None:
    order = order_of(house, subject)
    mine = house.complain(subject, work_order_id=order["work_order_id"], promise="resolve")
    about = complaint(house, mine)["about"]
    assert about["reference"] == subject["reference"]
    assert (about["number"], about["provider"]) == (order["number"], order["provider"])
    assert about["promise"]["what"] == "resolve"
    assert mine["product"] == subject["product"]
    assert mine["state"] == "triage"
    assert [each["kind"] for each in house.get(mine)["links"]] == ["complaint_about"]
    assert [each["kind"] for each in house.get(subject)["links"]] == ["complained_about"]


def test_nobody_complains_about_what_is_anothers_but_the_desk(house: House, subject: Request) -> None:
    with pytest.raises(Invalid) as wrong:
        house.complain(subject, house.daan)
    assert list(wrong.value.errors) == ["about.request_id"]
    daan = {"requester_id": house.daan.person_id, "channel": "phone"}
    assert house.complain(subject, house.amira, **daan)["state"] == "triage"


@pytest.mark.parametrize("more", [{"work_order_id": ORDER}, {"kind": "wish"}])
def test_what_does_not_belong_there_is_refused(house: House, subject: Request, more: Request) -> None:
    about = {"request_id": str(subject["request_id"]), **{k: v for k, v in more.items() if k != "kind"}}
    with pytest.raises(Invalid):
        house.receive(kind=more.get("kind", "complaint"), about=about)
    assert len(house.list()["items"]) == 1


def test_it_goes_from_acknowledged_to_the_customers_word(house: House, subject: Request) -> None:
    mine = house.complain(subject)
    ready = house.remedy(mine)
    assert ready["state"] == "ready"
    told = [fact for fact in house.told_types() if fact in ("request_updated", "request_ready")]
    assert told == ["request_updated", "request_ready"]
    assert house.told_last("request_ready")["needs_word"] is True
    seen = house.get(mine, house.sanne)
    assert seen["complaint"]["remedy"] == "Morgen om negen uur alsnog."
    assert "cause" not in seen["complaint"]
    assert "Vergeten" not in str(seen)
    house.confirm(house.get(mine))
    assert complaint(house, mine)["stage"] == "settled"
    assert house.get(mine)["resolution"] == "solved"


def test_no_silence_closes_it_and_the_desk_is_asked_to_telephone(house: House) -> None:
    mine = house.remedy(house.complain())
    later = house.get(mine)["closes_at"] + timedelta(minutes=1)
    assert house.close_silent(later) == 0
    assert house.close_silent(later + timedelta(days=300)) == 0
    seen = house.get(mine)
    assert (seen["state"], seen["attention"]) == ("ready", "word_missing")


def test_the_desk_closes_it_only_with_a_word_it_can_name(house: House) -> None:
    mine = house.remedy(house.complain())
    with pytest.raises(NotAllowed):
        house.confirm(house.get(mine), house.amira)
    with pytest.raises(Invalid):
        house.act("settle_complaint", mine, said_by="Sanne de Wit",
                  said_at=(house.clock.now() + timedelta(hours=1)).isoformat())  # fmt: skip
    at = house.clock.now() - timedelta(minutes=5)
    house.act("settle_complaint", mine, said_by="Sanne de Wit", said_at=at.isoformat())
    word = complaint(house, mine)["word"]
    assert (word["by"], word["recorded_by"]) == ("Sanne de Wit", "Amira Haddad")
    assert house.get(mine)["state"] == "closed"


def test_nothing_else_of_the_desk_closes_it(house: House) -> None:
    mine = house.complain()
    for close in (house.answer, house.reject):
        with pytest.raises(NotAllowed):
            close(house.get(mine))
    assert house.get(mine)["state"] == "triage"


@pytest.mark.parametrize(
    "method",
    ["acknowledge_complaint", "find_cause", "remedy_complaint", "settle_complaint", "chain_complaint"],
)
def test_a_requester_does_none_of_it(house: House, method: str) -> None:
    (entrypoint,) = getattr(IntakeService, method).nameko_entrypoints
    assert not house.sanne.can(entrypoint.permission)
    assert house.amira.can(entrypoint.permission)


def test_not_settled_it_is_acknowledged_anew(house: House) -> None:
    mine = house.remedy(house.complain())
    house.reopen(house.get(mine))
    assert (house.get(mine)["state"], complaint(house, mine)["stage"]) == ("triage", "contested")
    assert house.remedy(mine)["state"] == "ready"


def test_a_remedy_may_be_a_request_of_its_own(house: House, subject: Request) -> None:
    again = house.receive_standard()
    mine = house.remedy(house.complain(subject), other_id=str(again["request_id"]))
    assert complaint(house, mine)["remedy_request"]["reference"] == again["reference"]


def test_the_desk_says_afterwards_what_it_is_about(house: House, subject: Request) -> None:
    mine, other = house.complain(), house.receive()
    house.act("chain_complaint", mine, about={"request_id": str(other["request_id"])})
    about = {
        "request_id": str(subject["request_id"]),
        "work_order_id": order_of(house, subject)["work_order_id"],
    }
    house.act("chain_complaint", mine, about=about)
    assert complaint(house, mine)["about"]["reference"] == subject["reference"]
    assert [each["reference"] for each in house.get(mine)["links"]] == [subject["reference"]]
    with pytest.raises(Invalid):
        house.act("chain_complaint", mine, about={"request_id": ORDER})
    with pytest.raises(NotAllowed):
        house.act("chain_complaint", mine, about={"request_id": str(mine["request_id"])})


def test_what_turns_out_to_be_no_complaint_has_no_such_life(house: House) -> None:
    mine = house.complain()
    house.triage(mine, kind="fault")
    seen = house.get(mine)
    assert (seen["complaint"], seen["kind"]) == (None, "fault")
    assert house.complete(mine)["state"] == "ready"


def test_a_stale_look_changes_nothing(house: House) -> None:
    mine = house.complain()
    house.act("acknowledge_complaint", mine, text="Ja")
    with pytest.raises(Stale):
        house.call("find_cause", house.amira, request_id=str(mine["request_id"]), version=mine["version"],
                   cause="late")  # fmt: skip


def test_they_are_counted_per_supplier_product_and_cause(house: House, subject: Request) -> None:
    order = order_of(house, subject)["work_order_id"]
    first = house.complain(subject, work_order_id=order)
    house.remedy(first)
    house.confirm(house.get(first))
    house.complain(subject, work_order_id=order)
    house.complain(subject)
    house.withdraw(house.complain(subject))
    day = house.clock.now().date().isoformat()
    found = house.call("get_complaint_figures", house.amira, first=day, last=day)
    assert (found["received"], found["settled"]) == (3, 1)
    (provider,), (product,) = found["providers"], found["products"]
    assert (provider["count"], provider["open"]) == (2, 1)
    assert (product["count"], product["open"]) == (3, 2)
    assert found["causes"] == [{"cause": "not_done", "count": 1}]
    assert found["acknowledged_in_time"] == {"count": 1, "of": 1}
    listed = house.list(complained_provider_id=str(provider["provider_id"]))["items"]
    assert len(listed) == provider["count"]
