from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from dispatch.domain.deliveries import (
    Answer,
    Delivery,
    DeliveryState,
    Errand,
    Failure,
    NoAnswer,
    delay_after,
    errand_key,
    understand,
)
from dispatch.domain.work_order_states import Action

from ..samples import NOW, known_id  # noqa: TID252  samples of this service alone


@pytest.mark.parametrize(
    ("errand", "word", "action"),
    [
        (Errand.ORDER, "received", Action.DELIVER),
        (Errand.ORDER, "accepted", Action.ACCEPT),
        (Errand.ORDER, "refused", Action.REFUSE),
        (Errand.CANCELLATION, "received", Action.DELIVER),
        (Errand.CANCELLATION, "cancelled", Action.CONFIRM_CANCELLATION),
    ],
)
def test_each_agreed_answer_is_an_action(errand: Errand, word: str, action: Action) -> None:
    outcome = understand(errand, {"answer": word})
    assert isinstance(outcome, Answer)
    assert (outcome.action, outcome.word) == (action, word)


@pytest.mark.parametrize(
    "reply",
    [
        None,
        [],
        "accepted",
        {},
        {"answer": None},
        {"answer": 1},
        {"answer": "perhaps"},
        {"answer": "cancelled"},  # not an answer to an order
        {"answer": "accepted", "planned_from": "tomorrow"},
        {"answer": "accepted", "planned_from": "2026-11-24T10:00:00"},  # in which zone?
        {"answer": "accepted", "planned_until": 5},
        {"answer": "x" * 10_000},
    ],
)
def test_anything_else_is_garbage_and_said_so(reply: Any) -> None:
    outcome = understand(Errand.ORDER, reply)
    assert isinstance(outcome, NoAnswer)
    assert outcome.failure is Failure.GARBAGE
    assert 10 < len(outcome.detail) < 200
    assert not outcome.is_final


def test_an_acceptance_may_bring_a_plan() -> None:
    outcome = understand(Errand.ORDER, {"answer": "accepted", "planned_from": "2026-11-24T10:00:00+01:00"})
    assert isinstance(outcome, Answer)
    assert outcome.planned_from == datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def test_a_refusal_always_has_a_reason() -> None:
    with_reason = understand(Errand.ORDER, {"answer": "refused", "reason": "No one free"})
    without = understand(Errand.ORDER, {"answer": "refused", "reason": "  "})
    assert isinstance(with_reason, Answer)
    assert isinstance(without, Answer)
    assert (with_reason.reason, without.reason) == ("No one free", "No reason given.")


def test_a_supplier_that_does_not_agree_to_cancel_is_not_asked_again() -> None:
    outcome = understand(Errand.CANCELLATION, {"answer": "refused", "reason": "Done already"})
    assert isinstance(outcome, NoAnswer)
    assert outcome.is_final
    assert "Done already" in outcome.detail


def test_delays_grow_as_set_and_then_it_is_given_up() -> None:
    delays = [1, 10, 60]
    seconds = [delay_after(attempt, delays, 0) for attempt in (1, 2, 3)]
    assert [one.total_seconds() for one in seconds if one] == delays
    assert delay_after(4, delays, 0) is None
    assert delay_after(1, [], 0) is None


def test_jitter_adds_at_most_a_quarter() -> None:
    longest = delay_after(1, [60], 1)
    assert longest is not None
    assert longest.total_seconds() == 75


@pytest.mark.parametrize(
    ("retry_after", "seconds"), [(0, 60), (30, 60), (90, 90), (3600, 3600), (10**9, 3600)]
)
def test_who_asks_for_time_gets_it_up_to_an_hour(retry_after: float, seconds: float) -> None:
    delay = delay_after(1, [60], 0, retry_after)
    assert delay is not None
    assert delay.total_seconds() == seconds


def test_asking_for_time_does_not_make_more_attempts() -> None:
    assert delay_after(2, [60], 0, 120) is None


def test_an_errand_has_a_key_of_its_own_also_when_numbers_begin_anew() -> None:
    keys = {errand_key("SD-26-000001-1", known_id(desk), number) for desk in "ab" for number in (1, 2)}
    assert len(keys) == 4
    assert all(key.startswith("SD-26-000001-1_") for key in keys)


@pytest.mark.parametrize(
    ("delivery", "knows"),
    [
        (Delivery(known_id("x"), DeliveryState.PENDING), False),
        (Delivery(known_id("x"), DeliveryState.PENDING, attempts=1), True),
        (Delivery(known_id("x"), DeliveryState.PENDING, generation=2), True),
        (Delivery(known_id("x"), DeliveryState.DELIVERED, attempts=1), True),
        (Delivery(known_id("x"), DeliveryState.FAILED, attempts=3), True),
    ],
)
def test_after_the_first_attempt_a_supplier_may_know_of_the_order(delivery: Delivery, knows: bool) -> None:
    assert delivery.supplier_may_know is knows


def test_only_a_pending_delivery_has_a_next_attempt() -> None:
    done = Delivery(known_id("x"), DeliveryState.DELIVERED, attempts=1, next_attempt_at=NOW)
    waiting = Delivery(known_id("x"), DeliveryState.PENDING, attempts=1, next_attempt_at=NOW)
    assert done.as_fact()["next_attempt_at"] is None
    assert waiting.as_fact()["next_attempt_at"] == NOW
