"""The states of an item of many, every cell; which orders are meant; and what can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from intake.domain.batches import TABLE, Action, State, after, chosen_orders
from intake.domain.corrections import Correction, Effect, What
from intake.domain.corrections import State as Progress
from intake.domain.errors import NotAllowed
from intake.domain.undoing import REASONS, has_left, why_not
from intake.domain.values import By
from intake.domain.work_orders import WorkOrder

from .samples import a_request

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
TEAM = {"provider_id": str(UUID(int=1)), "name": "Huisdienst", "kind": "team"}
SUPPLIER = {"provider_id": str(UUID(int=2)), "name": "Vonk & Val", "kind": "supplier"}
ALLOWED = {
    (State.WAITING, Action.CARRY_OUT): State.DONE,
    (State.WAITING, Action.REFUSE): State.REFUSED,
    (State.WAITING, Action.DROP): State.DROPPED,
    (State.DONE, Action.UNDO): State.UNDONE,
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("action", Action)
def test_every_cell_of_the_table(state: State, action: Action) -> None:
    expected = ALLOWED.get((state, action))
    if expected is None:
        with pytest.raises(NotAllowed):
            after(state, action)
    else:
        assert after(state, action) is expected
    assert TABLE == ALLOWED


def order(number: str, provider: Mapping[str, Any] = TEAM, state: str = "issued", **more: Any) -> WorkOrder:
    return WorkOrder(
        str(UUID(int=int(number))), number, more.pop("round", 1), dict(provider), state, 1, **more
    )


def request_with(*orders: WorkOrder, state: str = "in_progress") -> Any:
    request = a_request()
    request.round, request.orders = 1, {each.work_order_id: each for each in orders}
    request.state = type(request.state)(state)
    return request


def test_of_what_has_no_order_the_request_itself_is_meant() -> None:
    assert chosen_orders(request_with(order("1")), What.PLACE, None) == [None]


def test_each_order_that_counts_is_meant_of_that_provider() -> None:
    request = request_with(
        order("1", SUPPLIER),
        order("2", TEAM),
        order("3", SUPPLIER, corrected_by="x"),
        order("4", SUPPLIER, round=2),
        order("5", SUPPLIER, state="refused"),
        order("6", SUPPLIER, replaces=str(UUID(int=5))),
    )

    found = chosen_orders(request, What.PROVIDER, UUID(int=2))

    assert [each.number for each in found if each] == ["1", "6"]


def test_what_is_ready_is_taken_up_again_by_one_order() -> None:
    request = request_with(order("1", state="checked"), order("2", state="checked"), state="ready")

    assert len(chosen_orders(request, What.BAD_WORK, None)) == 1


@pytest.mark.parametrize(
    ("state", "provider", "left"),
    [
        ("prepared", SUPPLIER, False),
        ("cancelled", SUPPLIER, False),
        ("issued", SUPPLIER, True),
        ("issued", TEAM, False),
        ("accepted", TEAM, True),
        ("refused", TEAM, True),
        ("technically_complete", TEAM, True),
    ],
)
def test_when_an_order_has_left(state: str, provider: Mapping[str, Any], left: bool) -> None:
    assert has_left(order("1", provider, state)) is left


def made(**more: Any) -> Correction:
    given: dict[str, Any] = {
        "correction_id": UUID(int=9), "request_id": UUID(int=1), "what": What.KIND, "effect": Effect.NONE,
        "cause": "other", "note": None, "by": By("person", "Amira"), "at": AT, "before": {}, "after": {},
        "round": 1, "state": Progress.DONE,
    }  # fmt: skip
    return Correction(**{**given, **more})


ANSWER: dict[str, Any] = {
    "outcome": "carried_out",
    "reason": None,
    "detail": None,
    "stopped": [],
    "issued": [],
}
ISSUED = {"issued": [{"work_order_id": str(UUID(int=1)), "number": "1"}]}
PLACE = {"what": What.PLACE, "effect": Effect.REPLAN}


def stopped(state: str) -> dict[str, Any]:
    return {**ANSWER, "stopped": [{"work_order_id": str(UUID(int=1)), "number": "1", "state": state}]}


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"undone_by": UUID(int=3)}, "undone"),
    ({"undoes": UUID(int=3)}, "undo"),
    ({**PLACE, "state": Progress.FAILED}, "failed"),
    ({**PLACE, "state": Progress.BEGUN}, "not_answered"),
    ({"effect": Effect.REASSESS}, "assessed"),
    ({"effect": Effect.REOPEN}, "reopened"),
    ({**PLACE, "round": 2, "answer": ANSWER}, "went_on"),
    ({**PLACE, "effect": Effect.NONE}, "went_on"),
    ({**PLACE, "answer": stopped("cancellation_requested")}, "told_to_stop"),
    ({**PLACE, "answer": stopped("checked")}, "was_done"),
    ({**PLACE, "answer": {**ANSWER, **ISSUED}}, "sent"),
    ({"what": What.PRICE, "effect": Effect.REPRICE, "before": {"cost_cents": None}}, "no_price"),
]


@pytest.mark.parametrize(("given", "reason"), REFUSED, ids=lambda value: str(value)[:30])
def test_why_it_cannot_be_taken_back(given: dict[str, Any], reason: str) -> None:
    assert why_not(request_with(order("1", SUPPLIER)), made(**given), []) == reason


def test_every_reason_has_its_words_and_its_case() -> None:
    assert {reason for _, reason in REFUSED} | {"corrected_since"} == REASONS.keys()


def test_one_after_it_stands_in_its_way_unless_they_were_made_together() -> None:
    one, request = made(), request_with()
    later = made(correction_id=UUID(int=10), at=AT + timedelta(minutes=1))
    assert why_not(request, one, [one, later]) == "corrected_since"

    one.batch_id = later.batch_id = UUID(int=5)
    assert why_not(request, one, [one, later]) is None
