"""The demo's clock and mailbox."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from gateway.demo.clock import DemoClock, parse_duration
from gateway.demo.mailbox import read_messages
from servicekit.clock import ShiftedClock
from servicekit.errors import Conflict, Invalid, Unavailable
from werkzeug.test import Client

DURATIONS = [
    ("PT8H", timedelta(hours=8)),
    ("P1DT30M", timedelta(days=1, minutes=30)),
    ("P9D", timedelta(days=9)),
    ("PT90S", timedelta(seconds=90)),
]


@pytest.mark.parametrize(("text", "duration"), DURATIONS)
def test_durations_are_read(text: str, duration: timedelta) -> None:
    assert parse_duration(text) == duration


@pytest.mark.parametrize(
    "text", ["", "P", "PT", "8H", "-PT8H", "PT0H", "P1Y", "P400D", "PT8H ", "PT-1H", "PT1.5H"]
)
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        parse_duration(text)


def test_time_moves_for_everybody_who_reads_the_file(tmp_path: Path) -> None:
    clock = DemoClock(str(tmp_path / "clock"))
    clock.advance(timedelta(hours=8))
    clock.advance(timedelta(minutes=30))
    moved = ShiftedClock(tmp_path / "clock").now() - datetime.now(UTC)  # noqa: TID251
    assert abs(moved - timedelta(hours=8, minutes=30)) < timedelta(seconds=5)
    assert [file.name for file in tmp_path.iterdir()] == ["clock"]


def test_without_a_file_there_is_nothing_to_move() -> None:
    with pytest.raises(Conflict):
        DemoClock("").advance(timedelta(hours=1))


def test_the_routes_move_and_tell_the_time(client: Client, signed_in: Callable[..., dict[str, str]]) -> None:
    headers = signed_in("agent")
    before = client.get("/v1/demo/clock", headers=headers).json
    after = client.post("/v1/demo/clock", headers=headers, json={"advance": "PT8H"}).json
    assert before is not None
    assert after is not None
    assert after["offsetSeconds"] - before["offsetSeconds"] == 8 * 3600
    assert client.post("/v1/demo/clock", headers=headers, json={"advance": "back"}).status_code == 422


@pytest.fixture
def mailbox() -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = b'[{"subject": "Hallo"}]' if self.path == "/messages" else b"?"
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_mails_are_read(mailbox: str) -> None:
    assert read_messages(mailbox) == {"items": [{"subject": "Hallo"}]}


@pytest.mark.parametrize("url", ["", "http://127.0.0.1:9"])
def test_a_mailbox_that_is_away_is_said_so(url: str) -> None:
    with pytest.raises(Unavailable):
        read_messages(url)


def test_a_mailbox_that_answers_nonsense_is_away(mailbox: str) -> None:
    with pytest.raises(Unavailable):
        read_messages(mailbox + "nonsense")
