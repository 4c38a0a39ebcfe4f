"""What a request does, and what it tells."""

from __future__ import annotations

import pytest
from intake.domain.errors import NotAllowed, TooLate
from intake.domain.request_states import Resolution, State
from intake.domain.values import Place

from .samples import (
    AMIRA,
    MONDAY,
    RADIATOR,
    SANNE,
    a_request,
    after,
    events,
    in_progress,
    in_triage,
    is_closed,
    is_ready,
)


def test_a_standard_request_tells_only_that_it_was_accepted() -> None:
    request = in_progress()

    assert events(request) == ["request_accepted"]
    assert (request.standard, request.round, request.accepted_at) == (True, 1, MONDAY)


def test_a_triaged_request_is_not_standard_and_tells_of_receipt_and_acceptance() -> None:
    request = in_triage()
    request.accept(RADIATOR, {"since": "2026-03-01"}, after(30), AMIRA)

    assert events(request) == ["request_received", "request_accepted"]
    assert request.standard is False
    assert [data["sequence"] for _, data in request.facts] == [1, 2]
    assert request.version == 2


def test_an_answer_at_receipt_closes_without_leaving_the_desk() -> None:
    request = a_request()
    request.give_answer("Om vijf uur.", None, MONDAY, AMIRA)

    assert events(request) == ["request_received", "request_closed"]
    assert (request.state, request.resolution) == (State.CLOSED, Resolution.ANSWERED)
    assert request.facts[1][1]["answer"] == "Om vijf uur."


def test_what_was_answered_without_a_kind_was_a_question_for_information() -> None:
    request = in_triage()
    request.give_answer("Om vijf uur.", "a1", after(5), AMIRA)

    assert request.kind == "information"
    assert request.answer is not None
    assert request.answer["article_id"] == "a1"


def test_the_kind_that_was_given_stays_when_it_is_answered() -> None:
    request = in_triage(kind="fault")
    request.give_answer("Excuses.", None, after(5), AMIRA)

    assert request.kind == "fault"


def test_a_rejection_carries_its_reason() -> None:
    request = in_triage()
    request.reject("Dat doen we niet.", after(5), AMIRA)

    assert request.resolution is Resolution.REJECTED
    assert request.facts[-1][1]["answer"] == "Dat doen we niet."


def test_asking_waits_on_the_requester_and_a_reply_ends_it() -> None:
    request = in_triage()
    request.ask("Welke kamer?", after(10), AMIRA)
    assert request.waiting is not None
    assert (request.waiting.reason, request.waiting.since) == ("awaiting_requester", after(10))

    request.reply("2.14", after(20), SANNE, unread=True)

    assert request.waiting is None
    assert events(request) == ["request_received", "request_waiting", "request_resumed"]
    assert request.attention == "requester_wrote"


def test_a_second_question_does_not_start_the_waiting_anew() -> None:
    request = in_triage()
    request.ask("Welke kamer?", after(10), AMIRA)
    request.ask("En welke verdieping?", after(30), AMIRA)

    assert request.waiting is not None
    assert (request.waiting.since, request.waiting.question) == (after(10), "En welke verdieping?")
    assert events(request).count("request_waiting") == 2


def test_a_reply_that_nobody_asked_for_asks_for_attention_only() -> None:
    request = in_progress()
    request.reply("Het lekt nu ook.", after(5), SANNE, unread=True)

    assert events(request) == ["request_accepted"]
    assert request.attention == "requester_wrote"


def test_a_reply_that_an_agent_wrote_down_is_not_unread() -> None:
    request = in_triage()
    request.ask("Welke kamer?", after(10), AMIRA)
    request.reply("2.14", after(20), AMIRA, unread=False)

    assert request.attention is None


@pytest.mark.parametrize("act", ["note", "ask", "accept"])
def test_when_the_desk_acts_it_has_read_what_the_requester_wrote(act: str) -> None:
    request = in_triage()
    request.reply("Het lekt.", after(5), SANNE, unread=True)
    {
        "note": lambda: request.note("Gebeld.", after(6), AMIRA),
        "ask": lambda: request.ask("Waar?", after(6), AMIRA),
        "accept": lambda: request.accept(RADIATOR, {}, after(6), AMIRA),
    }[act]()

    assert request.attention is None


