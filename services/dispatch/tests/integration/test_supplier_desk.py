"""What suppliers say over the broker, once the broker has said who they are."""

from __future__ import annotations

from typing import Any

import pytest
from dispatch.domain.errors import MissingDetail, NotAllowed
from dispatch.domain.work_order_states import Action
from dispatch.handlers.supplier_desk import order_of_supplier, told_by_supplier
from servicekit.actor import Actor
from servicekit.errors import Forbidden, NotFound

from ..samples import RPC, step  # noqa: TID252  samples of this service alone
from .conftest import House

VONK_VAL = "supplier_vonk_val"


@pytest.fixture
def out(house: House) -> House:
    house.publishes(step("it", "vonk-val"))
    house.hears_accepted()
    house.delivers({"answer": "received"})
    return house


def says(house: House, action: str, user: str = VONK_VAL, **details: Any) -> dict[str, Any]:
    number = house.orders()["it"]["number"]
    with house.work(actor=Actor("supplier", user, user, frozenset({"supplier"}))) as work:
        return told_by_supplier(work, user, number, Action(action), **details)


def test_a_supplier_tells_its_whole_story(out: House) -> None:
    for action in ("accept", "start", "complete"):
        shown = says(out, action)
    assert shown["state"] == "technically_complete"
    assert out.changes() == [
        ("deliver", "issued"),
        ("accept", "accepted"),
        ("start", "in_progress"),
        ("complete", "technically_complete"),
    ]
    assert {fact["by"]["name"] for fact in out.facts("work_order_changed")} == {"Vonk & Val"}
    assert len(out.facts("process_completed")) == 1


def test_completion_brings_cost_and_evidence(out: House) -> None:
    says(out, "accept")
    shown = says(out, "complete", cost_cents=12_550, evidence=["bon 4711"], note="Ventiel vervangen")
    assert shown["cost_cents"] == 12_550
    with out.work() as work:
        last = work.orders.history(out.orders()["it"]["work_order_id"])[-1]
    assert last["details"] == {"cost_cents": 12_550, "evidence": ["bon 4711"], "note": "Ventiel vervangen"}


def test_the_same_word_twice_has_one_effect(out: House) -> None:
    for action in ("accept", "accept", "start", "accept", "start", "complete", "complete", "start"):
        says(out, action)
    assert [action for action, _ in out.changes()] == ["deliver", "accept", "start", "complete"]


def test_a_word_that_does_not_fit_is_refused(out: House) -> None:
    with pytest.raises(NotAllowed):
        says(out, "complete")


def test_a_pause_needs_its_reason(out: House) -> None:
    says(out, "accept")
    says(out, "start")
    with pytest.raises(MissingDetail):
        says(out, "pause")


def test_a_call_before_the_reply_to_the_delivery_counts(house: House) -> None:
    house.publishes(step("it", "vonk-val"))
    house.hears_accepted()
    (parcel,) = house.claims()
    says(house, "accept")
    says(house, "start")
    house.brings(parcel, {"answer": "accepted"})
    assert house.changes() == [("accept", "accepted"), ("start", "in_progress")]
    assert house.orders()["it"]["delivery"]["state"] == "delivered"


def test_another_suppliers_order_does_not_exist(out: House) -> None:
    with pytest.raises(NotFound):
        says(out, "accept", user="supplier_kabel")


def test_a_broker_user_that_is_no_supplier_is_sent_away(out: House) -> None:
    with pytest.raises(Forbidden):
        says(out, "accept", user="supplier_nobody")


def test_an_unknown_number_is_not_found(out: House) -> None:
    with out.work() as work, pytest.raises(NotFound):
        order_of_supplier(work, VONK_VAL, "SD-26-999999-1")


def test_a_supplier_reads_its_own_order(out: House) -> None:
    with out.work() as work:
        shown = order_of_supplier(work, VONK_VAL, out.orders()["it"]["number"])
    assert shown["state"] == "issued"
    assert shown["title"] == {"nl": "Stap it", "en": "Step it"}


def test_a_supplier_confirms_a_cancellation_by_itself(out: House) -> None:
    says(out, "accept")
    out.hears_closed()
    assert says(out, "confirm_cancellation")["state"] == "cancelled"
    assert out.claims() == []


def test_a_supplier_that_lost_its_way_cannot_revive_a_cancelled_order(out: House) -> None:
    says(out, "accept")
    out.hears_closed()
    says(out, "confirm_cancellation")
    with pytest.raises(NotAllowed):
        says(out, "complete")
    assert out.states() == {"it": "cancelled"}


def test_the_supplier_is_the_one_with_this_address(out: House) -> None:
    assert RPC.address == VONK_VAL
