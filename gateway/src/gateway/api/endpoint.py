"""From an HTTP exchange to a call of a resource function, and back.

The order of the checks is that of what may be told: who are you (401), may your role do this (403), have you
seen what you change (428), is the body readable (400, 413, 415), do its fields make sense (422).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from servicekit.errors import Invalid, ServiceError
from werkzeug.wrappers import Response

from gateway.api.call import Answer, Call
from gateway.api.operation import PUBLIC, Operation
from gateway.files.refusals import FileRefused
from gateway.house import House
from gateway.http import bodies, conditions, multipart
from gateway.http.application import Environ, Exchange
from gateway.http.errors import UnsupportedMediaType
from gateway.http.naming import camel_path, camelise
from gateway.pages import refusals
from gateway.pages.words import words
from servicekit import json

JSON_TYPE = "application/json"


class OperationEndpoint:
    """Answers one operation. Everything that can be worked out beforehand is, since this runs for each
    request."""

    def __init__(self, operation: Operation, house: House) -> None:
        self.operation = operation
        self._house = house
        self._resource = operation.resource
        self._has_etag = operation.has_etag

    def __call__(self, exchange: Exchange) -> Response:
        call = self._prepare(exchange)
        if self.operation.takes_files:
            return self._with_files(call, exchange)
        return self._carry_out(call, exchange)

    def _with_files(self, call: Call, exchange: Exchange) -> Response:
        """What came in is gone after the answer, but for what was kept."""
        files = self._house.files
        if files.store is None:
            raise FileRefused("files_not_taken")
        if not multipart.is_multipart(exchange.environ):
            raise UnsupportedMediaType("form_expected", "Send the files as multipart/form-data.")
        with multipart.reading(exchange.environ, files.store, files.most_bytes) as parts:
            call.files = parts.files
            return self._carry_out(call, exchange)

    def _carry_out(self, call: Call, exchange: Exchange) -> Response:
        try:
            outcome = self._resource(call, **exchange.values)
        except ServiceError as error:
            error.errors = {camel_path(field): texts for field, texts in error.errors.items()}
            if error.refused:
                error.detail = refusals.in_words(error.refused, words(call.language), call.actor.can)
            raise
        if isinstance(outcome, Response):
            return outcome.make_conditional(exchange.environ) if outcome.get_etag()[0] else outcome
        answer = outcome if type(outcome) is Answer else Answer(outcome)
        return self._respond(answer, exchange.environ)

    def _prepare(self, exchange: Exchange) -> Call:
        operation, environ = self.operation, exchange.environ
        call = Call(self._house, exchange.correlation_id, address=self._house.address_of(environ))
        if operation.permission != PUBLIC:
            call.token = self._house.gate.token_of(environ)
            call.actor = self._house.gate.actor_of(call.token)
            call.actor.require(operation.permission)
            call.language = refusals.language_of(call.actor, environ.get("HTTP_ACCEPT_LANGUAGE"))
            if "HTTP_ACCEPT_LANGUAGE" in environ and operation.body is not None:
                # What a service says of the fields is read by the same.
                call.actor = replace(call.actor, language=call.language)
        if operation.versioned:
            if_match = environ.get("HTTP_IF_MATCH")
            if if_match is not None or not call.actor.has_role(*operation.unversioned_for):
                call.version = conditions.version_of(if_match)
        if operation.idempotent:
            call.idempotency_key = conditions.idempotency_key(environ.get("HTTP_IDEMPOTENCY_KEY"))
        if operation.query is not None:
            call.query = operation.query.load(_query(environ))
        if operation.body is not None:
            call.body = operation.body.load(bodies.read_json(environ, operation.max_body))
        return call

    def _respond(self, answer: Answer, environ: Environ) -> Response:
        body = answer.body
        status = answer.status or self.operation.status
        if body is None:
            return Response(status=status if answer.status else 204, headers=answer.headers)
        headers = answer.headers
        if self._has_etag and body.get("version") is not None:
            headers = {**headers, "ETag": conditions.etag(body["version"])}
        if self.operation.paged:
            body, headers = _page(body, environ, headers)
        return Response(json.dumps(camelise(body)), status, headers, content_type=JSON_TYPE)


def _query(environ: Environ) -> dict[str, str]:
    """The parameters of the address. One given twice is refused: which of the two was meant?"""
    text = environ.get("QUERY_STRING", "")
    if not text:
        return {}
    try:
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=50, errors="strict")
    except ValueError as error:
        raise Invalid("bad_query", "The parameters of the address are not readable.") from error
    found: dict[str, str] = {}
    for name, value in pairs:
        if name in found:
            raise Invalid("repeated_parameter", "A parameter is given twice.", {name: ["Give this once."]})
        if value:
            found[name] = value
    return found


def _page(
    body: dict[str, Any], environ: Environ, headers: dict[str, str]
) -> tuple[dict[str, Any], dict[str, str]]:
    """The page with the address of the next one, in the body and as a Link header."""
    cursor = body.get("next_cursor")
    if not cursor:
        return {**body, "next_cursor": None, "next": None}, headers
    following = f"{environ['PATH_INFO']}?{urlencode({**_query(environ), 'cursor': cursor})}"
    return {**body, "next": following}, {**headers, "Link": f'<{following}>; rel="next"'}
