"""What is sent: JSON, camelCase, strict."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from gateway.http.bodies import DEFAULT_LIMIT
from gateway.testing import FakeTransport
from werkzeug.test import Client

PATH = "/v1/requests"
REQUEST_ID = "01926f00-1000-7a01-8e44-8f9a0b1c2d01"
Headers = dict[str, str]


@pytest.fixture
def headers(signed_in: Callable[..., Headers]) -> Headers:
    return signed_in("requester")


def post(client: Client, headers: Headers, body: Any) -> Any:
    return client.post(PATH, headers=headers, json=body)


def test_names_are_translated_both_ways_and_keys_of_answers_are_not(
    client: Client, transport: FakeTransport, headers: Headers, summary: dict[str, Any]
) -> None:
    transport.answers["intake.receive_request"] = {**summary, "answers": {"which_room": {"sub_key": 1}}}
    body = {
        "text": " Koud ",
        "channel": "site",
        "locationId": REQUEST_ID,
        "answers": {"which_room": "2.10", "aB": 2},
    }
    answer = post(client, headers, body)
    assert answer.status_code == 201
    assert transport.asked("intake.receive_request") == {
        "text": "Koud",
        "channel": "site",
        "location_id": REQUEST_ID,
        "answers": {"which_room": "2.10", "aB": 2},
    }
    assert answer.json["promise"] == {"respondBy": "2026-11-23T13:00:00Z", "resolveBy": None}
    assert answer.json["answers"] == {"which_room": {"sub_key": 1}}
    assert answer.headers["Location"] == f"/v1/requests/{REQUEST_ID}"


def test_a_nested_window_goes_through(
    client: Client, transport: FakeTransport, headers: Headers, summary: dict[str, Any]
) -> None:
    transport.answers["intake.receive_request"] = summary
    body = {
        "text": "Lunch",
        "channel": "site",
        "wanted": {"from": "2026-12-01T11:00:00+01:00"},
        "notify": None,
    }
    assert post(client, headers, body).status_code == 201
    asked = transport.asked("intake.receive_request")
    assert asked["wanted"]["from"].isoformat() == "2026-12-01T11:00:00+01:00"
    assert "notify" not in asked  # null is the same as nothing


WRONG = [
    ({}, {"text", "channel"}),
    ({"text": "", "channel": "site"}, {"text"}),
    ({"text": "   ", "channel": "site"}, {"text"}),
    ({"text": "a\x00b", "channel": "site"}, {"text"}),
    ({"text": "x", "channel": "pigeon"}, {"channel"}),
    ({"text": "x", "channel": "site", "locationId": "7"}, {"locationId"}),
    ({"text": "x", "channel": "site", "location_id": REQUEST_ID}, {"location_id"}),
    ({"text": "x", "channel": "site", "quantity": "3"}, {"quantity"}),
    ({"text": "x", "channel": "site", "quantity": 1e30}, {"quantity"}),
    ({"text": "x", "channel": "site", "quantity": 0}, {"quantity"}),
    ({"text": "x", "channel": "site", "wanted": {"from": "tomorrow"}}, {"wanted.from"}),
    ({"text": "x", "channel": "site", "wanted": {"from": "2026-12-01T11:00:00"}}, {"wanted.from"}),
    ({"text": "x", "channel": "site", "answers": {"a": {"b": 1}}}, {"answers.a.value"}),
    ({"text": "x", "channel": "site", "answers": {"a": 1e300}}, {"answers.a.value"}),
    ({"text": "x" * 20_001, "channel": "site"}, {"text"}),
    ([], {"body"}),
    ("text", {"body"}),
]


@pytest.mark.parametrize(("body", "fields"), WRONG)
def test_wrong_fields_are_named(
    body: Any, fields: set[str], client: Client, headers: Headers, transport: FakeTransport
) -> None:
    answer = post(client, headers, body)
    assert answer.status_code == 422
    assert set(answer.json["errors"]) == fields
    assert not transport.calls


BROKEN = [b"", b"{", b'{"a": NaN}', b"\xff\xfe", b'{"a": "\\ud800"}', b"[" * 5000]


@pytest.mark.parametrize("raw", BROKEN)
def test_broken_json_is_400(raw: bytes, client: Client, headers: Headers) -> None:
    answer = client.post(PATH, headers=headers, data=raw, content_type="application/json; charset=utf-8")
    assert (answer.status_code, answer.json["code"]) == (400, "bad_json")


@pytest.mark.parametrize(
    "media_type", ["text/plain", "application/x-www-form-urlencoded", "application/jsonx", None]
)
def test_something_else_than_json_is_415(media_type: str | None, client: Client, headers: Headers) -> None:
    answer = client.post(PATH, headers=headers, data=b"{}", content_type=media_type)
    assert answer.status_code == 415


def test_too_much_is_413_before_it_is_read(client: Client, headers: Headers) -> None:
    answer = client.post(
        PATH, headers=headers, data=b" " * (DEFAULT_LIMIT + 1), content_type="application/json"
    )
    assert answer.status_code == 413


QUERIES = [
    "?limit=0",
    "?limit=101",
    "?limit=x",
    "?state=gone",
    "?nonsense=1",
    "?q=%00",
    "?requesterId=7",
    "?open=maybe",
]


@pytest.mark.parametrize("query", QUERIES)
def test_wrong_parameters_are_422(query: str, client: Client, headers: Headers) -> None:
    answer = client.get(PATH + query, headers=headers)
    assert answer.status_code == 422
    assert answer.json["errors"]


@pytest.mark.parametrize(
    "query", ["?limit=1&limit=2", "?q=%ff", "?" + "&".join(f"a{n}=1" for n in range(60))]
)
def test_unreadable_parameters_are_422(query: str, client: Client, headers: Headers) -> None:
    assert client.get(PATH + query, headers=headers).status_code == 422


def test_parameters_arrive_in_the_services_words(
    client: Client, transport: FakeTransport, headers: Headers
) -> None:
    transport.answers["intake.list_requests"] = {"items": [], "next_cursor": None}
    query = f"?limit=5&open=true&sort=-receivedAt&locationId={REQUEST_ID}&q="
    assert client.get(PATH + query, headers=headers).status_code == 200
    assert transport.asked("intake.list_requests") == {
        "limit": 5,
        "open": True,
        "sort": "-received_at",
        "location_id": REQUEST_ID,
    }


@pytest.mark.parametrize(
    "deep", ["[" * 250 + "]" * 250, '{"a":' * 250 + "1" + "}" * 250], ids=["lists", "objects"]
)
def test_what_is_nested_deeper_than_anything_of_ours_is_refused_and_no_fault(
    client: Client, transport: FakeTransport, headers: Headers, deep: str
) -> None:
    """It could be read, and not written again on its way to a service."""
    body = f'{{"text": "Koud", "channel": "site", "answers": {{"room": {deep}}}}}'
    answer = client.post(PATH, headers=headers, data=body, content_type="application/json")
    assert (answer.status_code, answer.json["code"]) == (400, "too_deep")
    assert transport.calls == []
