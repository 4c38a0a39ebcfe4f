"""The head of an HTTP request: strict about what it takes, and several times as fast as the standard
library's, which reads it as if it were a mail.

What two readers could understand in two ways (a folded line, a blank before the colon, two lengths) is
refused: that is how one request is smuggled inside another past a proxy.
"""

from __future__ import annotations

import re
from collections.abc import Callable

LINE_LIMIT = 8000  # below the limit of eventlet, which would answer in words of its own
TOTAL_LIMIT = 32 * 1024
COUNT_LIMIT = 100

_REQUEST_LINE = re.compile(rb"([A-Z]{1,20}) (/[\x21-\x7e]*|\*) HTTP/1\.([01])\r?\n")
_HEADER = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\x00-\x08\x0a-\x1f\x7f]*?)[ \t]*\r?\n")
_ONCE = ("content-length", "transfer-encoding", "host", "content-type", "authorization")


class Malformed(Exception):
    """This is not a head that is read here; `status` says in which way."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


class Headers:
    """What eventlet.wsgi needs of the standard library's message object."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        self._headers = pairs
        self._by_name = {name.lower(): value for name, value in pairs}

    def get(self, name: str, default: str | None = None) -> str | None:
        return self._by_name.get(name.lower(), default)

    def get_content_type(self) -> str:
        """Of a request that does not say it."""
        return ""


def parse_request_line(line: bytes) -> tuple[str, str, str]:
    """Method, target and version ("HTTP/1.1")."""
    found = _REQUEST_LINE.fullmatch(line)
    if not found:
        raise Malformed(400, "This is not the first line of an HTTP/1.1 request.")
    method, target, minor = found.groups()
    return method.decode(), target.decode(), f"HTTP/1.{minor.decode()}"


def read_headers(readline: Callable[[int], bytes]) -> Headers:
    """Reads up to and including the empty line."""
    pairs: list[tuple[str, str]] = []
    total = 0
    while True:
        line = readline(LINE_LIMIT + 1)
        if line in (b"\r\n", b"\n"):
            return _checked(pairs)
        total += len(line)
        if len(line) > LINE_LIMIT or total > TOTAL_LIMIT or len(pairs) >= COUNT_LIMIT:
            raise Malformed(431, "The headers are too large.")
        found = _HEADER.fullmatch(line)
        if not found:
            raise Malformed(400, "A header is not well formed.")
        pairs.append((found[1].decode("ascii"), found[2].decode("latin-1")))


def _checked(pairs: list[tuple[str, str]]) -> Headers:
    names = [name.lower() for name, _ in pairs]
    for name in _ONCE:
        if names.count(name) > 1:
            raise Malformed(400, f"The header {name} is given more than once.")
    headers = Headers(pairs)
    length, encoding = headers.get("content-length"), headers.get("transfer-encoding")
    if length is not None and (encoding is not None or not (length.isascii() and length.isdigit())):
        raise Malformed(400, "The length of the body is not clear.")
    if encoding is not None and encoding.lower() != "chunked":
        raise Malformed(501, "This transfer encoding is not read here.")
    return headers
