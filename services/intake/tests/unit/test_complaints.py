"""The life of a complaint: every cell of its table, and what it asks of the request that carries it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from intake.domain.complaint_states import ROWS, TABLE, Stage, Step, row_for
from intake.domain.complaints import Complaint
from intake.domain.errors import NotAllowed
from intake.domain.request_states import State
from intake.domain.requests import Request

from .samples import AMIRA, SANNE, after, events, in_triage

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
    ("remedied", "contest"): "contested",
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
    request.ask_again(after(9001), AMIRA)
    assert (request.state, request.attention, request.closes_at) == (State.READY, "word_missing", None)


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
