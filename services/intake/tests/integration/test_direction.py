"""Triage, conversation, completion: the request over its work, as each of those involved sees it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from intake.domain.errors import NotAllowed, TooLate
from servicekit.errors import Invalid, NotFound, NotYet, Stale
from servicekit.ids import new_id

from .house import House


def test_an_agent_maps_a_request_to_a_product(house: House) -> None:
    request = house.triage(house.receive(), priority="P2")

    assert (request["state"], request["standard"], request["kind"]) == ("in_progress", False, "order")
    assert house.told_types() == ["request_received", "request_accepted"]
    told = house.told_last("request_accepted")
    assert (told["priority"], told["round"], told["sequence"]) == ("P2", 1, 2)


def test_triage_counts_the_lead_time_from_receipt(house: House) -> None:
    request = house.receive()
    house.clock.move(timedelta(days=1))

    assert house.triage(request)["promise"]["resolve_by"] == datetime(2026, 11, 30, 16, 30, tzinfo=UTC)


def test_triage_needs_a_product_that_is_offered_and_has_work(house: House) -> None:
    request = house.receive()
    advice = house.publish_product(process={"steps": []}, kind="information")
    for product_id in (str(new_id()), str(advice)):
        with pytest.raises(Invalid) as wrong:
            house.triage(request, product_id=product_id)
        assert list(wrong.value.errors) == ["product_id"]


def test_a_product_without_work_is_for_the_desk(house: House) -> None:
    advice = house.publish_product(process={"steps": []}, questions=[], kind="information")
    request = house.receive(product_id=str(advice))

    assert request["state"] == "triage"
    assert house.answer(request)["resolution"] == "answered"


def test_what_is_accepted_cannot_be_accepted_again(house: House) -> None:
    request = house.triage(house.receive())

    with pytest.raises(NotAllowed):
        house.triage(request)


def test_a_stale_version_is_refused(house: House) -> None:
    request = house.receive()
    house.triage(request)

    for act in (house.triage, house.answer, house.reject, house.ask, house.withdraw):
        with pytest.raises(Stale):
            act(request)


def test_an_answer_and_a_rejection_close_it(house: House) -> None:
    assert house.answer(house.receive())["resolution"] == "answered"
    assert house.reject(house.receive())["resolution"] == "rejected"
    assert house.told_last("request_closed")["answer"] == "Dat doen we niet."


def test_a_question_waits_on_the_requester_until_they_reply(house: House) -> None:
    request = house.ask(house.receive())
    assert request["waiting"].counterparty == "requester"
    assert house.list(waiting=True)["items"][0]["request_id"] == request["request_id"]

    request = house.reply(request)

    assert request["waiting"] is None
    assert house.told_types() == ["request_received", "request_waiting", "request_resumed"]
    assert house.get(request)["attention"] == "requester_wrote"
    house.note(request)
    assert house.get(request)["attention"] is None


def test_the_customer_confirms(house: House) -> None:
    request = house.complete(house.receive_standard())
    assert (request["state"], request["closes_at"]) == ("ready", datetime(2026, 11, 30, 16, 30, tzinfo=UTC))

    assert house.confirm(request)["resolution"] == "solved"
    assert house.told_types() == ["request_accepted", "request_ready", "request_closed"]


def test_the_customer_is_not_satisfied(house: House) -> None:
    request = house.reopen(house.complete(house.receive_standard()))

    assert request["state"] == "in_progress"
    assert house.told_last("request_reopened")["round"] == 2
    assert house.get(request)["reopen_count"] == 1
    # Word of the first round comes again; the second has not been done.
    assert house.complete(request, round_=1)["state"] == "in_progress"
    assert house.complete(request, round_=2)["state"] == "ready"


def test_a_round_that_has_not_begun_here_is_waited_for(house: House) -> None:
    request = house.receive_standard()

    with pytest.raises(NotYet):
        house.complete(request, round_=2)


def test_a_closed_request_is_reopened_within_ten_working_days(house: House) -> None:
    request = house.confirm(house.complete(house.receive_standard()))
    house.clock.move(timedelta(days=14))
    assert house.reopen(request)["state"] == "in_progress"

    other = house.confirm(house.complete(house.receive_standard()))
    house.clock.move(timedelta(days=15))
    with pytest.raises(TooLate):
        house.reopen(other)


def test_silence_closes_after_five_working_days(house: House) -> None:
    request = house.complete(house.receive_standard())
    assert house.close_silent(request["closes_at"] - timedelta(minutes=1)) == 0

    assert house.close_silent(request["closes_at"]) == 1
    assert house.close_silent(request["closes_at"]) == 0
    closed = house.get(request)
    assert (closed["resolution"], closed["timeline"][-1]["type"]) == ("solved", "closed_after_silence")
    assert house.told_last("request_closed")["by"] == {"kind": "service", "name": "intake"}


def test_silent_requests_are_closed_in_batches_the_longest_silent_first(house: House) -> None:
    first = house.complete(house.receive_standard())
    house.clock.move(timedelta(minutes=5))
    second = house.complete(house.receive_standard())
    later = first["closes_at"] + timedelta(days=5)

    assert house.close_silent(later, most=1) == 1
    assert [house.get(r)["state"] for r in (first, second)] == ["closed", "ready"]


def test_withdrawing_is_told_so_that_dispatch_can_cancel(house: House) -> None:
    assert house.withdraw(house.receive_standard())["resolution"] == "withdrawn"
    assert house.told_last("request_closed")["resolution"] == "withdrawn"


# --- what dispatch and monitoring tell ---


def test_orders_are_mirrored_and_shown(house: House) -> None:
    request = house.receive_standard()
    which = {"request_id": str(request["request_id"])}
    house.tell("dispatch.work_orders_planned", **which)
    house.tell("dispatch.work_order_changed", **which)

    orders = house.get(request)["orders"]
    assert [(order["step"], order["state"]) for order in orders] == [
        ("repair", "accepted"), ("clean", "prepared"),
    ]  # fmt: skip
    assert orders[0]["delivery"]["state"] == "delivered"
    assert house.get(request, house.sanne)["orders"][0]["delivery"] is None


def test_an_order_of_a_request_that_is_not_known_yet_is_waited_for(house: House) -> None:
    dispatch = ("work_orders_planned", "work_order_changed", "process_completed", "process_unplannable")
    for event in (*(f"dispatch.{name}" for name in dispatch), "monitoring.deadline_warning"):
        with pytest.raises(NotYet):
            house.tell(event, request_id=str(new_id()))


def test_mirroring_an_order_does_not_change_the_version(house: House) -> None:
    request = house.receive_standard()
    which = {"request_id": str(request["request_id"])}
    house.tell("dispatch.work_orders_planned", **which)
    house.tell("dispatch.work_order_changed", **which)

    assert house.get(request)["version"] == request["version"]
    assert house.withdraw(request)["state"] == "closed"


def test_trouble_is_on_the_desks_list_and_not_on_the_requesters(house: House) -> None:
    request = house.receive_standard()
    house.receive_standard()
    change = {"request_id": str(request["request_id"]), "action": "refuse", "state": "refused"}
    house.tell("dispatch.work_order_changed", **change, reason="Geen mensen.")

    [listed] = house.list(attention=True)["items"]
    assert (listed["request_id"], listed["attention"]) == (request["request_id"], "work_order_refused")
    assert house.list(house.sanne, attention=True)["items"] == []
    assert house.get(request, house.sanne)["attention"] is None


@pytest.mark.parametrize(
    ("event", "code"),
    [("dispatch.process_unplannable", "unplannable"), ("monitoring.deadline_warning", "deadline_near"),
     ("monitoring.deadline_breached", "breach")],
)  # fmt: skip
def test_other_signals_ask_for_attention_too(house: House, event: str, code: str) -> None:
    request = house.receive_standard()
    house.tell(event, request_id=str(request["request_id"]))

    assert house.get(request)["attention"] == code


def test_open_pages_hear_when_an_order_has_been_mirrored(house: House) -> None:
    """The fact itself may have reached them before it reached us. A double changes nothing to look at."""
    request = house.receive_standard()
    which = {"request_id": str(request["request_id"])}
    for _ in range(2):
        house.tell("dispatch.work_orders_planned", **which)
        house.tell("dispatch.work_order_changed", **which)

    assert house.touched() == [which["request_id"]] * 2


def test_a_fact_takes_three_statements_and_a_double_one(house: House, statements: list[str]) -> None:
    """To lock, to write with the line of the timeline, and to tell open pages; what was heard before is only
    looked up.
    """
    request = house.receive_standard()
    statements.clear()
    house.tell("dispatch.work_order_changed", request_id=str(request["request_id"]))
    assert len(statements) == 3

    house.tell("dispatch.work_order_changed", request_id=str(request["request_id"]))
    assert len(statements) == 4


# --- who sees what ---


def test_a_requester_has_only_their_own(house: House) -> None:
    request = house.complete(house.receive_standard(house.sanne))
    others: list[Any] = [house.get, house.reply, house.confirm, house.reopen, house.withdraw]

    for act in others:
        with pytest.raises(NotFound):
            act(request, house.daan)
    assert house.list(house.daan)["items"] == []
    assert house.list(house.daan, requester_id=house.sanne.person_id)["items"] == []
    assert len(house.list(house.sanne)["items"]) == 1


def test_an_agent_decides_for_the_requester(house: House) -> None:
    request = house.complete(house.receive_standard(house.sanne))

    assert house.confirm(request, house.amira)["state"] == "closed"


def test_internal_lines_reasons_and_costs_are_not_for_the_requester(house: House) -> None:
    request = house.receive_standard()
    which = {"request_id": str(request["request_id"])}
    accepted = {**which, "note": "KANARIE", "reason": "KANARIE", "cost_cents": 424_242}
    refused = {**which, "action": "refuse", "state": "refused", "sequence": 3, "note": "KANARIE"}
    house.note(request, "Let op: KANARIE")
    house.tell("dispatch.work_order_changed", **accepted)
    house.tell("dispatch.work_order_changed", **refused)

    assert str(house.get(request)).count("KANARIE") >= 3
    seen = house.get(request, house.sanne)
    assert "KANARIE" not in str(seen)
    assert "424242" not in str(seen)
    assert sorted(line["type"] for line in seen["timeline"]) == ["accepted", "order_changed", "received"]
