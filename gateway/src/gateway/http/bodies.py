"""Reading the body of a request: JSON, and no more of it than the route takes."""

from __future__ import annotations

from typing import Any

import eventlet

from gateway.http.errors import BadRequest, BodyTooLarge, BodyTooSlow, LengthRequired, UnsupportedMediaType
from servicekit import json

DEFAULT_LIMIT = 256 * 1024
SECONDS = 30
# Further in than anything of ours goes. What is read here is written again on its way to the services.
DEEPEST = 32


def read_json(environ: dict[str, Any], limit: int = DEFAULT_LIMIT) -> Any:
    """The parsed body. Raises UnsupportedMediaType, LengthRequired, BodyTooLarge or BadRequest."""
    media_type = environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise UnsupportedMediaType("json_expected", "Send JSON, with Content-Type: application/json.")
    body = read(environ, limit)
    try:
        given = json.loads(body)
    except ValueError as error:
        raise BadRequest("bad_json", "The body is not valid JSON.") from error
    if is_too_deep(given):
        raise BadRequest("too_deep", f"The body has lists or objects more than {DEEPEST} deep.")
    return given


def is_too_deep(value: Any) -> bool:
    """Looked at level by level, so that what is too deep to write is not too deep to find out."""
    level = [value]
    for _ in range(DEEPEST + 1):
        level = [each for one in level if isinstance(one, dict | list)
                 for each in (one.values() if isinstance(one, dict) else one)]  # fmt: skip
        if not level:
            return False
    return True


def read(environ: dict[str, Any], limit: int) -> bytes:
    """All bytes of the body. One that comes in chunks is refused: how long it will be, nobody knows."""
    length = environ.get("CONTENT_LENGTH")
    if length:
        if int(length) > limit:
            raise BodyTooLarge("body_too_large", f"This route takes at most {limit // 1024} kB.")
        with eventlet.Timeout(SECONDS, BodyTooSlow("body_too_slow", f"Send the body within {SECONDS} s.")):
            return bytes(environ["wsgi.input"].read(int(length)))
    if environ.get("HTTP_TRANSFER_ENCODING"):
        raise LengthRequired("length_required", "Send the body at once, with a Content-Length.")
    return b""
