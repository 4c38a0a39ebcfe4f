"""An order takes more than the desk may agree to: who holds the budget is asked, and the clock waits."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from intake.domain.errors import NotAllowed
from intake.service import IntakeService
from servicekit.errors import Invalid, NotFound

from .house import House, person
from .test_approval import decide, office, order, waiting_for  # noqa: F401  the office is theirs

WORK_ORDER = "01926f00-2000-7a01-8e44-8f9a0b1c2d77"
ASKED: dict[str, Any] = {
    "number": 1, "amount_cents": 90_000, "limit_cents": 10_000, "reason": "De leiding is ook lek.",
    "asked_at": "2026-11-24T10:00:00Z", "of": "budget_holder", "state": "asked", "decision": None,
    "decided_at": None,
}  # fmt: skip


@pytest.fixture
def request_(office: Any) -> Any:  # noqa: F811
    return order(office, quantity=5)


def told(house: House, request: Any, sequence: int = 4, action: str = "ask_extra", **extra: Any) -> None:
    house.tell(
        "dispatch.work_order_changed",
        request_id=str(request["request_id"]),
        work_order_id=extra.pop("work_order_id", WORK_ORDER),
        sequence=sequence,
        action=action,
        state="paused" if action == "ask_extra" else "in_progress",
        extra_work={**ASKED, **extra},
    )


def now(house: House, request: Any) -> Any:
    return house.call("get_request", house.amira, request_id=str(request["request_id"]))


def test_who_holds_the_budget_is_asked_and_the_clock_waits_for_their_side(office: Any, request_: Any) -> None:  # noqa: F811
    told(office, request_)
    assert waiting_for(office, office.karin) == [request_["reference"]]
    assert waiting_for(office, office.daan) == []
    asked, waiting = office.told_last("approval_asked"), office.told_last("request_waiting")
    assert (asked["estimate_cents"], asked["note"]) == (90_000, "De leiding is ook lek.")
    assert asked["extra_work_by"]
    assert (waiting["reason"], waiting["counterparty"]) == ("awaiting_approval", "requester")
    assert now(office, request_)["state"] == "in_progress"


@pytest.mark.parametrize(("approved", "outcome"), [(True, "granted"), (False, "refused")])
def test_their_word_goes_to_who_does_the_work_and_the_clock_goes_on(
    office: Any,  # noqa: F811
    request_: Any,
    approved: bool,
    outcome: str,
) -> None:
    told(office, request_)
    if not approved:
        with pytest.raises(Invalid):
            decide(office, now(office, request_), office.karin, False)
        decide(office, now(office, request_), office.piet, False, "Wacht op 2027")
        assert now(office, request_)["waiting"], "any of two: the other may still agree"
    decide(office, now(office, request_), office.karin, approved, None if approved else "Te duur")
    said = office.told_last("extra_work_decided")
    assert (said["outcome"], said["work_order_id"], said["number"]) == (outcome, WORK_ORDER, 1)
    assert said["by"]["name"] == "Karin"
    assert office.told_last("request_resumed")["request_id"] == said["request_id"]
    after = now(office, request_)
    assert (after["state"], after["waiting"]) == ("in_progress", None)
    assert waiting_for(office, office.karin) == []
    with pytest.raises(NotAllowed):
        decide(office, after, office.karin, True)


def test_who_is_not_asked_does_not_decide(office: Any, request_: Any) -> None:  # noqa: F811
    told(office, request_)
    with pytest.raises(NotFound):
        decide(office, now(office, request_), office.daan)


def test_what_the_desk_may_agree_to_is_asked_of_nobody_else_and_stands_on_its_list(
    office: Any,  # noqa: F811
    request_: Any,
) -> None:
    told(office, request_, of="desk", amount_cents=900)
    after = now(office, request_)
    assert (after["attention"], after["waiting"]) == ("extra_work", None)
    assert waiting_for(office, office.karin) == []


def test_without_a_holder_the_desk_decides(office: Any) -> None:  # noqa: F811
    request = order(office, quantity=5, actor=office.daan)
    told(office, request)
    assert office.told_last("extra_work_decided")["outcome"] == "to_desk"
    assert now(office, request)["waiting"] is None


def test_danger_waits_for_no_budget(office: Any) -> None:  # noqa: F811
    urgent = {"priority": "P1", "requester_id": office.sanne.person_id}
    told(office, order(office, actor=office.amira, **urgent))
    assert office.told_last("extra_work_decided")["outcome"] == "to_desk"


def test_whoever_goes_on_without_needs_no_answer(office: Any, request_: Any) -> None:  # noqa: F811
    told(office, request_)
    told(office, request_, 5, "resume", state="withdrawn")
    assert waiting_for(office, office.karin) == []
    assert now(office, request_)["waiting"] is None
    with pytest.raises(NotAllowed):
        decide(office, now(office, request_), office.karin)


def test_two_orders_are_asked_about_one_after_the_other(office: Any, request_: Any) -> None:  # noqa: F811
    other = "01926f00-2000-7a01-8e44-8f9a0b1c2d99"
    told(office, request_)
    told(office, request_, work_order_id=other, amount_cents=70_000)
    assert office.told_last("approval_asked")["estimate_cents"] == 90_000
    decide(office, now(office, request_), office.karin)
    assert office.told_last("approval_asked")["estimate_cents"] == 70_000
    decide(office, now(office, request_), office.karin)
    assert office.told_last("extra_work_decided")["work_order_id"] == other
    assert waiting_for(office, office.karin) == []


def test_the_same_question_told_twice_is_asked_once(office: Any, request_: Any) -> None:  # noqa: F811
    told(office, request_)
    decide(office, now(office, request_), office.karin)
    told(office, request_)
    assert waiting_for(office, office.karin) == []


def test_who_is_silent_about_it_is_reminded_and_the_desk_sees_it(office: Any, request_: Any) -> None:  # noqa: F811
    told(office, request_)
    IntakeService.remind_approvers(office._service(None, office.clock.now() + timedelta(days=5)))
    asked = office.told_last("approval_asked")
    assert (asked["reminder"], asked["estimate_cents"]) == (1, 90_000)
    assert now(office, request_)["attention"] == "approval_late"
    decide(office, now(office, request_), office.karin)
    assert now(office, request_)["attention"] is None


def test_of_what_was_said_in_confidence_the_holder_is_told_the_cost_and_no_word(office: Any) -> None:  # noqa: F811
    manager = person("Karin", "manager", person_id=office.karin.person_id)
    office.call("save_confidants", manager, person_ids=[office.karin.person_id])
    request = order(office, quantity=5, confidential=True)
    told(office, request)
    asked = office.told_last("approval_asked")
    assert (asked["estimate_cents"], asked["note"]) == (90_000, None)
    with office.engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT orders, approval FROM requests").all()
    assert "De leiding" not in str(kept)
