"""HTTP: the same request to nameko's web entrypoints and to the gateway's server."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any, Self

import eventlet
from eventlet.green import socket
from gateway.http.application import Application, Exchange, Route
from gateway.http.server import HttpServer
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from .stage import StockProcess

SLOW_SECONDS = 1.5  # of both


@dataclass(frozen=True)
class WebRow:
    """`play` asks the server at a port, and answers what was seen."""

    scenario: str
    play: Callable[[int], Any]
    fault: Any
    mended: Any


class WebStage:
    """Both servers, with the same paths."""

    def __init__(self, broker_url: str) -> None:
        self._broker_url = broker_url
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        process = StockProcess(self._broker_url, f"stock_{uuid.uuid4().hex[:8]}")
        self._stack.callback(process.remove)
        self.stock_port = process.port
        paths = {
            "/missing": _missing,
            "/crash": _crash,
            "/slow": _slow,
            "/health": _health,
            "/stream": _stream,
        }
        server = HttpServer(
            Application([Route("GET", path, view) for path, view in paths.items()]), 0, host="127.0.0.1"
        )
        server.start()
        self._stack.callback(server.stop, 0.1)
        self.our_port = server.port
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()


def _missing(_: Exchange) -> Response:
    raise NotFound


def _crash(_: Exchange) -> Response:
    raise RuntimeError("secret detail")


def _slow(_: Exchange) -> Response:
    eventlet.sleep(SLOW_SECONDS)
    return Response(b"done", content_type="text/plain")


def _health(_: Exchange) -> Response:
    return Response(b"ok", content_type="text/plain")


def _stream(exchange: Exchange) -> Response:
    exchange.environ["eventlet.minimum_write_chunk_size"] = 1  # as gateway.live does
    return Response(_slowly(), mimetype="text/event-stream")


def _slowly() -> Iterator[bytes]:
    for _ in range(3):
        yield b"data: x\n\n"
        eventlet.sleep(SLOW_SECONDS / 3)


def ask(port: int, path: str) -> tuple[int, str, bytes]:
    """Status, content type, body."""
    with socket.create_connection(("127.0.0.1", port), timeout=40) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        head, _, body = b"".join(iter(lambda: connection.recv(65536), b"")).partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines[1:])
    return int(lines[0].split()[1]), headers.get("content-type", "").partition(";")[0], body


def _health_while_ten_are_slow(port: int) -> str:
    pile = [eventlet.spawn(ask, port, "/slow") for _ in range(10)]
    eventlet.sleep(0.3)
    began = time.monotonic()
    ask(port, "/health")
    waited = time.monotonic() - began
    for greenlet in pile:
        greenlet.wait()
    return "waits" if waited > SLOW_SECONDS - 0.5 else "answers"  # until one of the ten has ended


def _first_word_of_a_stream(port: int) -> str:
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", port), timeout=40) as connection:
        connection.sendall(b"GET /stream HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        received = b""
        while b"data: x" not in received:
            received += connection.recv(65536)
    return "comes at the end" if time.monotonic() - began > SLOW_SECONDS - 0.1 else "comes at once"


WEB_ROWS = (
    WebRow("werkzeug's own error", lambda port: ask(port, "/missing")[0], 500, 404),
    WebRow(
        "a path that is not there",
        lambda port: ask(port, "/nothing")[1],
        "text/html",
        "application/problem+json",
    ),
    WebRow("the text of an exception", lambda port: b"secret detail" in ask(port, "/crash")[2], True, False),
    WebRow("health while ten requests are slow", _health_while_ten_are_slow, "waits", "answers"),
    WebRow("the first word of a stream", _first_word_of_a_stream, "comes at the end", "comes at once"),
)
