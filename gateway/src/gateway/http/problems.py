"""Errors as RFC 9457 problem documents. One table says which error is which status."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from werkzeug.wrappers import Response

from gateway.http import errors as http
from servicekit import errors as service
from servicekit import json

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True)
class Row:
    status: int
    title: str


# A class without a row answers as the nearest one that it derives from, or else as a fault of ours.
TABLE: Mapping[type[service.ServiceError], Row] = {
    http.BadRequest: Row(400, "Not readable"),
    service.Unauthenticated: Row(401, "Sign in first"),
    service.Forbidden: Row(403, "Not allowed for your role"),
    service.NotFound: Row(404, "Not found"),
    http.MethodNotAllowed: Row(405, "Method not allowed"),
    http.BodyTooSlow: Row(408, "Too slow"),
    service.Conflict: Row(409, "Not possible in the present state"),
    http.LengthRequired: Row(411, "Content-Length is missing"),
    service.Stale: Row(412, "Changed by somebody else"),
    http.BodyTooLarge: Row(413, "Too large"),
    http.UnsupportedMediaType: Row(415, "Not a media type that is read here"),
    service.Invalid: Row(422, "Some fields are not right"),
    service.IdempotencyMismatch: Row(422, "Idempotency-Key used before for something else"),
    http.PreconditionRequired: Row(428, "If-Match is missing"),
    service.RateLimited: Row(429, "Too many calls"),
    http.TooManyRequests: Row(429, "Too many attempts"),
    service.Internal: Row(500, "A fault on our side"),
    service.Unavailable: Row(503, "A part of the system is away"),
    service.DeadlineExceeded: Row(503, "No answer in time"),
    http.Overloaded: Row(503, "Too busy"),
}

INTERNAL_DETAIL = "Something went wrong on our side. Tell the desk the correlation id; the log has the rest."


def describe(error: service.ServiceError, correlation_id: str) -> dict[str, object]:
    """The problem document of `error`. The text of an internal error never leaves the house."""
    row = next(TABLE[kind] for kind in (*type(error).__mro__, service.Internal) if kind in TABLE)
    internal = row.status == 500
    code = "internal_error" if internal else error.code
    problem: dict[str, object] = {
        "type": f"urn:servicedesk:problem:{code.replace('_', '-')}",
        "title": row.title,
        "status": row.status,
        "detail": INTERNAL_DETAIL if internal else error.detail,
        "code": code,
        "correlationId": correlation_id,
    }
    if error.errors and not internal:
        problem["errors"] = error.errors
    return problem


def response(error: service.ServiceError, correlation_id: str) -> Response:
    problem = describe(error, correlation_id)
    answer = Response(json.dumps(problem), status=int(str(problem["status"])), content_type=MEDIA_TYPE)
    answer.headers.extend(_headers(error))
    return answer


def _headers(error: service.ServiceError) -> list[tuple[str, str]]:
    if isinstance(error, service.Unauthenticated):
        return [("WWW-Authenticate", 'Bearer realm="servicedesk"')]
    if isinstance(error, http.MethodNotAllowed):
        return [("Allow", ", ".join(sorted(error.allowed)))]
    if isinstance(error, http.TooManyRequests | service.RateLimited):
        return [("Retry-After", str(math.ceil(error.retry_after)))]
    if isinstance(error, service.Unavailable | http.Overloaded):
        return [("Retry-After", "1")]
    return []
