"""Reading the body of a request: JSON, and no more of it than the route takes."""

from __future__ import annotations

from typing import Any

from gateway.http.errors import BadRequest, BodyTooLarge, UnsupportedMediaType
from servicekit import json

DEFAULT_LIMIT = 256 * 1024


def read_json(environ: dict[str, Any], limit: int = DEFAULT_LIMIT) -> Any:
    """The parsed body. Raises UnsupportedMediaType, BodyTooLarge or BadRequest."""
    media_type = environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise UnsupportedMediaType("json_expected", "Send JSON, with Content-Type: application/json.")
    body = read(environ, limit)
    try:
        return json.loads(body)
    except ValueError as error:
        raise BadRequest("bad_json", "The body is not valid JSON.") from error


def read(environ: dict[str, Any], limit: int) -> bytes:
    """All bytes of the body, also of one that comes in chunks and tells no length."""
    length = environ.get("CONTENT_LENGTH")
    if length:
        if int(length) > limit:
            raise _too_large(limit)
        return bytes(environ["wsgi.input"].read(int(length)))
    if environ.get("HTTP_TRANSFER_ENCODING", "").lower() != "chunked":
        return b""
    try:
        body = bytes(environ["wsgi.input"].read(limit + 1))
    except OSError as error:
        raise BadRequest("bad_chunks", "The chunks of the body are not well formed.") from error
    if len(body) > limit:
        raise _too_large(limit)
    return body


def _too_large(limit: int) -> BodyTooLarge:
    return BodyTooLarge("body_too_large", f"This route takes at most {limit // 1024} kB.")
