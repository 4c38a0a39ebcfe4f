"""A small HTTP server for webhooks. It is to stand behind one that has a certificate."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from supplierkit.waiting import Stopping

log = logging.getLogger("supplierkit")

READ_SECONDS = 10.0
WAIT_FOR_WORKER_SECONDS = 2.0
STOP_LIMIT_SECONDS = 10.0

Respond = Callable[[Mapping[str, str], bytes], tuple[int, dict[str, Any]]]


class HttpServer:
    """Answers each POST, on any path, with what `respond` says; at most `workers` at the same time."""

    def __init__(self, where: tuple[str, int], respond: Respond, workers: int, longest: int) -> None:
        self._where = where
        self._respond = respond
        self._workers = workers
        self._free = threading.BoundedSemaphore(workers)
        self._longest = longest
        self._stopping = Stopping()

    def stop(self) -> None:
        self._stopping.say()

    def run(self) -> None:
        """Until `stop`; then what is under way may end. Raises OSError when the port is taken."""
        with _Server(self._where, self._handler()) as server:
            threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
            log.info("listening on http://%s:%d", *server.server_address[:2])
            self._stopping.wait()
            server.shutdown()
            for _ in range(self._workers):  # all of them are free: nothing is under way any more
                self._free.acquire(timeout=STOP_LIMIT_SECONDS / self._workers)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        ours = self

        class Handler(BaseHTTPRequestHandler):
            timeout = READ_SECONDS  # a body that trickles in ends here
            server_version, sys_version = "supplierkit", ""

            def do_POST(self) -> None:
                length = self.headers.get("Content-Length", "")
                if not (length.isascii() and length.isdigit()):
                    self._answer(411, {"detail": "Say how long the body is."})
                elif int(length) > ours._longest:
                    self._answer(413, {"detail": "This is too large for an order."})
                elif not ours._free.acquire(timeout=WAIT_FOR_WORKER_SECONDS):
                    self._answer(503, {"detail": "All hands are busy."}, retry=1)
                else:
                    try:
                        self._answer(*ours._respond(dict(self.headers.items()), self.rfile.read(int(length))))
                    finally:
                        ours._free.release()

            def do_GET(self) -> None:
                self._answer(200, {"detail": "A Servicedesk posts its orders here."})

            def _answer(self, status: int, answer: dict[str, Any], retry: int | None = None) -> None:
                body = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                if retry is not None:
                    self.send_header("Retry-After", str(retry))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *arguments: Any) -> None:
                log.debug(format, *arguments)

        return Handler


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        log.info("a caller hung up", exc_info=True)
