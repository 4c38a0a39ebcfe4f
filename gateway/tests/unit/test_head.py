"""The head of a request: what is read, and what is refused because it could be read in two ways."""

from __future__ import annotations

import io

import pytest
from gateway.http.head import COUNT_LIMIT, LINE_LIMIT, Malformed, parse_request_line, read_headers

LINES = [
    (b"GET / HTTP/1.1\r\n", ("GET", "/", "HTTP/1.1")),
    (b"POST /v1/requests?a=%20b HTTP/1.0\r\n", ("POST", "/v1/requests?a=%20b", "HTTP/1.0")),
    (b"OPTIONS * HTTP/1.1\n", ("OPTIONS", "*", "HTTP/1.1")),
]


@pytest.mark.parametrize(("line", "parts"), LINES)
def test_a_request_line_is_read(line: bytes, parts: tuple[str, str, str]) -> None:
    assert parse_request_line(line) == parts


NO_LINES = [
    b"",
    b"\r\n",
    b"GET /\r\n",
    b"GET  / HTTP/1.1\r\n",
    b"get / HTTP/1.1\r\n",
    b"GET / HTTP/2.0\r\n",
    b"GET / HTTP/1.1 \r\n",
    b"GET / HTTP/1.1",
    b"GET http://x/ HTTP/1.1\r\n",
    b"GET /\xff HTTP/1.1\r\n",
    b"GET /\x00 HTTP/1.1\r\n",
    b"GET / x HTTP/1.1\r\n",
]


@pytest.mark.parametrize("line", NO_LINES)
def test_what_is_no_request_line_is_refused(line: bytes) -> None:
    with pytest.raises(Malformed) as refusal:
        parse_request_line(line)
    assert refusal.value.status == 400


def read(raw: bytes) -> dict[str, str | None]:
    headers = read_headers(io.BytesIO(raw).readline)
    return {name.lower(): headers.get(name) for name, _ in headers._headers}


def test_headers_are_read_without_regard_to_capitals_and_blanks() -> None:
    raw = b"Host: x\r\nX-Empty:\r\nX-Blank: \t a b \t\r\nx-Name: caf\xe9\n\r\n"
    assert read(raw) == {"host": "x", "x-empty": "", "x-blank": "a b", "x-name": "café"}


HEADS = [
    (b"Host: x\r\n folded\r\n\r\n", 400),
    (b"Host : x\r\n\r\n", 400),
    (b": x\r\n\r\n", 400),
    (b"nothing\r\n\r\n", 400),
    (b"X-A: a\x00b\r\n\r\n", 400),
    (b"X-A: a\rb\r\n\r\n", 400),
    (b"X\xe9: a\r\n\r\n", 400),
    (b"X-A: a", 400),
    (b"Content-Length: 1\r\nContent-Length: 1\r\n\r\n", 400),
    (b"Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
    (b"Content-Length: +1\r\n\r\n", 400),
    (b"Content-Length: 1, 1\r\n\r\n", 400),
    (b"Content-Length: \xb2\r\n\r\n", 400),
    (b"Content-Length:\r\n\r\n", 400),
    (b"Host: a\r\nHost: b\r\n\r\n", 400),
    (b"Authorization: Bearer a\r\nauthorization: Bearer b\r\n\r\n", 400),
    (b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
    (b"Transfer-Encoding: gzip, chunked\r\n\r\n", 501),
    (b"Transfer-Encoding: xchunked\r\n\r\n", 501),
    (b"X-A: " + b"x" * LINE_LIMIT + b"\r\n\r\n", 431),
    (b"X-A: x\r\n" * (COUNT_LIMIT + 1) + b"\r\n", 431),
    ((b"X-A: " + b"x" * 1000 + b"\r\n") * 40 + b"\r\n", 431),
]


@pytest.mark.parametrize(("raw", "status"), HEADS)
def test_a_head_that_is_not_clear_is_refused(raw: bytes, status: int) -> None:
    with pytest.raises(Malformed) as refusal:
        read(raw)
    assert refusal.value.status == status
