"""Facts about work orders: late, doubled, in any order, they leave the same request."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import pytest
from intake.domain import direction
from intake.domain.request_states import State
from intake.domain.requests import Request

from .samples import (
    AMIRA,
    ORDER,
    RADIATOR,
    SANNE,
    after,
    changed,
    events,
    in_progress,
    in_triage,
    is_ready,
    planned,
)

OTHER = "01926f3a-0000-7000-8000-00000000000b"
FAILED = {"state": "failed", "attempts": 5, "error": "no answer", "next_attempt_at": None}

# A supplier cannot be reached, the order goes to another, who plans, works and completes.
STORY: list[tuple[int, dict[str, Any]]] = [
    (1, planned()),
    (2, changed(2, "delivery_failed", "issued", delivery=FAILED, reason="no answer")),
    (3, changed(3, "reroute", "cancellation_requested", delivery=FAILED)),
    (3, planned(OTHER, number="SD-26-000123-2", replaces=ORDER)),
    (4, changed(4, "confirm_cancellation", "cancelled")),
    (5, changed(2, "accept", "accepted", OTHER, number="SD-26-000123-2")),
    (6, changed(3, "schedule", "scheduled", OTHER, planned_from="2026-03-03T09:00:00Z",
                planned_until="2026-03-03T10:00:00Z", number="SD-26-000123-2")),
    (7, changed(4, "schedule", "scheduled", OTHER, planned_from="2026-03-04T09:00:00Z",
                planned_until="2026-03-04T10:00:00Z", number="SD-26-000123-2")),
    (8, changed(5, "start", "in_progress", OTHER, number="SD-26-000123-2")),
    (9, changed(6, "complete", "technically_complete", OTHER, number="SD-26-000123-2", cost_cents=5000)),
]  # fmt: skip


def take_in(request: Request, minute: int, fact: dict[str, Any]) -> None:
    if "orders" in fact:
        direction.orders_planned(request, fact, after(minute))
    else:
        direction.order_changed(request, fact, after(minute), lambda: after(minute + 60))


def result(request: Request) -> dict[str, Any]:
    lines = sorted((asdict(entry) for entry in request.entries), key=lambda line: (line["at"], str(line)))
    return {
        "orders": {key: asdict(order) for key, order in sorted(request.orders.items())},
        "attention": request.attention,
        "reassignments": request.reassignment_count,
        "lines": lines,
    }


def told_in(order: list[tuple[int, dict[str, Any]]]) -> dict[str, Any]:
    request = in_progress()
    for minute, fact in order:
        take_in(request, minute, fact)
    return result(request)


@pytest.mark.parametrize("seed", range(100))
def test_shuffled_and_doubled_facts_leave_the_same_request(seed: int) -> None:
    chance = random.Random(seed)
    facts = STORY + chance.choices(STORY, k=8)
    chance.shuffle(facts)

    assert told_in(facts) == told_in(STORY)


def test_the_story_ends_as_it_should() -> None:
    end = told_in(STORY)

    assert end["orders"][ORDER]["state"] == "cancelled"
    assert end["orders"][OTHER]["state"] == "technically_complete"
    assert end["orders"][OTHER]["planned_from"] == "2026-03-04T09:00:00Z"
    assert end["orders"][OTHER]["title"] == {"nl": "Herstellen", "en": "Repair"}
    assert (end["reassignments"], end["attention"]) == (1, None)


def test_an_order_that_changed_before_its_planning_came_is_a_stub() -> None:
    request = in_progress()
    take_in(request, 1, changed(2, "accept", "accepted"))
    assert (request.orders[ORDER].state, request.orders[ORDER].title) == ("accepted", None)

    take_in(request, 2, planned())

    assert request.orders[ORDER].state == "accepted"
    assert request.orders[ORDER].step == "repair"


def test_a_late_change_leaves_its_line_but_not_its_state() -> None:
    request = in_progress()
    take_in(request, 1, changed(3, "start", "in_progress"))
    lines = len(request.entries)
    take_in(request, 2, changed(2, "accept", "accepted"))

    assert request.orders[ORDER].state == "in_progress"
    assert len(request.entries) == lines + 1


def test_a_doubled_change_leaves_nothing() -> None:
    request = in_progress()
    take_in(request, 1, changed(2, "accept", "accepted"))
    before = result(request)
    take_in(request, 2, changed(2, "accept", "accepted"))

    assert result(request) == before


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ([changed(2, "delivery_failed", "issued", delivery=FAILED)], "delivery_failed"),
        ([changed(2, "refuse", "refused")], "work_order_refused"),
        ([changed(2, "not_carried_out", "not_carried_out")], "work_order_not_carried_out"),
        ([changed(2, "refuse", "refused"), planned(OTHER, replaces=ORDER)], None),
        ([changed(2, "refuse", "refused"), changed(3, "redeliver", "issued")], None),
        ([changed(2, "delivery_failed", "cancellation_requested", delivery=FAILED),
          planned(OTHER, replaces=ORDER)], "delivery_failed"),
        ([changed(2, "delivery_failed", "issued", delivery=FAILED), changed(3, "cancel", "cancelled",
          delivery=FAILED), planned(OTHER)], None),
        ([changed(2, "refuse", "refused", OTHER), changed(2, "delivery_failed", "issued", delivery=FAILED)],
         "delivery_failed"),
    ],
)  # fmt: skip
def test_trouble_with_an_order_asks_for_attention(facts: list[dict[str, Any]], code: str | None) -> None:
    request = in_progress()
    for minute, fact in enumerate([planned(), *facts]):
        take_in(request, minute, fact)

    assert request.attention == code


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ([changed(2, "cancel", "cancelled")], "nobody_works"),
        ([changed(2, "cancel", "cancelled"), planned(OTHER)], None),
        ([changed(2, "cancel", "cancelled"), planned(OTHER), changed(2, "cancel", "cancelled", OTHER)],
         "nobody_works"),
        ([changed(2, "cancel", "cancellation_requested")], None),
        ([changed(2, "complete", "technically_complete"), changed(3, "fail", "rejected")], None),
        ([changed(2, "complete", "technically_complete"), changed(3, "fail", "rejected"),
          planned(OTHER, rework_of=ORDER), changed(2, "cancel", "cancelled", OTHER)], "nobody_works"),
    ],
)  # fmt: skip
def test_a_request_whose_orders_were_all_cancelled_by_hand_is_not_lost(
    facts: list[dict[str, Any]], code: str | None
) -> None:
    request = in_progress()
    for minute, fact in enumerate([planned(), *facts]):
        take_in(request, minute, fact)

    assert request.attention == code


def test_trouble_of_an_earlier_round_is_over() -> None:
    request = in_progress()
    take_in(request, 1, changed(2, "refuse", "refused"))
    request.complete(after(2), after(9000), AMIRA)
    request.reopen("Weer koud.", None, after(3), SANNE)

    assert request.attention is None


def unplannable(round_: int = 1) -> dict[str, Any]:
    return {"round": round_, "reason": "unknown_provider", "detail": "Step 'repair' names nobody."}


def test_an_unplannable_process_asks_for_attention_until_orders_come() -> None:
    request = in_progress()
    direction.unplannable(request, unplannable(), after(1))
    assert request.attention == "unplannable"
    assert request.entries[-1].public is False

    take_in(request, 2, planned())
    assert request.attention is None


def test_a_late_word_that_planning_failed_is_no_matter_once_there_are_orders() -> None:
    request = in_progress()
    take_in(request, 1, planned())
    direction.unplannable(request, unplannable(), after(2))

    assert request.attention is None


def test_a_step_that_nobody_gets_when_its_turn_comes_asks_for_attention_until_it_is_given_out() -> None:
    request = in_progress()
    take_in(request, 1, planned(state="prepared"))
    direction.unplannable(request, {**unplannable(), "step": "repair"}, after(2))
    assert request.attention == "unplannable"
    take_in(request, 3, changed(2, "issue", "issued"))
    assert request.attention is None


def test_a_late_word_of_a_step_that_has_gone_out_is_no_matter() -> None:
    request = in_progress()
    take_in(request, 1, planned(state="prepared"))
    take_in(request, 2, changed(2, "issue", "issued"))
    direction.unplannable(request, {**unplannable(), "step": "repair"}, after(3))
    assert request.attention is None


@pytest.mark.parametrize(("which", "code"), [("warning", "deadline_near"), ("breached", "breach")])
def test_deadlines_ask_for_attention(which: str, code: str) -> None:
    request = in_progress()
    fact = {"clock": "resolve", "due_at": "2026-03-06T16:30:00Z", "counterparty": "supplier"}
    direction.deadline_signalled(request, which, fact, after(1))

    assert request.attention == code
    assert request.entries[-1].type == f"deadline_{which}"


def test_a_deadline_of_what_is_ready_is_only_remembered() -> None:
    request = is_ready()
    fact = {"clock": "resolve", "due_at": "2026-03-06T16:30:00Z", "counterparty": "desk"}
    direction.deadline_signalled(request, "breached", fact, after(1))

    assert (request.attention, request.signals) == (None, {})
    assert request.entries[-1].type == "deadline_breached"


@pytest.mark.parametrize("which", ["warning", "breached"])
def test_a_deadline_that_is_heard_late_is_no_matter_for_whoever_acted_since(which: str) -> None:
    answered = in_triage()
    answered.give_answer("In de kelder.", None, after(5), AMIRA)
    answered.reopen("Niet gevonden", None, after(8), SANNE)
    accepted = in_triage()
    accepted.accept(RADIATOR, {}, after(5), AMIRA)
    for request in (answered, accepted):
        fact = {"clock": "respond", "due_at": "2026-03-02T10:00:00Z", "counterparty": "desk"}
        direction.deadline_signalled(request, which, fact, after(4))

        assert (request.attention, request.signals) == (None, {})
        assert request.entries[-1].type == f"deadline_{which}"


def test_of_two_deadlines_the_longer_one_stays_in_either_order() -> None:
    clocks = ("respond", "resolve")
    for order in (clocks, clocks[::-1]):
        request = in_triage()
        for clock in order:
            fact = {"clock": clock, "due_at": "2026-03-02T10:00:00Z", "counterparty": "desk"}
            direction.deadline_signalled(request, "breached", fact, after(4))
        request.ask("Welke kamer?", after(6), AMIRA)

        assert request.signals["breach"]["clock"] == "resolve"


@pytest.mark.parametrize(
    ("make", "round_", "state"),
    [
        (in_progress, 1, State.READY),
        (in_progress, 2, State.IN_PROGRESS),
        (in_triage, 1, State.TRIAGE),
        (is_ready, 1, State.READY),
    ],
)
def test_completion_counts_for_its_own_round_and_while_there_is_work(
    make: Callable[[], Request], round_: int, state: State
) -> None:
    request = make()
    before = events(request)
    direction.process_completed(request, round_, after(70), after(9000))

    assert request.state is state
    assert len(events(request)) - len(before) == (make is in_progress and round_ == 1)


@pytest.mark.parametrize(
    ("action", "public"), [("accept", True), ("complete", True), ("refuse", False), ("deliver", False)]
)
def test_what_passes_between_desk_and_provider_is_internal(action: str, public: bool) -> None:
    request = in_progress()
    take_in(request, 1, changed(2, action, "issued", note="duur", cost_cents=5000, reason="druk"))
    line = request.entries[-1]

    assert line.public is public
    assert "note" not in line.data
    assert line.internal is not None
    assert (line.internal["note"], line.internal["cost_cents"], line.internal["reason"]) == (
        "duur", 5000, "druk",
    )  # fmt: skip


WINDOWS = [{"from": "2026-03-04T09:00:00Z", "until": "2026-03-04T11:00:00Z"}]
PROPOSED = {
    "state": "proposed",
    "windows": WINDOWS,
    "chosen": None,
    "wish": None,
    "at": "2026-03-02T09:00:00Z",
}


def proposals(request: Request) -> list[dict[str, Any]]:
    return [data for event, data in request.facts if event == "appointment_proposed"]


def test_the_requester_hears_of_each_proposal_of_moments_once() -> None:
    request = in_progress()
    take_in(request, 1, planned())
    for sequence in (3, 3, 5):
        take_in(request, 2, changed(sequence, "propose", "accepted", appointment=PROPOSED))
    assert [told["order_sequence"] for told in proposals(request)] == [3, 5]
    assert proposals(request)[0]["windows"] == WINDOWS
    assert proposals(request)[0]["title"] == {"nl": "Herstellen", "en": "Repair"}


def test_a_proposal_that_is_heard_after_what_came_of_it_is_no_news() -> None:
    request = in_progress()
    take_in(request, 1, planned())
    take_in(request, 2, changed(4, "confirm_appointment", "scheduled"))
    take_in(request, 3, changed(3, "propose", "accepted", appointment=PROPOSED))
    assert proposals(request) == []


def test_nobody_is_asked_to_choose_for_what_is_over() -> None:
    request = in_progress()
    take_in(request, 1, planned())
    request.complete(after(2), after(9000), AMIRA)
    take_in(request, 3, changed(3, "propose", "accepted", appointment=PROPOSED))
    assert proposals(request) == []


def test_only_another_group_counts_as_a_reassignment_and_who_of_the_team_has_it_is_not_public() -> None:
    request = in_progress()
    for sequence, (action, state) in enumerate(
        [("take", "accepted"), ("assign", "accepted"), ("give_back", "accepted"), ("hand_over", "cancelled")],
        start=2,
    ):
        take_in(request, sequence, changed(sequence, action, state))
    assert request.reassignment_count == 1
    assert not any(entry.public for entry in request.entries if entry.type == "order_changed")


def looks(request: Request) -> list[str]:
    return [data["text"] for event, data in request.facts if event == "request_updated"]


def test_the_requester_hears_once_that_it_is_their_turn_to_look() -> None:
    request = in_progress()
    take_in(request, 1, planned())
    done = changed(3, "complete", "technically_complete", check={"by": "customer", "holds": True})
    take_in(request, 2, done)
    take_in(request, 2, done)
    (text,) = looks(request)
    assert "“Herstellen” is klaar" in text


@pytest.mark.parametrize("check", [None, {"by": "desk", "holds": True}, {"by": "team_lead", "holds": False}])
def test_of_a_check_by_others_they_are_told_nothing(check: dict[str, Any] | None) -> None:
    request = in_progress()
    take_in(request, 1, planned())
    take_in(request, 2, changed(3, "complete", "technically_complete", check=check))
    assert looks(request) == []
