"""The HTTP server: eventlet's, with limits, keep-alive and an orderly end."""

from __future__ import annotations

import contextlib
import socket
import time
import warnings
from typing import Any

import eventlet
from eventlet import greenio, wsgi
from werkzeug.http import HTTP_STATUS_CODES

from gateway.http.head import Malformed, parse_request_line, read_headers
from gateway.http.headers import API_VERSION, SECURITY
from servicekit import json, logs

KEEPALIVE_SECONDS = 75
SOCKET_SECONDS = 20
HEAD_SECONDS = 15  # for the whole head, since a byte now and then would never meet the limit of the socket
REQUEST_LINE_LIMIT = 8192
READ_AWAY_LIMIT = 1024 * 1024
LINGER_SECONDS, LINGER_PIECE = 1.0, 64 * 1024
POLL_SECONDS = 0.02


class Protocol(wsgi.HttpProtocol):
    """One connection. Refuses what is not HTTP with a problem document, like all else that is refused."""

    def _read_request_line(self) -> bytes:
        line: bytes = super()._read_request_line()
        if len(line) >= REQUEST_LINE_LIMIT:
            self._refuse(Malformed(414, "The address is too long."))
            return b""
        return line

    def parse_request(self) -> bool:
        """Called by eventlet after the first line was read."""
        self.command, self.path, self.request_version = "", "", "HTTP/1.1"
        try:
            self.command, self.path, self.request_version = parse_request_line(self.raw_requestline)
            self.requestline = f"{self.command} {self.path} {self.request_version}"
            with eventlet.Timeout(HEAD_SECONDS, Malformed(408, "The headers took too long.")):
                self.headers = read_headers(self.rfile.readline)
        except Malformed as refusal:
            self._refuse(refusal)
            return False
        connection = (self.headers.get("connection") or "").lower()
        persistent = self.request_version == "HTTP/1.1" and connection != "close"
        self.close_connection = not (persistent or connection == "keep-alive")
        return True

    def handle_one_response(self) -> None:
        # An answer given early leaves the rest of the body unread. It is read away for the next request only
        # when that is cheap; else whoever sends without end would keep a greenlet busy without end.
        length = int(self.environ.get("CONTENT_LENGTH") or 0)
        unread = length > READ_AWAY_LIMIT or self.environ["eventlet.input"].chunked_input
        if unread:
            self.close_connection = True
        super().handle_one_response()
        if unread:
            self._linger()

    def _linger(self) -> None:
        """Let a client that still sends come to the answer: one whose connection is closed under its hands
        hears of nothing but that.
        """
        left = READ_AWAY_LIMIT
        with contextlib.suppress(OSError), eventlet.Timeout(LINGER_SECONDS, False):
            self.connection.shutdown(socket.SHUT_WR)
            while left > 0 and (more := self.connection.recv(LINGER_PIECE)):
                left -= len(more)

    def finish(self) -> None:
        try:
            super().finish()
        finally:
            self.rfile.close()  # forgotten by the standard library when the client is gone before the answer

    def _refuse(self, refusal: Malformed) -> None:
        self.close_connection = True
        problem = {
            "type": "urn:servicedesk:problem:malformed",
            "title": "Not readable",
            "status": refusal.status,
            "detail": refusal.reason,
            "code": "malformed",
        }
        body = json.dumps(problem)
        head = [
            f"HTTP/1.1 {refusal.status} {HTTP_STATUS_CODES[refusal.status]}",
            "Content-Type: application/problem+json",
            f"Content-Length: {len(body)}",
            f"API-Version: {API_VERSION}",
            *(f"{name}: {value}" for name, value in SECURITY),
            "Connection: close",
        ]
        self.wfile.write("\r\n".join(head).encode() + b"\r\n\r\n" + body)
        self.wfile.flush()


class HttpServer:
    """Accepts connections on `port` and gives each a greenlet. 0 takes a free one; see `self.port`."""

    def __init__(
        self, application: Any, port: int, *, host: str = "0.0.0.0", max_connections: int = 1000
    ) -> None:
        self._socket = eventlet.listen((host, port), backlog=512, reuse_port=False)
        self.port: int = self._socket.getsockname()[1]
        with warnings.catch_warnings():
            # eventlet warns that without capitals clients may stumble over header names; it costs as much as
            # the rest of the head, and names are compared without regard to capitals since HTTP/1.0.
            warnings.simplefilter("ignore", DeprecationWarning)
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
                capitalize_response_headers=False,
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
                self._log.warning("accept failed", error=error)
                eventlet.sleep(POLL_SECONDS)
                continue
            connection.settimeout(SOCKET_SECONDS)
            # An answer of several segments must not wait 40 ms for the acknowledgement of the first.
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            state = [address, connection, wsgi.STATE_IDLE]
            self._connections[address] = state
            self._pool.spawn_n(self._serve, state)

    def _serve(self, state: list[Any]) -> None:
        try:
            self._listener.process_request(state)
        except Exception as error:  # a client that vanishes in the middle of a word is no fault of ours
            self._log.debug("connection ended", error=error)
        finally:
            self._connections.pop(state[0], None)
            greenio.shutdown_safe(state[1])
            state[1].close()

    def _hang_up(self, *, only_idle: bool) -> None:
        for state in list(self._connections.values()):
            before, state[2] = state[2], wsgi.STATE_CLOSE
            if not only_idle or before == wsgi.STATE_IDLE:
                greenio.shutdown_safe(state[1])
