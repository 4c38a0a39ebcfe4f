"""A confidential request: who reads its words, and what everybody else gets in their place."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from intake.domain.confidence import ELSEWHERE, VEIL, Reader, confided, sealed, told, told_before
from intake.domain.requests import Request
from intake.domain.values import Requester

from .samples import AMIRA, MONDAY, a_request, after

WORDS = {
    "summary": "Collega",
    "text": "Hij schreeuwt",
    "object": "2.14",
    "answers": {"who": "Piet"},
    "answer": None,
}
EVA = Reader("e1", "Eva")


def confidential(**changes: Any) -> Request:
    return a_request(readers=[EVA], **{**WORDS, **changes})


def test_from_then_on_it_is_read_by_whoever_is_named_and_others_are_told_once_to_put_it_away() -> None:
    request = a_request()
    assert not request.confidential
    request.confide([EVA], after(5), AMIRA)
    request.confide([EVA, Reader("b1", "Bo")], after(6), AMIRA)
    assert request.confidential
    assert request.readers == [EVA, Reader("b1", "Bo")]
    assert request.updated_at == after(6)
    lines = [(line.type, line.internal, line.public) for line in request.entries if line.type == "confided"]
    assert lines == [
        ("confided", {"readers": ["Eva"]}, False),
        ("confided", {"readers": ["Eva", "Bo"]}, False),
    ]


@pytest.mark.parametrize(
    ("person_ids", "opens"), [({"s1"}, True), ({"e1", "x"}, True), ({"x"}, False), (set(), False)]
)
def test_it_opens_to_who_reported_it_and_to_who_was_named(person_ids: set[str], opens: bool) -> None:
    assert confidential().opens_to(person_ids) is opens


def test_of_a_request_whose_reporter_was_erased_only_the_named_are_left() -> None:
    assert not confidential(requester=None).opens_to({"s1"})
    assert a_request(requester=Requester("s1", "Sanne"), readers=None).opens_to({"s1"})


def test_its_words_are_kept_apart_and_those_of_another_are_not() -> None:
    assert sealed(confidential()) == WORDS
    assert sealed(a_request()) is None


def test_others_are_told_of_which_request_and_since_when() -> None:
    request = confidential()
    assert confided(request, MONDAY) == {
        "request_id": request.request_id,
        "sequence": request.version,
        "reference": "SD-26-000123",
        "at": MONDAY,
    }


FACT = {
    "reference": "SD-26-000123",
    **{name: WORDS[name] for name in ("summary", "text", "object", "answers")},
}
VEILED = {"reference": "SD-26-000123", "summary": VEIL, "object": None, "answers": {}}


@pytest.mark.parametrize(
    ("event", "data", "heard"),
    [
        (
            "request_accepted",
            FACT,
            {
                **VEILED,
                "text": ELSEWHERE,
                "sealed": {name: FACT[name] for name in ("summary", "text", "object", "answers")},
            },
        ),
        ("request_received", FACT, {**VEILED, "text": ELSEWHERE}),
        ("request_reopened", {"reason": "Weer"}, {"reason": ELSEWHERE, "sealed": {"reason": "Weer"}}),
        (
            "request_waiting",
            {"reason": "no_access", "question": "Waar?"},
            {"reason": "no_access", "question": ELSEWHERE},
        ),
        (
            "request_closed",
            {"answer": "Zo", "reason": None, "note": ""},
            {"answer": ELSEWHERE, "reason": None, "note": ""},
        ),
        ("priority_changed", {"priority": "P1"}, {"priority": "P1"}),
    ],
)
def test_a_fact_goes_out_without_a_word_of_it_but_for_what_its_executors_need(
    event: str, data: Any, heard: Any
) -> None:
    assert told(event, data, confidential()) == heard
    assert told(event, data, a_request()) is data


@pytest.mark.parametrize("note", ["Piet, niet Kees", None])
def test_the_words_of_a_correction_are_for_executors_too(note: str | None) -> None:
    heard = told("request_corrected", {**FACT, "correction": {"what": "text", "note": note}}, confidential())
    assert heard["correction"] == {"what": "text", "note": VEIL if note else None}
    assert heard["sealed"]["note"] == note
    assert heard["sealed"]["text"] == "Hij schreeuwt"


def line(type_: str, minute: int, **data: Any) -> dict[str, Any]:
    return {"type": type_, "at": after(minute), "data": data}


def planned(*orders: tuple[str, str]) -> dict[str, Any]:
    return {"orders": [{"number": number, "provider": provider} for number, provider in orders]}


@pytest.mark.parametrize(
    ("lines", "states", "names"),
    [
        ([line("accepted", 1, **planned(("1", "Vonk")))], {}, []),  # it is not confidential
        ([line("accepted", 1, **planned(("1", "Vonk"))), line("confided", 2)], {}, ["Vonk"]),
        ([line("confided", 2), line("accepted", 3, **planned(("1", "Vonk")))], {}, []),
        (
            [line("accepted", 1, **planned(("1", "Vonk"), ("2", "Bezem"))), line("confided", 2)],
            {"2": "prepared"},
            ["Vonk"],
        ),
        # Its turn came later: by then it was told what is for executors.
        (
            [
                line("accepted", 1, **planned(("1", "Vonk"))),
                line("confided", 2),
                line("order", 3, action="issue", number="1"),
            ],
            {"1": "issued"},
            [],
        ),
        (
            [
                line("accepted", 1, **planned(("1", "Vonk"))),
                line("order", 1, action="issue", number="1"),
                line("confided", 2),
            ],
            {"1": "issued"},
            ["Vonk"],
        ),
        ([line("asked_approval", 1, approvers=["Karin", "Karin"]), line("confided", 2)], {}, ["Karin"]),
        ([line("confided", 1), line("confided", 3), line("asked_approval", 2, approvers=["Karin"])], {}, []),
    ],
)
def test_with_whom_its_words_stay_is_said(lines: list[Any], states: dict[str, str], names: list[str]) -> None:
    orders = {number: SimpleNamespace(number=number, state=state) for number, state in states.items()}
    assert told_before(lines, replace(confidential(), orders=orders)) == names
