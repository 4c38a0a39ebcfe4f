"""The HTTP server on a real socket: keep-alive, limits, and an orderly end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import eventlet
import pytest
from eventlet.green import socket
from gateway.http.application import Application, Exchange, Route
from gateway.http.bodies import read_json
from gateway.http.server import READ_AWAY_LIMIT, HttpServer
from servicekit.testing.probes import PATIENCE_SECONDS, until
from werkzeug.wrappers import Response

from servicekit import json

Send = Callable[..., Any]


class Slow:
    """Answers nobody before it is told to."""

    def __init__(self) -> None:
        self.under_way = 0
        self.go_on = eventlet.event.Event()

    def __call__(self, _: Exchange) -> Response:
        self.under_way += 1
        self.go_on.wait()
        return Response(b"done", content_type="text/plain")


def echo(exchange: Exchange) -> Response:
    return Response(json.dumps(read_json(exchange.environ)), content_type="application/json")


@pytest.fixture
def slow() -> Slow:
    return Slow()


@pytest.fixture
def server(slow: Slow) -> Iterator[HttpServer]:
    application = Application([Route("GET", "/slow", slow), Route("POST", "/echo", echo)])
    server = HttpServer(application, 0, host="127.0.0.1")
    server.start()
    yield server
    server.stop(limit_seconds=0.1)


class Connection:
    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS)
        self.file = self.socket.makefile("rb")

    def send(self, raw: bytes) -> None:
        self.socket.sendall(raw)

    def receive(self) -> tuple[int, dict[str, str], bytes]:
        """Status, headers in small letters, body."""
        status = int(self.file.readline().split()[1])
        headers: dict[str, str] = {}
        while line := self.file.readline().strip():
            name, _, value = line.decode().partition(": ")
            headers[name.lower()] = value
        return status, headers, self.file.read(int(headers.get("content-length", 0)))

    def is_closed(self) -> bool:
        return self.file.read(1) == b""

    def close(self) -> None:
        self.file.close()
        self.socket.close()


@pytest.fixture
def connect(server: HttpServer) -> Iterator[Callable[[], Connection]]:
    made: list[Connection] = []

    def connect() -> Connection:
        made.append(Connection(server.port))
        return made[-1]

    yield connect
    for connection in made:
        connection.close()


POST_IN_CHUNKS = (
    b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
)
GET = b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n"


def post(body: bytes, *headers: bytes) -> bytes:
    head = [b"POST /echo HTTP/1.1", b"Host: x", b"Content-Type: application/json", *headers]
    return b"\r\n".join(head) + b"\r\n\r\n" + body


def test_one_connection_serves_many_requests(connect: Callable[[], Connection]) -> None:
    connection = connect()
    for number in range(3):
        body = b'{"a": %d}' % number
        connection.send(post(body, b"Content-Length: %d" % len(body)))
        status, headers, answer = connection.receive()
        assert (status, answer) == (200, b'{"a":%d}' % number)
        assert headers["api-version"] == "1.0.0"


def test_slow_requests_run_side_by_side(connect: Callable[[], Connection], slow: Slow) -> None:
    connections = [connect() for _ in range(10)]
    for connection in connections:
        connection.send(GET)
    until(lambda: slow.under_way == 10)
    slow.go_on.send()
    assert [connection.receive()[0] for connection in connections] == [200] * 10


@pytest.mark.parametrize("body", [b'8\r\n{"a": 1}\r\n0\r\n\r\n', b"zz\r\n", b"-5\r\nabc", b""])
def test_a_body_in_chunks_is_refused_unread(body: bytes, connect: Callable[[], Connection]) -> None:
    connection = connect()
    connection.send(post(body, b"Transfer-Encoding: chunked"))
    assert connection.receive()[0] == 411
    assert connection.is_closed()


def test_who_still_sends_chunks_comes_to_the_answer(connect: Callable[[], Connection]) -> None:
    connection = connect()
    connection.send(POST_IN_CHUNKS)
    for _ in range(3):
        eventlet.sleep(0.1)  # it was answered at the head already
        connection.send(b"2\r\n{}\r\n")

    assert connection.receive()[0] == 411
    assert connection.is_closed()


def test_a_large_body_is_refused_without_reading_it(connect: Callable[[], Connection]) -> None:
    connection = connect()
    connection.send(post(b"", b"Content-Length: %d" % (READ_AWAY_LIMIT + 1)))
    status, headers, _ = connection.receive()
    assert (status, headers["connection"]) == (413, "close")


SMUGGLED = [
    post(b"", b"Content-Length: 5", b"Transfer-Encoding: chunked"),
    post(b"", b"Content-Length: -5"),
    post(b"", b"Content-Length: abc"),
    b"GET /slow HTTP/9.9\r\n\r\n",
    b"nonsense\r\n\r\n",
    b"GET /slow HTTP/1.1\r\n" + b"X-Long: " + b"x" * 10_000 + b"\r\n\r\n",
    b"GET /slow HTTP/1.1\r\n" + b"".join(b"X-%d: %s\r\n" % (n, b"x" * 1000) for n in range(80)) + b"\r\n",
    b"GET /" + b"x" * 10_000 + b" HTTP/1.1\r\n\r\n",
]


@pytest.mark.parametrize("raw", SMUGGLED)
def test_what_is_not_well_formed_is_refused_and_the_connection_closed(
    raw: bytes, connect: Callable[[], Connection]
) -> None:
    connection = connect()
    connection.send(raw)
    status, headers, body = connection.receive()
    assert 400 <= status < 600
    assert headers["content-type"] == "application/problem+json"
    assert headers["x-content-type-options"] == "nosniff"
    assert json.loads(body)["status"] == status
    assert connection.is_closed()


def test_a_head_that_trickles_in_is_given_up(
    connect: Callable[[], Connection], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gateway.http.server.HEAD_SECONDS", 0.1)
    connection = connect()
    connection.send(b"GET /slow HTTP/1.1\r\nHost: x\r\n")
    assert connection.receive()[0] == 408
    assert connection.is_closed()


def test_a_body_that_trickles_in_is_given_up(
    connect: Callable[[], Connection], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gateway.http.bodies.SECONDS", 0.1)
    connection = connect()
    connection.send(post(b"{", b"Content-Length: 100"))
    assert connection.receive()[0] == 408


def test_a_stop_lets_what_runs_finish_and_hangs_up_on_idle_ones(
    server: HttpServer, connect: Callable[[], Connection], slow: Slow
) -> None:
    idle, busy = connect(), connect()
    busy.send(GET)
    until(lambda: slow.under_way)
    stopping = eventlet.spawn(server.stop, limit_seconds=PATIENCE_SECONDS)
    assert idle.is_closed()
    slow.go_on.send()
    assert stopping.wait()
    status, headers, body = busy.receive()
    assert (status, body, headers["connection"]) == (200, b"done", "close")
    with pytest.raises(OSError):
        connect()


def test_a_stop_does_not_wait_for_ever(
    server: HttpServer, connect: Callable[[], Connection], slow: Slow
) -> None:
    busy = connect()
    busy.send(GET)
    until(lambda: slow.under_way)
    assert not server.stop(limit_seconds=0.1)  # though nobody lets it go on
    slow.go_on.send()
    eventlet.sleep(0.1)  # what was cut off ends by itself


def test_a_client_that_goes_away_harms_nobody(connect: Callable[[], Connection], slow: Slow) -> None:
    gone = connect()
    gone.send(GET)
    gone.close()
    other = connect()
    other.send(GET)
    until(lambda: slow.under_way == 2)
    slow.go_on.send()
    assert other.receive()[0] == 200
    eventlet.sleep(0.1)
