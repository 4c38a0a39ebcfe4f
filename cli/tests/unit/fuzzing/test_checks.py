"""Every kind of fault that an answer can have is found, and a good answer has none."""

from __future__ import annotations

from typing import Any

import pytest
from deskcli.fuzzing.checks import faults

from .samples import GOOD, exchange, problem


def test_a_good_answer_has_no_fault() -> None:
    assert faults(exchange()) == []
    assert faults(exchange(404, problem(404))) == []


@pytest.mark.parametrize(
    ("status", "answer", "found"),
    [
        (500, {"body": problem(500)}, "500 some_code"),
        (503, {"body": problem(503), "retry_after": "1"}, "503 some_code"),
        (503, {"body": problem(503)}, "503 without retry-after"),
        (409, {"body": problem(409)}, "409 some_code is not documented"),
        (404, {"body": problem(409)}, "the status in the problem is another"),
        (404, {"body": problem(404, correlationId="other")}, "the problem has no correlation id, or another"),
        (404, {"body": problem(404), "content_type": "text/html"}, "404 comes as text/html"),
        (404, {"raw": b""}, "404 is not JSON"),
        (200, {"raw": b"{", "content_type": "application/json"}, "200 is not JSON"),
        (200, {"content_type": "text/plain"}, "200 comes as text/plain"),
        (200, {"body": {**GOOD, "version": "3"}}, "200 is not of its shape: version"),
        (200, {"body": {**GOOD, "lampId": "x"}}, "200 is not of its shape: lampId"),
        (200, {"body": {"version": 3}}, "200 is not of its shape: the body"),
        (200, {"etag": None}, "200 without the ETag of its version"),
        (200, {"etag": '"2"'}, "200 without the ETag of its version"),
        (200, {"api_version": None}, "the header api-version is missing or wrong"),
        (200, {"cache_control": "public"}, "the header cache-control is missing or wrong"),
        (200, {"seconds": 11.0}, "took longer than 10 s"),
        (0, {"trouble": "no answer in time"}, "no answer in time"),
    ],
)
def test_what_is_wrong_with_an_answer_is_found(status: int, answer: dict[str, Any], found: str) -> None:
    assert any(sentence.startswith(found) for sentence in faults(exchange(status, **answer)))


def test_who_has_no_permission_gets_no_answer_and_hears_of_no_field() -> None:
    assert faults(exchange(may=frozenset({"lamps.read"}))) == []
    assert faults(exchange(may=frozenset({"other"}))) == ["200 without the permission lamps.read"]
    assert faults(exchange(404, problem(404), may=frozenset())) == []


def test_the_same_fault_of_another_thing_has_the_same_name() -> None:
    first = faults(exchange(200, {**GOOD, "version": "3"}, etag='"3"'))
    second = faults(exchange(200, {**GOOD, "version": "3", "lampId": GOOD["lampId"][:-1] + "9"}, etag='"3"'))

    assert first == second
