"""The load generator against a small real server: what it sends, what it counts, when it ends."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from deskcli.bench.driver import Target, generate, percentile, unique_key
from deskcli.bench.load import parse

GET: list[dict[str, Any]] = [{"method": "GET", "path": "/fine"}]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    heard: list[tuple[str, str, dict[str, str], bytes]] = []

    def do_GET(self) -> None:
        self._answer(200)

    def do_POST(self) -> None:
        self._answer(409 if self.path == "/refused" else 201)

    def _answer(self, status: int) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.heard.append((self.command, self.path, dict(self.headers), body))
        if self.path == "/hang-up":
            self.close_connection = True
            return
        self.send_response(status)
        self.send_header("Content-Length", "4")
        self.end_headers()
        self.wfile.write(b"done")

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Target]:
    Handler.heard = []
    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield Target(f"http://127.0.0.1:{listening.server_port}", {"Authorization": "Bearer x"})
    listening.shutdown()
    thread.join()
    listening.server_close()


def test_each_request_has_its_body_and_a_key_of_its_own(server: Target) -> None:
    requests = [
        {"method": "POST", "path": "/one", "body": {"é": 1}},
        {"method": "POST", "path": "/two", "body": {}},
    ]
    outcome = generate(server.plan(requests, 2, 10, count=5, key=unique_key()))
    assert (outcome.wanted, outcome.unwanted, outcome.statuses) == (5, 0, {"201": 5})
    assert sorted(path for _, path, _, _ in Handler.heard) == ["/one", "/one", "/one", "/two", "/two"]
    headers = [headers for _, _, headers, _ in Handler.heard]
    assert len({each["Idempotency-Key"] for each in headers}) == 5
    assert all(each["Authorization"] == "Bearer x" for each in headers)
    assert {body for _, path, _, body in Handler.heard if path == "/two"} == {b"{}"}


def test_refusals_are_counted_and_shown(server: Target) -> None:
    outcome = generate(server.plan([{"method": "POST", "path": "/refused", "body": {}}], 1, 10, count=3))
    assert (outcome.wanted, outcome.unwanted, outcome.statuses) == (0, 3, {"409": 3})
    assert outcome.samples == ["409: done"] * 3


def test_a_lost_connection_is_an_error_and_no_hang(server: Target) -> None:
    outcome = generate(server.plan([{"method": "GET", "path": "/hang-up"}], 1, 10, count=3))
    assert (outcome.wanted, outcome.unwanted) == (0, 1)
    assert "closed" in outcome.samples[0]


def test_it_ends_by_time(server: Target) -> None:
    began = time.monotonic()
    outcome = generate(server.plan(GET, 2, 0.5))
    assert 0.4 < outcome.seconds < 0.8
    assert time.monotonic() - began < 5
    assert outcome.wanted == len(outcome.latencies) == len(outcome.answered_at) > 20


def test_a_rate_is_kept(server: Target) -> None:
    outcome = generate(server.plan(GET, 4, 1.0, rate=40))
    assert 36 <= outcome.wanted <= 40


def test_the_beginning_is_told_when_all_is_connected(server: Target) -> None:
    heard: list[int] = []
    generate(server.plan(GET, 1, 10, count=2), lambda: heard.append(len(Handler.heard)))
    assert heard == [0]


@pytest.mark.parametrize(
    ("received", "answer"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Le", None),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nab", None),
        (b"HTTP/1.1 201 Created\r\ncontent-length: 4\r\n\r\nabcd", (201, b"abcd")),
        (b"HTTP/1.1 204 No Content\r\n\r\n", (204, b"")),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n", None),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
            (200, b"1\r\na\r\n0\r\n\r\n"),
        ),
    ],
)
def test_an_answer_counts_when_it_is_whole(received: bytes, answer: tuple[int, bytes] | None) -> None:
    assert parse(bytearray(received)) == answer


@pytest.mark.parametrize(("percent", "value"), [(50, 50), (95, 95), (99, 99), (100, 100), (0, 1)])
def test_percentiles_are_of_the_nearest_rank(percent: float, value: float) -> None:
    assert percentile([float(number) for number in range(100, 0, -1)], percent) == value


def test_a_percentile_of_nothing() -> None:
    assert percentile([], 99) == 0
