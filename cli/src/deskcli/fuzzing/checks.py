"""What has to hold for every answer, whatever was asked. Each check says what is wrong, in sentences without
values of the one call, so that the same fault is counted as the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Any

from deskcli.fuzzing.calls import JSON_TYPE, Call
from deskcli.fuzzing.document import PROBLEM, Document
from deskcli.fuzzing.sending import Reply

SLOW_SECONDS = 10.0
TOO_SLOW = f"took longer than {SLOW_SECONDS:.0f} s"
ALWAYS = {
    "api-version": None,
    "x-correlation-id": None,
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
    "content-security-policy": None,
    "referrer-policy": None,
}
# What programs that ask again and again may keep, and ask whether it is still so.
KEPT = {"read_calendar": "private, no-cache"}
# What has to come with a status.
WITH_STATUS = {401: "www-authenticate", 429: "retry-after", 503: "retry-after"}
REFUSED = frozenset({401, 403})
UNKNOWN = frozenset({"?"})  # of a token that is not a caller's own


@dataclass(frozen=True)
class Exchange:
    """A call with its answer. `permissions` are those of who called; none of somebody without a sign-in."""

    call: Call
    reply: Reply
    document: Document
    permissions: frozenset[str]

    @cached_property
    def value(self) -> Any:
        """The body as JSON; raises ValueError."""
        return json.loads(self.reply.body)

    @property
    def good(self) -> bool:
        return 200 <= self.reply.status < 300


Check = Callable[[Exchange], Iterator[str]]


def faults(exchange: Exchange) -> list[str]:
    """All that is wrong with an answer; of none at all just that."""
    if exchange.reply.trouble:
        return [exchange.reply.trouble]
    return [sentence for check in CHECKS for sentence in check(exchange)]


def _works(exchange: Exchange) -> Iterator[str]:
    if exchange.reply.status >= 500:
        code = exchange.value.get("code") if _is_object(exchange) else "not JSON"
        yield f"{exchange.reply.status} {code}"


def _is_documented(exchange: Exchange) -> Iterator[str]:
    status, said = exchange.reply.status, exchange.call.operation.responses
    if str(status) not in said:
        code = exchange.value.get("code") if _is_object(exchange) else ""
        yield f"{status} {code} is not documented"


def _is_of_its_type(exchange: Exchange) -> Iterator[str]:
    media = exchange.reply.headers.get("content-type", "").partition(";")[0]
    status, body = exchange.reply.status, exchange.reply.body
    wanted = list(exchange.document.media(exchange.call.operation, status))
    if status >= 400:
        wanted = [PROBLEM]
    if not wanted:
        if body:
            yield f"{status} has a body that is not documented"
        return
    if not any(fnmatchcase(media, each) for each in wanted):  # `image/*`, or any at all
        yield f"{status} comes as {media or 'nothing'}"
        return
    if media not in (JSON_TYPE, PROBLEM):
        return
    try:
        json.loads(body)
    except ValueError:
        yield f"{status} is not JSON"


def _is_of_its_shape(exchange: Exchange) -> Iterator[str]:
    if exchange.reply.body and _is_json(exchange):
        operation, status = exchange.call.operation, exchange.reply.status
        for fault in exchange.document.faults_of(operation, status, exchange.value):
            yield f"{status} is not of its shape: {fault}"


def _is_a_problem(exchange: Exchange) -> Iterator[str]:
    if exchange.reply.status < 400 or not _is_object(exchange):
        return
    problem = exchange.value
    if problem.get("status") != exchange.reply.status:
        yield "the status in the problem is another"
    if exchange.reply.status == 422 and not (problem.get("detail") or problem.get("errors")):
        yield "422 does not say what is wrong"
    if problem.get("correlationId") != exchange.reply.headers.get("x-correlation-id"):
        yield "the problem has no correlation id, or another"


def _has_headers(exchange: Exchange) -> Iterator[str]:
    headers, status = exchange.reply.headers, exchange.reply.status
    kept = KEPT.get(exchange.call.operation.name) if exchange.good else None
    for name, value in {**ALWAYS, **({"cache-control": kept} if kept else {})}.items():
        if name not in headers or (value and headers[name] != value):
            yield f"the header {name} is missing or wrong"
    needed = WITH_STATUS.get(status)
    if needed and needed not in headers:
        yield f"{status} without {needed}"
    documented = exchange.call.operation.responses.get(str(status), {}).get("headers", {})
    has_version = _is_object(exchange) and exchange.value.get("version") is not None
    if "ETag" in documented and has_version and headers.get("etag") != f'"{exchange.value["version"]}"':
        yield f"{status} without the ETag of its version"


def _is_quick(exchange: Exchange) -> Iterator[str]:
    if exchange.reply.seconds > SLOW_SECONDS:
        yield TOO_SLOW


def _is_allowed(exchange: Exchange) -> Iterator[str]:
    """Who has no permission learns nothing but that."""
    permission = exchange.call.operation.permission
    if permission is None or permission in exchange.permissions or exchange.permissions is UNKNOWN:
        return
    if exchange.reply.status not in REFUSED | {404}:
        yield f"{exchange.reply.status} without the permission {permission}"


def _is_json(exchange: Exchange) -> bool:
    try:
        return exchange.value is not Ellipsis
    except ValueError:
        return False


def _is_object(exchange: Exchange) -> bool:
    return _is_json(exchange) and isinstance(exchange.value, dict)


CHECKS: tuple[Check, ...] = (
    _works, _is_documented, _is_of_its_type, _is_of_its_shape, _is_a_problem, _has_headers, _is_quick,
    _is_allowed,
)  # fmt: skip
