"""A service of stock nameko: what ours would be without servicekit. Run as a program.

STOCK_NAME, STOCK_AMQP_URL, STOCK_RECORD (a file to note in), STOCK_PORT, STOCK_HEARTBEAT.
"""

from __future__ import annotations

import warnings

warnings.simplefilter("ignore")

import eventlet  # noqa: E402

eventlet.monkey_patch()

import os  # noqa: E402
import time  # noqa: E402
from collections.abc import Iterator  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

from nameko.cli.run import run  # noqa: E402
from nameko.events import EventDispatcher, event_handler  # noqa: E402
from nameko.rpc import RpcProxy, rpc  # noqa: E402
from nameko.web.handlers import http  # noqa: E402
from werkzeug.exceptions import NotFound  # noqa: E402
from werkzeug.wrappers import Response  # noqa: E402

NAME = os.environ["STOCK_NAME"]
SOURCE = f"{NAME}_source"
COMPUTING_SECONDS = 4
SLOW_SECONDS = 1.5


def note(text: str) -> None:
    with Path(os.environ["STOCK_RECORD"]).open("a") as record:
        record.write(f"{text}\n")


class Lonely:
    """Calls nobody: an RpcProxy would keep the connection open for answers until all workers have ended."""

    name = NAME

    @event_handler(SOURCE, "takes_long")
    def takes_long(self, _payload: Any) -> None:
        note("began")
        eventlet.sleep(3)
        note("ended")

    @http("GET", "/health")
    def health(self, _request: Any) -> str:
        return "ok"


class Stock:
    name = NAME
    peer = RpcProxy(f"{NAME}_peer")
    dispatch = EventDispatcher()

    @event_handler(SOURCE, "fails")
    def fails(self, _payload: Any) -> None:
        note("tried")
        raise ValueError

    @event_handler(SOURCE, "fails_requeued", requeue_on_error=True)
    def fails_requeued(self, _payload: Any) -> None:
        note("tried")
        raise ValueError

    @event_handler(SOURCE, "told")
    def told(self, _payload: Any) -> None:
        note("heard")

    @event_handler(SOURCE, "never_ends")
    def never_ends(self, _payload: Any) -> None:
        note("began")
        eventlet.event.Event().wait()

    @event_handler(SOURCE, "computes")
    def computes(self, _payload: Any) -> None:
        note("began")
        end = time.monotonic() + COMPUTING_SECONDS
        while time.monotonic() < end:
            pass
        note("ended")

    @rpc
    def do(self, text: str) -> str:
        note(text)
        return text

    @rpc
    def ask_peer(self) -> Any:
        return self.peer.anything()

    @rpc
    def tell(self) -> None:
        self.dispatch("told_to_nobody", {"text": "x"})
        note("told")

    @http("GET", "/missing")
    def missing(self, _request: Any) -> Response:
        raise NotFound

    @http("GET", "/crash")
    def crash(self, _request: Any) -> Response:
        raise RuntimeError("secret detail")

    @http("GET", "/slow")
    def slow(self, _request: Any) -> str:
        eventlet.sleep(SLOW_SECONDS)
        return "done"

    @http("GET", "/health")
    def health(self, _request: Any) -> str:
        return "ok"

    @http("GET", "/stream")
    def stream(self, _request: Any) -> Response:
        return Response(slowly(), mimetype="text/event-stream")


def slowly() -> Iterator[bytes]:
    for _ in range(3):
        yield b"data: x\n\n"
        eventlet.sleep(SLOW_SECONDS / 3)


if __name__ == "__main__":
    config = {
        "AMQP_URI": os.environ["STOCK_AMQP_URL"],
        "WEB_SERVER_ADDRESS": f"127.0.0.1:{os.environ['STOCK_PORT']}",
        "max_workers": 10,
        "HEARTBEAT": int(os.environ.get("STOCK_HEARTBEAT", "60")),
    }
    run([Lonely if os.environ.get("STOCK_LONELY") else Stock], config)
