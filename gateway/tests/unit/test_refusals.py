"""What a state does not allow is said as people call it, in their language, with what they may do instead."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from gateway.pages import refusals
from gateway.pages.words import words
from gateway.testing import FakeTransport
from servicekit.actor import Actor
from servicekit.errors import Conflict, from_wire, to_wire
from werkzeug.test import Client

from .resource_calls.samples import AN_ID

ISSUED = {"of": "order", "state": "issued", "action": "start", "possible": ["accept", "refuse"]}
IN_PROGRESS = {
    "of": "request", "state": "in_progress", "action": "confirm",
    "possible": ["inform", "lapse", "withdraw", "prioritise"],
}  # fmt: skip
TRIAGE = {"of": "correct", "state": "triage", "action": "product", "possible": ["kind", "place"]}


def everybody(_permission: str) -> bool:
    return True


@pytest.mark.parametrize(
    ("refused", "english", "dutch"),
    [
        (ISSUED,
         "It stands at ‘Issued’, and then this can't be done: Start. What you can do now: Accept; Refuse.",
         "Het staat op ‘Uitgezet’, en dan kan dit niet: Beginnen. "
         "Wat u nu kunt doen: Accepteren; Weigeren."),
        (TRIAGE,
         "Of one that stands at ‘To assess’ this can't be corrected: The product. "
         "What can be corrected now: The kind; The place.",
         None),
        ({"of": "incident", "state": "closed", "action": "tell", "possible": []},
         "It stands at ‘Closed’, and then this can't be done: Tell all of them. "
         "There is nothing that you can do with it now.", None),
        ({"of": "complaint", "state": "lodged", "action": "remedy", "possible": ["acknowledge", "work_done"]},
         "It stands at ‘To be acknowledged’, and then this can't be done: Tell what is done about it. "
         "What you can do now: Acknowledge it to the customer.", None),
    ],
)  # fmt: skip
def test_it_names_the_state_and_what_is_possible(
    refused: dict[str, Any], english: str, dutch: str | None
) -> None:
    assert refusals.in_words(refused, words("en"), everybody) == english
    if dutch:
        assert refusals.in_words(refused, words("nl"), everybody) == dutch


def test_only_what_the_reader_may_do_is_named() -> None:
    told = refusals.in_words(IN_PROGRESS, words("en"), {"requests.own_decision"}.__contains__)
    assert told.endswith("What you can do now: Withdraw it.")


def test_words_of_a_newer_service_are_shown_as_they_are() -> None:
    newer = {"of": "parcel", "state": "sent", "action": "open", "possible": ["track"]}
    assert "‘sent’, and then this can't be done: open." in refusals.in_words(newer, words("en"), everybody)


@pytest.mark.parametrize(
    ("accepted", "kind", "language"),
    [
        (None, "person", "nl"),
        (None, "program", "en"),
        ("en", "person", "en"),
        ("de, en;q=0.5", "person", "en"),
        ("de", "person", "nl"),
        ("nl-NL, en;q=0.8", "program", "nl"),
    ],
)
def test_the_reader_is_answered_in_the_language_that_they_ask_for(
    accepted: str | None, kind: str, language: str
) -> None:
    assert refusals.language_of(Actor(kind, "x", language="nl"), accepted) == language


def test_the_cell_survives_the_broker_and_a_strangers_does_not_break_it() -> None:
    error = Conflict("action_not_allowed", "x")
    error.refused = ISSUED
    assert from_wire(to_wire(error)).refused == ISSUED
    assert from_wire({**to_wire(error), "refused": {"possible": 7}}).refused is None
    assert "refused" not in to_wire(Conflict("other", "x"))


@pytest.mark.parametrize(("language", "word"), [("en", "Issued"), ("nl", "Uitgezet")])
def test_the_api_answers_in_the_language_of_accept_language(
    language: str,
    word: str,
    client: Client,
    transport: FakeTransport,
    signed_in: Callable[..., dict[str, str]],
) -> None:
    error = Conflict("action_not_allowed", "raw")
    error.refused = ISSUED
    transport.answers["dispatch.act_on_work_order"] = error
    headers = {**signed_in("team"), "If-Match": '"4"', "Accept-Language": language}
    answer = client.post(f"/v1/work-orders/{AN_ID}/start", json={}, headers=headers)
    assert answer.status_code == 409
    assert f"‘{word}’" in answer.json["detail"]


def test_each_of_many_says_it_too(
    client: Client, transport: FakeTransport, signed_in: Callable[..., dict[str, str]]
) -> None:
    problem = {"code": "not_allowed", "text": "raw", "errors": None, "refused": TRIAGE}
    transport.answers["intake.get_correction_batch"] = {"items": [{"problem": problem}, {"problem": None}]}
    headers = {**signed_in("agent"), "Accept-Language": "en"}
    answer = client.get(f"/v1/correction-batches/{AN_ID}", headers=headers)
    assert "What can be corrected now" in answer.json["items"][0]["problem"]["text"]
