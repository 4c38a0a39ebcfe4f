"""A supplier's HTTP server in the test's own process, that does what the test says: well or badly."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from typing import Any

import eventlet
from servicekit.embedded.ports import LOOPBACK, free_ports
from standardwebhooks import Webhook

from servicekit import json

Behaviour = Callable[["Kitchen", BaseHTTPRequestHandler, dict[str, Any]], None]


class Kitchen:
    """Keeps what came, by webhook-id, and checks every signature with the library of the standard."""

    def __init__(self, secret: str, behaviour: Behaviour) -> None:
        self.secret = secret
        self.behaviour = behaviour
        self.heard: list[tuple[str, dict[str, Any]]] = []
        self.heard_at: list[float] = []
        kitchen = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                message = Webhook(kitchen.secret).verify(body, dict(self.headers))
                kitchen.heard_at.append(time.monotonic())
                kitchen.heard.append((self.headers["webhook-id"], message))
                with suppress(OSError):  # the desk has hung up meanwhile
                    kitchen.behaviour(kitchen, self, message)

            def log_message(self, *_: Any) -> None: ...

        # Not http.server's own server: its waiting would stop all greenlets of the test.
        self._handler = Handler
        # Of a port that nobody else takes when this kitchen is closed.
        self._listener = eventlet.listen((LOOPBACK, free_ports(1)[0]))
        self.port = self._listener.getsockname()[1]
        self._greenlets = [eventlet.spawn(self._serve)]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/orders"

    @property
    def keys(self) -> list[str]:
        return [key for key, _ in self.heard]

    def close(self) -> None:
        for greenlet in self._greenlets:
            greenlet.kill()
        self._listener.close()

    def _serve(self) -> None:
        while True:
            connection, address = self._listener.accept()
            self._greenlets.append(eventlet.spawn(self._talk, connection, address))

    def _talk(self, connection: Any, address: Any) -> None:
        with connection, suppress(OSError, ValueError):  # a behaviour may have closed it
            self._handler(connection, address, None)  # type: ignore[arg-type]


def says(status: int, body: Any = None, **headers: str) -> Behaviour:
    """The same answer every time; bytes go out as they are, anything else as JSON."""

    def behave(_: Kitchen, handler: BaseHTTPRequestHandler, __: dict[str, Any]) -> None:
        reply(handler, status, body, **headers)

    return behave


def in_turn(*behaviours: Behaviour) -> Behaviour:
    """The first time this, then that; the last for ever."""

    def behave(kitchen: Kitchen, handler: BaseHTTPRequestHandler, message: dict[str, Any]) -> None:
        behaviours[min(len(kitchen.heard), len(behaviours)) - 1](kitchen, handler, message)

    return behave


def reply(handler: BaseHTTPRequestHandler, status: int, body: Any = None, **headers: str) -> None:
    content = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body)
    handler.send_response(status)
    for name, value in {"content_length": str(len(content)), **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(content)
