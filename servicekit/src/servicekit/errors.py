"""What can go wrong between a caller and a service, by name.

Each crosses the broker as (name, code, detail, errors) and is raised again at the caller's side.
`code` is a stable word for programs, `detail` a sentence for people that says what to do.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class ServiceError(Exception):
    """Base of all errors that are meant for the caller. `refused`: of what a table of states does not know,
    the cell: {"of", "state", "action", "possible"}, so that it can be said in the reader's words.
    """

    refused: Mapping[str, Any] | None = None

    def __init__(self, code: str, detail: str = "", errors: Mapping[str, list[str]] | None = None) -> None:
        super().__init__(detail or code)
        self.code = code
        self.detail = detail or code
        self.errors = dict(errors or {})


class Invalid(ServiceError):
    """The command itself is wrong; `errors` says per field what to do."""


class NotFound(ServiceError):
    """It does not exist, or not for this caller: the two are never told apart."""


class Forbidden(ServiceError):
    """This caller may not do this to anything."""


class Unauthenticated(ServiceError):
    """There is no valid signed actor on the message."""


class Conflict(ServiceError):
    """The present state does not allow it."""


class Stale(ServiceError):
    """Somebody else changed it since the caller read it."""


class IdempotencyMismatch(ServiceError):
    """The idempotency key was used before for something else."""


class Unavailable(ServiceError):
    """A part that is needed is away; the same call may be made again."""


class DeadlineExceeded(Unavailable):
    """No answer came in time. It may still have been done: ask again with the same idempotency key."""


class RateLimited(ServiceError):
    """More than this caller may ask for; the same call may be made again after `retry_after` seconds."""

    def __init__(
        self,
        code: str,
        detail: str = "",
        errors: Mapping[str, list[str]] | None = None,
        retry_after: float = 1.0,
    ) -> None:
        super().__init__(code, detail, errors)
        self.retry_after = retry_after


class Internal(ServiceError):
    """A fault of ours; the log has it under the correlation id."""


class NotYet(Exception):
    """In an event handler: what this depends on has not arrived. It is tried again after a delay."""


class Permanent(Exception):
    """In an event handler: trying again can't help. It goes to the error queue at once."""


BY_NAME: dict[str, type[ServiceError]] = {
    kind.__name__: kind
    for kind in (
        Invalid,
        NotFound,
        Forbidden,
        Unauthenticated,
        Conflict,
        Stale,
        IdempotencyMismatch,
        Unavailable,
        DeadlineExceeded,
        RateLimited,
        Internal,
    )
}


def to_wire(error: ServiceError) -> dict[str, Any]:
    """nameko's error object, so that any nameko client understands it, with our fields beside it."""
    name = type(error).__name__
    more: dict[str, Any] = {"retry_after": error.retry_after} if isinstance(error, RateLimited) else {}
    if error.refused:
        more["refused"] = dict(error.refused)
    return {
        **more,
        "exc_type": name,
        "exc_path": f"servicekit.errors.{name}",
        "exc_args": [error.code, error.detail],
        "value": error.detail,
        "code": error.code,
        "detail": error.detail,
        "errors": error.errors,
    }


def from_wire(error: Any) -> ServiceError:
    """Never raises: whatever a stranger answers becomes an error of ours."""
    if not isinstance(error, Mapping):
        return Internal("bad_reply", "The error in the reply is not an object.")
    kind = BY_NAME.get(str(error.get("exc_type")))
    if kind is None:
        return Internal("remote_error", f"{error.get('exc_type')}: {error.get('value')}")
    found = kind(
        str(error.get("code") or "error"),
        str(error.get("detail") or ""),
        error.get("errors") if isinstance(error.get("errors"), dict) else {},
    )
    found.refused = _a_cell(error.get("refused"))
    return found


def _a_cell(given: Any) -> Mapping[str, Any] | None:
    if not isinstance(given, Mapping) or not isinstance(given.get("possible"), list):
        return None
    words = {name: str(given.get(name)) for name in ("of", "state", "action")}
    return {**words, "possible": [str(each) for each in given["possible"]]}
