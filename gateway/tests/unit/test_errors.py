"""Errors as problem documents."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from gateway.http import errors as http
from gateway.http import problems
from gateway.http.application import Application
from gateway.testing import FakeTransport
from werkzeug.test import Client

from servicekit import errors as service

SIGNED = "requester"
STATUSES = [
    (service.Invalid, 422),
    (service.NotFound, 404),
    (service.Forbidden, 403),
    (service.Unauthenticated, 401),
    (service.Conflict, 409),
    (service.Stale, 412),
    (service.IdempotencyMismatch, 422),
    (service.Unavailable, 503),
    (service.DeadlineExceeded, 503),
    (service.RateLimited, 429),
    (service.Internal, 500),
    (http.BadRequest, 400),
    (http.BodyTooSlow, 408),
    (http.LengthRequired, 411),
    (http.BodyTooLarge, 413),
    (http.UnsupportedMediaType, 415),
    (http.PreconditionRequired, 428),
    (http.Overloaded, 503),
]
OF_THEIR_OWN = {
    http.MethodNotAllowed: http.MethodNotAllowed(["GET"]),
    http.TooManyRequests: http.TooManyRequests("a", "b", 9),
}


@pytest.mark.parametrize(("kind", "status"), STATUSES)
def test_each_error_has_its_status(kind: type[service.ServiceError], status: int) -> None:
    answer = problems.response(kind("some_code", "Some detail."), "correlation-1")
    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    assert answer.json is not None
    assert answer.json["status"] == status
    assert answer.json["correlationId"] == "correlation-1"
    assert answer.json["code"] == ("internal_error" if status == 500 else "some_code")


def test_the_table_has_every_error_there_is() -> None:
    declared = set(service.BY_NAME.values())
    declared |= {
        kind for kind in vars(http).values() if isinstance(kind, type) and kind.__module__ == http.__name__
    }
    assert declared == set(problems.TABLE) == {kind for kind, _ in STATUSES} | set(OF_THEIR_OWN)


def test_an_error_says_what_to_do_next_in_a_header() -> None:
    assert problems.response(OF_THEIR_OWN[http.MethodNotAllowed], "c").headers["Allow"] == "GET"
    assert problems.response(OF_THEIR_OWN[http.TooManyRequests], "c").headers["Retry-After"] == "9"
    assert problems.response(service.Unavailable("away"), "c").headers["Retry-After"] == "1"


def test_field_errors_of_services_come_in_camel_case_but_answers_keep_their_keys(
    client: Client, transport: FakeTransport, signed_in: Callable[..., dict[str, str]]
) -> None:
    error = service.Invalid(
        "invalid", "No.", {"location_id": ["Unknown."], "answers.room_number": ["Fill this in."]}
    )
    transport.answers["intake.list_requests"] = error
    assert fetch(client, signed_in(SIGNED)).json["errors"] == {
        "locationId": ["Unknown."],
        "answers.room_number": ["Fill this in."],
    }


def fetch(client: Client, headers: dict[str, str]) -> Any:
    return client.get("/v1/requests", headers=headers)


@pytest.mark.parametrize(
    "fault", [RuntimeError("password=hunter2"), service.Internal("x", "password=hunter2")]
)
def test_the_text_of_a_fault_never_leaves_the_house(
    fault: Exception,
    client: Client,
    transport: FakeTransport,
    signed_in: Callable[..., dict[str, str]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(**_: Any) -> None:
        raise fault

    transport.answers["intake.list_requests"] = fail
    answer = fetch(client, signed_in(SIGNED))
    assert answer.status_code == 500
    assert "hunter2" not in answer.text
    assert "Traceback" not in answer.text
    # ... but whoever has the correlation id finds it in the log.
    assert answer.json["correlationId"] in capsys.readouterr().out


def test_a_service_that_does_not_believe_our_signature_is_our_fault(
    client: Client, transport: FakeTransport, signed_in: Callable[..., dict[str, str]]
) -> None:
    transport.answers["intake.list_requests"] = service.Unauthenticated("expired", "Signature expired.")
    assert fetch(client, signed_in(SIGNED)).status_code == 500


def test_an_error_without_a_row_is_answered_as_the_one_it_derives_from() -> None:
    class TooLong(service.Invalid):
        pass

    assert problems.response(TooLong("too_long"), "c").status_code == 422
    assert problems.response(service.ServiceError("odd", "secret"), "c").status_code == 500


def test_without_the_database_a_sign_in_can_be_tried_again(client: Client) -> None:
    answer = client.get("/v1/me", headers={"Authorization": "Bearer sds_unknown"})
    assert (answer.status_code, answer.json["code"]) == (503, "database_away")


def test_an_unknown_path_is_a_problem_too(client: Client) -> None:
    answer = client.get("/v1/nothing")
    assert (answer.status_code, answer.content_type) == (404, "application/problem+json")


def test_a_wrong_method_tells_the_right_ones(client: Client) -> None:
    answer = client.delete("/v1/requests")
    assert (answer.status_code, answer.content_type) == (405, "application/problem+json")
    assert answer.headers["Allow"] == "GET, HEAD, POST"


def test_an_id_that_is_none_is_not_found(client: Client, signed_in: Callable[..., dict[str, str]]) -> None:
    assert client.get("/v1/requests/7", headers=signed_in(SIGNED)).status_code == 404


def test_a_path_that_is_not_utf_8_is_refused(client: Client) -> None:
    assert client.get("/", environ_overrides={"PATH_INFO": "/v1/\xff"}).status_code == 400


def test_a_full_house_says_so_but_still_answers_health_checks(
    client: Client, application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(application, "running", 10_000)
    assert client.get("/v1/openapi.json").status_code == 503
    assert client.get("/livez").status_code == 200
