"""Liveness, readiness and metrics, answered by a real thread: a busy service still says how it is."""

from __future__ import annotations

import os
import time
from typing import Any

import eventlet
from eventlet import patcher
from nameko.extensions import DependencyProvider
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from servicekit import json
from servicekit.bus import Bus
from servicekit.engine import Engine
from servicekit.logs import logger

CHECK_SECONDS = 2.0
STUCK_AFTER_SECONDS = 30.0

log = logger("health")
threading = patcher.original("threading")
http_server = patcher.import_patched(
    "http.server", socketserver=patcher.original("socketserver"), socket=patcher.original("socket")
)


class Health(DependencyProvider):
    """Looks every two seconds; `checks` is what readiness is made of."""

    bus = Bus()
    engine = Engine()

    def setup(self) -> None:
        self.checks: dict[str, bool] = {"broker": False, "database": False}
        self.seen = time.monotonic()
        self.stopping = False

    def start(self) -> None:
        self.container.spawn_managed_thread(self._look, identifier="health")
        port = self.container.config["settings"].health_port
        if port and self.container.config.get("main"):
            serve(port, self)

    def stop(self) -> None:
        self.stopping = True
        self.checks = dict.fromkeys(self.checks, False)

    def get_dependency(self, worker_ctx: Any) -> Health:
        return self

    @property
    def ready(self) -> bool:
        return all(self.checks.values())

    @property
    def alive(self) -> bool:
        return time.monotonic() - self.seen < STUCK_AFTER_SECONDS

    def _look(self) -> None:
        while not self.stopping:
            self.checks = {"broker": self.bus.connected, "database": self.engine.answers()}
            self.seen = time.monotonic()
            eventlet.sleep(CHECK_SECONDS if self.ready else 0.1)


def serve(port: int, health: Health) -> None:
    """Answer on 127.0.0.1 unless HEALTH_HOST says otherwise, in a daemon thread of the operating system."""

    class Handler(http_server.BaseHTTPRequestHandler):  # type: ignore[name-defined]
        def do_GET(self) -> None:  # noqa: N802  (http.server's name)
            status, kind, body = _answer(self.path, health)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: Any) -> None:
            """Health checks are no news."""

    server = http_server.HTTPServer((os.environ.get("HEALTH_HOST", "127.0.0.1"), port), Handler)
    threading.Thread(target=server.serve_forever, daemon=True, name="health").start()


def _answer(path: str, health: Health) -> tuple[int, str, bytes]:
    if path == "/livez":
        return (200 if health.alive else 503), "application/json", json.dumps({"alive": health.alive})
    if path == "/readyz":
        body = json.dumps({"ready": health.ready, "checks": health.checks})
        return (200 if health.ready else 503), "application/json", body
    if path == "/metrics":
        return 200, CONTENT_TYPE_LATEST, generate_latest()
    return 404, "text/plain", b"/livez, /readyz or /metrics\n"
