"""Versions as ETags, and the headers with which a caller says what he means to change and how often."""

from __future__ import annotations

import re

from servicekit.errors import Stale

from gateway.http.errors import BadRequest, PreconditionRequired

_STRONG = re.compile(r'"(\d{1,9})"')
_KEY = re.compile(r"[\x21-\x7e]{1,200}")


def etag(version: int) -> str:
    return f'"{version}"'


def version_of(if_match: str | None) -> int:
    """The version that the caller has read. `*` is refused: whoever changes something has to have seen it."""
    if not if_match or if_match.strip() == "*":
        raise PreconditionRequired(
            "if_match_required", "Send the ETag of what you read in the If-Match header."
        )
    found = _STRONG.fullmatch(if_match.strip())
    if not found:
        # A tag that we never gave out can't be that of the present version.
        raise Stale("stale", "This is not the ETag of the present version. Read it again.")
    return int(found.group(1))


def idempotency_key(given: str | None) -> str | None:
    if given is None:
        return None
    if not _KEY.fullmatch(given):
        raise BadRequest("bad_idempotency_key", "Idempotency-Key is 1 to 200 visible ASCII characters.")
    return given
