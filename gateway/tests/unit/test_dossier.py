"""A dossier is put together from three services, and stands without two of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from gateway.testing import FakeTransport
from servicekit.errors import DeadlineExceeded, Forbidden, Internal, NotFound, Unavailable
from werkzeug.test import Client

REQUEST_ID = "01926f00-1000-7a01-8e44-8f9a0b1c2d01"
PATH = f"/v1/requests/{REQUEST_ID}"
CLOCK = {
    "clock": "respond",
    "state": "running",
    "due_at": "2026-11-23T13:00:00Z",
    "sentence": {"nl": "Voor 14.00 uur."},
}
MESSAGE = {"message_id": REQUEST_ID, "template": "receipt", "sent_at": None}


@pytest.fixture
def played(transport: FakeTransport, summary: dict[str, Any]) -> FakeTransport:
    transport.answers = {
        "intake.get_request": {**summary, "timeline": [], "orders": [{"work_order_id": REQUEST_ID}]},
        "monitoring.get_clocks": {"clocks": [CLOCK]},
        "notifications.list_messages": {"items": [MESSAGE]},
    }
    return transport


def read(client: Client, headers: dict[str, str]) -> Any:
    return client.get(PATH, headers=headers)


@pytest.fixture
def headers(signed_in: Callable[..., dict[str, str]]) -> dict[str, str]:
    return signed_in("requester")


def test_all_parts_together(client: Client, played: FakeTransport, headers: dict[str, str]) -> None:
    answer = read(client, headers)
    assert answer.status_code == 200
    assert answer.headers["ETag"] == '"3"'
    assert answer.json["unavailable"] == []
    assert answer.json["clocks"][0]["dueAt"] == CLOCK["due_at"]
    assert answer.json["clocks"][0]["sentence"] == CLOCK["sentence"]
    assert answer.json["messages"][0]["sentAt"] is None
    assert answer.json["orders"][0]["workOrderId"] == REQUEST_ID
    assert {name for name, _ in played.calls} == set(played.answers)


@pytest.mark.parametrize("error", [Unavailable("away"), DeadlineExceeded("no_answer"), Internal("fault")])
@pytest.mark.parametrize(
    ("target", "part"), [("monitoring.get_clocks", "clocks"), ("notifications.list_messages", "messages")]
)
def test_a_service_that_is_away_is_named_and_its_part_is_null(
    target: str, part: str, error: Exception, client: Client, played: FakeTransport, headers: dict[str, str]
) -> None:
    played.answers[target] = error
    answer = read(client, headers)
    assert answer.status_code == 200
    assert answer.json[part] is None
    assert answer.json["unavailable"] == [target.partition(".")[0]]


def test_what_a_service_has_not_heard_of_yet_is_empty(
    client: Client, played: FakeTransport, headers: dict[str, str]
) -> None:
    played.answers["monitoring.get_clocks"] = NotFound("no_clocks")
    answer = read(client, headers)
    assert (answer.json["clocks"], answer.json["unavailable"]) == ([], [])


def test_a_part_that_is_not_for_this_reader_is_null(
    client: Client, played: FakeTransport, headers: dict[str, str]
) -> None:
    played.answers["notifications.list_messages"] = Forbidden("forbidden")
    answer = read(client, headers)
    assert (answer.json["messages"], answer.json["unavailable"]) == (None, [])


@pytest.mark.parametrize(("error", "status"), [(NotFound("gone"), 404), (Unavailable("away"), 503)])
def test_without_the_request_there_is_no_dossier(
    error: Exception, status: int, client: Client, played: FakeTransport, headers: dict[str, str]
) -> None:
    played.answers["intake.get_request"] = error
    answer = read(client, headers)
    assert answer.status_code == status
    assert "clocks" not in answer.json
