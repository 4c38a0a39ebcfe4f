"""The HTTP server: eventlet's, with limits, keep-alive and an orderly end."""

from __future__ import annotations

import time
from typing import Any

import eventlet
from eventlet import greenio, wsgi

from gateway.http.headers import API_VERSION
from servicekit import json, logs

KEEPALIVE_SECONDS = 75
SOCKET_SECONDS = 20
REQUEST_LINE_LIMIT = 8192
READ_AWAY_LIMIT = 1024 * 1024
POLL_SECONDS = 0.02


class Protocol(wsgi.HttpProtocol):
    """One connection. Refuses what is not HTTP with a problem document, like all else that is refused."""

    def handle_one_response(self) -> None:
        # An answer given early leaves the rest of the body unread. It is read away for the next request only
        # when that is cheap; else whoever sends without end would keep a greenlet busy without end.
        length = int(self.environ.get("CONTENT_LENGTH") or 0)
        if length > READ_AWAY_LIMIT or self.environ["eventlet.input"].chunked_input:
            self.close_connection = 1
        super().handle_one_response()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Called by the standard library's parser for a request line or header that it can't read."""
        self.close_connection = True
        problem = {"type": "urn:servicedesk:problem:bad-request", "title": "Not readable", "status": code}
        body = json.dumps(problem)
        head = (
            f"HTTP/1.1 {code} Bad Request\r\nContent-Type: application/problem+json\r\n"
            f"API-Version: {API_VERSION}\r\nX-Content-Type-Options: nosniff\r\n"
            f"Connection: close\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        self.wfile.write(head.encode() + body)


class HttpServer:
    """Accepts connections on `port` and gives each a greenlet. 0 takes a free one; see `self.port`."""

    def __init__(
        self, application: Any, port: int, *, host: str = "0.0.0.0", max_connections: int = 1000
    ) -> None:
        self._socket = eventlet.listen((host, port), backlog=512, reuse_port=False)
        self.port: int = self._socket.getsockname()[1]
        self._listener = wsgi.Server(
            self._socket,
            self._socket.getsockname(),
            application,
            log_output=False,
            debug=False,
            keepalive=KEEPALIVE_SECONDS,
            socket_timeout=SOCKET_SECONDS,
            url_length_limit=REQUEST_LINE_LIMIT,
            protocol=Protocol,
        )
        self._pool = eventlet.GreenPool(max_connections)
        self._connections: dict[Any, list[Any]] = {}
        self._accepting: Any = None
        self._log = logs.logger("http")

    def start(self) -> None:
        self._accepting = eventlet.spawn(self._accept)

    def stop(self, limit_seconds: float = 10.0) -> bool:
        """Stop accepting, let what runs finish within the limit. Answers whether it did."""
        self._accepting.kill()
        self._socket.close()
        self._listener.keepalive = False
        self._hang_up(only_idle=True)
        end = time.monotonic() + limit_seconds
        while self._connections and time.monotonic() < end:
            eventlet.sleep(POLL_SECONDS)
        unfinished = len(self._connections)
        if unfinished:
            self._log.warning("connections cut off at stop", connections=unfinished)
        self._hang_up(only_idle=False)
        return not unfinished

    def _accept(self) -> None:
        while True:
            try:
                connection, address = self._socket.accept()
            except (
                OSError
            ) as error:  # out of file descriptors, or the client went away again: go on accepting
                self._log.warning("accept failed", error=str(error))
                eventlet.sleep(POLL_SECONDS)
                continue
            connection.settimeout(SOCKET_SECONDS)
            state = [address, connection, wsgi.STATE_IDLE]
            self._connections[address] = state
            self._pool.spawn_n(self._serve, state)

    def _serve(self, state: list[Any]) -> None:
        try:
            self._listener.process_request(state)
        except Exception as error:  # a client that vanishes in the middle of a word is no fault of ours
            self._log.debug("connection ended", error=repr(error))
        finally:
            self._connections.pop(state[0], None)
            greenio.shutdown_safe(state[1])
            state[1].close()

    def _hang_up(self, *, only_idle: bool) -> None:
        for state in list(self._connections.values()):
            before, state[2] = state[2], wsgi.STATE_CLOSE
            if not only_idle or before == wsgi.STATE_IDLE:
                greenio.shutdown_safe(state[1])
