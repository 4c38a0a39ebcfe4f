"""The life of a complaint: every cell of its table, and what it asks of the request that carries it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from intake.domain.complaint_states import ROWS, TABLE, Stage, Step, row_for
from intake.domain.complaints import Complaint
from intake.domain.errors import NotAllowed, TooEarly, TriedTooLittle
from intake.domain.request_states import State
from intake.domain.requests import Request
from intake.domain.values import By

from .samples import AMIRA, SANNE, after, events, in_triage

KARIN = By("person", "Karin")
MINUTE = timedelta(minutes=1)
UNHEARD_FROM = after(18_000)

# Written down apart from the table on purpose: whoever changes the one must mean the other.
CELLS = {
    ("lodged", "acknowledge"): "acknowledged",
    ("lodged", "work_done"): "remedied",
    ("lodged", "withdraw"): "withdrawn",
    ("acknowledged", "find_cause"): "cause_found",
    ("acknowledged", "work_done"): "remedied",
    ("acknowledged", "withdraw"): "withdrawn",
    ("cause_found", "find_cause"): "cause_found",
    ("cause_found", "remedy"): "remedied",
    ("cause_found", "work_done"): "remedied",
    ("cause_found", "withdraw"): "withdrawn",
    ("remedied", "accept"): "settled",
    ("remedied", "attempt"): "remedied",
    ("remedied", "close_unheard"): "unheard",
    ("remedied", "contest"): "contested",
    ("unheard", "contest"): "contested",
    ("settled", "contest"): "contested",
    ("contested", "acknowledge"): "acknowledged",
    ("contested", "work_done"): "remedied",
    ("contested", "withdraw"): "withdrawn",
}


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("stage", Stage)
def test_each_cell_leads_where_it_should_or_is_forbidden(stage: Stage, step: Step) -> None:
    expected = CELLS.get((stage.value, step.value))
    if expected is None:
        with pytest.raises(NotAllowed, match=f"'{stage}' cannot '{step}'"):
            row_for(stage, step)
    else:
        assert row_for(stage, step).to == expected


def test_no_cell_is_twice_and_each_says_why() -> None:
    assert len(TABLE) == len(ROWS)
    assert all(row.why.endswith(".") for row in ROWS)


def complaint() -> Request:
    return in_triage(kind="complaint", complaint=Complaint())


def remedied() -> Request:
    request = complaint()
    request.acknowledge("Wij kijken ernaar.", after(10), AMIRA)
    request.find_cause("late", "Leverancier kwam niet.", after(20), AMIRA)
    request.remedy("Morgen alsnog.", None, after(9000), after(30), AMIRA)
    return request


def test_from_the_complaint_to_the_customers_word() -> None:
    request = remedied()
    assert request.state is State.READY
    assert events(request) == ["request_received", "request_updated", "request_ready"]
    assert request.facts[-1][1]["needs_word"] is True
    assert request.facts[-1][1]["text"] == "Morgen alsnog."
    request.confirm(after(60), SANNE)
    assert request.complaint is not None
    assert request.complaint.word == {"by": "Sanne", "at": after(60), "recorded_by": None}
    assert request.state is State.CLOSED


def test_the_spoken_word_is_kept_with_whose_when_and_who_wrote_it_down() -> None:
    request = remedied()
    request.settle("Sanne de Wit", after(50), after(60), AMIRA)
    assert request.complaint is not None
    assert request.complaint.word == {"by": "Sanne de Wit", "at": after(50), "recorded_by": "Amira"}


def test_silence_closes_no_complaint_and_the_desk_is_told_to_ask() -> None:
    request = remedied()
    with pytest.raises(NotAllowed):
        request.lapse(after(9001), AMIRA)
    request.ask_again(UNHEARD_FROM, after(9001), AMIRA)
    found = (request.state, request.attention, request.closes_at)
    assert found == (State.READY, "word_missing", UNHEARD_FROM)


def tried(*at: int) -> Request:
    """Remedied, and tried to be reached after so many minutes each."""
    request = remedied()
    for minutes in at:
        request.attempt("phone", after(minutes), None, UNHEARD_FROM, after(minutes), AMIRA)
    return request


def test_after_two_attempts_and_the_term_a_manager_closes_it_and_the_customer_is_told_why() -> None:
    request = tried(60, 90)
    request.close_unheard("Twee keer gebeld; verhuisd.", UNHEARD_FROM, UNHEARD_FROM, KARIN)
    complaint = request.complaint
    assert complaint is not None
    assert [(each["way"], each["by"]) for each in complaint.attempts] == [("phone", "Amira")] * 2
    assert complaint.unheard == {"by": "Karin", "at": UNHEARD_FROM, "reason": "Twee keer gebeld; verhuisd."}
    assert (request.state, complaint.word) == (State.CLOSED, None)
    event, told = request.facts[-1]
    assert event == "request_closed"
    assert (told["unheard"], told["answer"]) == (True, "Twee keer gebeld; verhuisd.")


@pytest.mark.parametrize(
    ("attempts", "at", "refused"),
    [((), UNHEARD_FROM, TriedTooLittle), ((60,), UNHEARD_FROM, TriedTooLittle),
     ((60, 90), UNHEARD_FROM - MINUTE, TooEarly)],
)  # fmt: skip
def test_sooner_or_with_less_it_is_not_closed(
    attempts: tuple[int, ...], at: datetime, refused: type[NotAllowed]
) -> None:
    request = tried(*attempts)
    version = request.version
    with pytest.raises(refused):
        request.close_unheard("Niet bereikt.", UNHEARD_FROM, at, KARIN)
    assert (request.state, request.version) == (State.READY, version)


def test_the_manager_is_asked_once_both_are_so_whichever_comes_last() -> None:
    waited = tried(60, 90)
    assert waited.attention is None
    waited.ask_again(UNHEARD_FROM, UNHEARD_FROM, AMIRA)
    rang = tried(60)
    rang.ask_again(UNHEARD_FROM, UNHEARD_FROM, AMIRA)
    assert rang.attention == "word_missing"
    rang.attempt("letter", UNHEARD_FROM, "Brief gestuurd", UNHEARD_FROM, UNHEARD_FROM, AMIRA)
    assert (waited.attention, rang.attention) == ("unheard", "unheard")


def test_who_speaks_after_all_begins_it_anew_and_the_attempts_count_no_more() -> None:
    request = tried(60, 90)
    request.close_unheard("Niet bereikt.", UNHEARD_FROM, UNHEARD_FROM, KARIN)
    request.reopen("Ik was op reis.", UNHEARD_FROM + MINUTE, UNHEARD_FROM, SANNE)
    complaint = request.complaint
    assert complaint is not None
    assert (complaint.stage, complaint.attempts, complaint.unheard) == (Stage.CONTESTED, [], None)


def test_reopened_nobody_is_asked_for_their_word_any_more() -> None:
    request = remedied()
    request.ask_again(UNHEARD_FROM, after(9001), AMIRA)
    request.reopen("Nog steeds niet.", None, after(9010), SANNE)
    assert request.attention is None


def test_contested_it_begins_anew_and_nothing_of_it_is_lost() -> None:
    request = remedied()
    request.reopen("Weer niet.", None, after(60), SANNE)
    assert request.complaint is not None
    assert (request.state, request.complaint.stage, request.complaint.cause) == (
        State.TRIAGE, Stage.CONTESTED, None,
    )  # fmt: skip
    assert "cause_found" in [entry.type for entry in request.entries]
    request.acknowledge("Wij kijken opnieuw.", after(70), AMIRA)
    assert request.state is State.IN_PROGRESS


@pytest.mark.parametrize(
    "shortcut",
    [
        lambda it: it.give_answer("Jammer.", None, after(5), AMIRA),
        lambda it: it.reject("Nee.", after(5), AMIRA),
        lambda it: it.remedy("Bloemen.", None, after(9), after(5), AMIRA),
        lambda it: it.find_cause("late", None, after(5), AMIRA),
        lambda it: it.settle("Sanne", after(4), after(5), AMIRA),
        lambda it: it.attempt("phone", after(4), None, after(4), after(5), AMIRA),
        lambda it: it.close_unheard("Weg.", after(4), after(5), AMIRA),
        lambda it: it.join(in_triage(request_id=None), after(5), AMIRA),
    ],
)
def test_there_is_no_way_around_the_customer(shortcut: Callable[[Request], None]) -> None:
    request = complaint()
    before = (request.state, request.version, list(request.entries))
    with pytest.raises(NotAllowed):
        shortcut(request)
    assert (request.state, request.version, list(request.entries)) == before


def test_what_is_no_complaint_has_no_such_life() -> None:
    request = in_triage(kind="fault")
    for act in (
        lambda: request.acknowledge("Ja", after(1), AMIRA),
        lambda: request.find_cause("late", None, after(1), AMIRA),
    ):
        with pytest.raises(NotAllowed, match="no complaint"):
            act()
