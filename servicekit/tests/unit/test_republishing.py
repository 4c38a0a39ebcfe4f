"""A failed message becomes a row whatever is in it, and the row the same message again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import amqp
import pytest
from servicekit.recovery.republishing import from_error_queue, from_unrouted, outgoing
from servicekit.recovery.showing import KEPT_BYTES

from servicekit import json

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ID = "01936f2a-7d10-7c3e-9a51-5b8f0f6f1c01"


def message(body: bytes = b"{}", headers: dict[str, Any] | None = None, **more: Any) -> amqp.Message:
    properties = {"message_id": ID, "type": "a.told", "correlation_id": "the-chain", **more}
    made = amqp.Message(body, application_headers=headers or {}, **properties)
    made.delivery_info = {"routing_key": "a.told.v2"}
    return made


PARKED = {"x-error-type": "KeyError", "x-error": "'x' is missing", "x-attempt": 8, "x-origin": "probe.events"}


def failed(**more: Any) -> dict[str, Any]:
    return {**from_error_queue(message(**more), "probe", NOW), "times": 1}


def test_a_parked_message_says_why_after_how_many_attempts() -> None:
    row = failed(headers={**PARKED, "version": 1})
    assert (row["reason_type"], row["reason"], row["attempts"]) == ("KeyError", "'x' is missing", 8)
    assert (row["failure_id"], row["kind"], row["failed_at"]) == (UUID(ID), "message", NOW)


def test_a_message_on_which_the_process_died_says_so() -> None:
    row = failed(headers={"x-death": [{"reason": "delivery_limit"}]})
    assert row["reason_type"] == "ProcessDied"
    assert "delivery_limit" in row["reason"]


def test_it_goes_again_to_the_queue_it_came_from_as_it_was() -> None:
    again = outgoing(failed(headers={**PARKED, "version": 1, "actor": "{}"}))
    assert (again.exchange, again.routing_key, again.body) == ("", "probe.events", b"{}")
    assert (again.properties["message_id"], again.properties["type"]) == (ID, "a.told")
    assert again.properties["correlation_id"] == "the-chain"
    assert again.properties["application_headers"] == {"version": 1, "actor": "{}", "x-replayed": 1}


def test_an_unheard_fact_goes_again_to_everybody_under_its_own_key() -> None:
    row = {**from_unrouted(message(headers={"version": 2}), NOW), "times": 3}
    again = outgoing(row)
    assert (row["type"], row["kind"]) == ("a.told.v2", "unrouted")
    assert (again.exchange, again.routing_key) == ("desk.events", "a.told.v2")
    assert again.properties["type"] == "a.told"
    assert again.properties["application_headers"] == {"version": 2, "x-replayed": 3}


@pytest.mark.parametrize(("size", "kept"), [(KEPT_BYTES, True), (KEPT_BYTES + 1, False)])
def test_a_large_body_is_not_kept(size: int, kept: bool) -> None:
    row = failed(body=b"x" * size)
    assert (row["body"] is not None, row["replayable"]) == (kept, kept)


@pytest.mark.parametrize(
    "headers",
    [
        {"x-error-type": "K", "x-attempt": "many"},
        {"x-error-type": "K" * 5000, "x-attempt": -1},
        {"x-error-type": "a\0b", "x-error": "a\0b", "x-origin": "q\0"},
        {"x-error-type": "\ud800", "\ud800": "\ud800"},
        {f"h{number}": "x" * 10_000 for number in range(500)},
        {"x-error-type": "K", "list": [1], "table": {}, "huge": 2**70, "none": None},
    ],
)
def test_whatever_a_stranger_put_in_the_headers_fits_the_table(headers: dict[str, Any]) -> None:
    row = failed(headers=headers)
    text = str({**row, "body": None})
    text.encode()
    assert "\\x00" not in text
    assert len(text) < 150_000
    assert row["attempts"] > 0


@pytest.mark.parametrize("given", [None, "x", "", "01936f2a"])
def test_a_message_without_a_proper_id_gets_one(given: str | None) -> None:
    assert isinstance(failed(message_id=given)["failure_id"], UUID)


def test_the_subject_is_what_people_call_it() -> None:
    body = json.dumps({"reference": "SD-26-000123", "request_id": ID, "name": "Sanne"})
    assert failed(body=body)["subject"] == {
        "label": "SD-26-000123",
        "reference": "SD-26-000123",
        "request_id": ID,
    }
    assert failed(body=b"junk")["subject"] == {"label": "a.told"}