def test_a_note_is_internal_and_leaves_the_version_alone() -> None:
    request = in_triage()
    request.note("Belt liever niet.", after(5), AMIRA)

    assert request.version == 1
    assert request.entries[-1].public is False


def test_ready_gives_the_customer_time_to_decide() -> None:
    request = is_ready()

    assert (request.state, request.closes_at) == (State.READY, after(9000))
    assert request.facts[-1][1]["closes_at"] == after(9000)


def test_getting_ready_ends_waiting_before_it_is_told() -> None:
    request = in_progress()
    request.ask("Welke kamer?", after(10), AMIRA)
    request.complete(after(60), after(9000), AMIRA)

    assert events(request)[-2:] == ["request_resumed", "request_ready"]


def test_closing_ends_waiting_before_it_is_told() -> None:
    request = in_triage()
    request.ask("Welke kamer?", after(10), AMIRA)
    request.withdraw("Niet meer nodig.", after(20), SANNE)

    assert events(request)[-2:] == ["request_resumed", "request_closed"]
    assert request.resolution is Resolution.WITHDRAWN


@pytest.mark.parametrize("how", ["confirm", "lapse"])
def test_confirmed_or_silent_it_is_solved(how: str) -> None:
    request = is_ready()
    getattr(request, how)(after(90), SANNE)

    assert (request.state, request.resolution, request.closes_at) == (State.CLOSED, Resolution.SOLVED, None)


@pytest.mark.parametrize("make", [is_ready, is_closed])
def test_reopened_work_begins_a_new_round(make: object) -> None:
    request = make()  # type: ignore[operator]
    request.reopen("Weer koud.", None, after(100), SANNE)

    assert (request.state, request.round, request.reopen_count) == (State.IN_PROGRESS, 2, 1)
    assert (request.resolution, request.ready_at, request.closed_at) == (None, None, None)
    assert request.facts[-1][1]["round"] == 2


def test_an_answer_that_did_not_help_goes_back_to_triage_without_a_round() -> None:
    request = in_triage()
    request.give_answer("Om vijf uur.", None, after(5), AMIRA)
    request.reopen("Dat vroeg ik niet.", None, after(10), SANNE)

    assert (request.state, request.round, request.answer) == (State.TRIAGE, 0, None)
    assert request.facts[-1][1]["round"] == 0


@pytest.mark.parametrize("act", ["reject", "withdraw"])
def test_what_was_rejected_or_withdrawn_is_not_reopened(act: str) -> None:
    request = in_triage()
    getattr(request, act)("Nee.", after(5), AMIRA)

    with pytest.raises(NotAllowed, match="report it anew"):
        request.reopen("Toch wel.", None, after(10), SANNE)


def test_the_window_for_reopening_closes() -> None:
    with pytest.raises(TooLate):
        is_closed().reopen("Weer koud.", after(100), after(101), SANNE)

    is_closed().reopen("Weer koud.", after(100), after(100), SANNE)


def test_nothing_is_told_of_an_imported_request_until_it_is_accepted() -> None:
    request = a_request(announced=False, state=State.TRIAGE)
    request.ask("Welke kamer?", after(1), AMIRA)
    assert request.facts == []

    request.accept(RADIATOR, {}, after(2), AMIRA)

    assert events(request) == ["request_accepted"]
    assert request.version == 3


def test_a_place_that_is_only_a_name_is_not_told() -> None:
    request = a_request(location=Place(None, "Kamer 3", "Kamer 3"))
    request.assess(MONDAY, SANNE)

    assert request.facts[0][1]["location"] is None


@pytest.mark.parametrize("code", ["breach", "deadline_near"])
def test_acting_on_it_settles_a_late_response_but_not_a_late_solution(code: str) -> None:
    request = in_triage()
    request.signals[code] = {"clock": "respond"}
    request.accept(RADIATOR, {}, after(5), AMIRA)
    assert request.attention is None

    request.signals[code] = {"clock": "resolve"}
    request.ask("Welke kamer?", after(6), AMIRA)
    assert request.attention == code


def test_every_line_says_who_and_when() -> None:
    request = is_closed()

    assert [(entry.type, entry.by.name, entry.at) for entry in request.entries] == [
        ("accepted", "Sanne", MONDAY),
        ("ready", "Amira", after(60)),
        ("confirmed", "Sanne", after(90)),
    ]
