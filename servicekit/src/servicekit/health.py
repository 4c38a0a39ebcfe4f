"""Liveness, readiness and metrics, answered by a real thread: a busy service still says how it is."""

from __future__ import annotations

import os
import time
from typing import Any

from eventlet import patcher
from nameko.extensions import DependencyProvider
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from servicekit import json
from servicekit.bus import Bus
from servicekit.concurrency import Stop
from servicekit.engine import Engine
from servicekit.logs import logger

CHECK_SECONDS = 2.0
STUCK_AFTER_SECONDS = 30.0

log = logger("health")
threading = patcher.original("threading")
socket = patcher.original("socket")
MAX_REQUEST = 4096
WAIT_SECONDS = 5.0


class Health(DependencyProvider):
    """Looks every two seconds; `checks` is what readiness is made of."""

    bus = Bus()
    engine = Engine()

    def setup(self) -> None:
        self.checks: dict[str, bool] = {"broker": False, "database": False}
        self.seen = time.monotonic()
        self._stop = Stop()

    def start(self) -> None:
        self._looking = self.container.spawn_managed_thread(self._look, identifier="health")
        port = self.container.config["settings"].health_port
        if port and self.container.config.get("main"):
            serve(port, self)

    def stop(self) -> None:
        self._stop.set()
        # Killed while it connects, it would leave the database with a connection that waits a minute for us.
        self._looking.wait()
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
        while not self._stop.is_set():
            self.checks = {"broker": self.bus.connected, "database": self.engine.answers()}
            self.seen = time.monotonic()
            self._stop.wait(CHECK_SECONDS if self.ready else 0.1)


def serve(port: int, health: Health) -> None:
    """Answer on 127.0.0.1 unless HEALTH_HOST says otherwise, in a daemon thread of the operating system."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((os.environ.get("HEALTH_HOST", "127.0.0.1"), port))
    listener.listen()
    threading.Thread(target=_accept, args=(listener, health), daemon=True, name="health").start()


def _accept(listener: Any, health: Health) -> None:
    """One question at a time: whoever asks too slowly is hung up on."""
    while True:
        connection, _ = listener.accept()
        try:
            connection.settimeout(WAIT_SECONDS)
            status, kind, body = _answer(_path(connection.recv(MAX_REQUEST)), health)
            head = f"HTTP/1.1 {status} \r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
            connection.sendall(f"{head}Connection: close\r\n\r\n".encode() + body)
        except OSError:
            continue
        finally:
            connection.close()


def _path(request: bytes) -> str:
    words = request.split(b" ", 2)
    return words[1].decode("latin-1").partition("?")[0] if len(words) == 3 else ""


def _answer(path: str, health: Health) -> tuple[int, str, bytes]:
    if path == "/livez":
        return (200 if health.alive else 503), "application/json", json.dumps({"alive": health.alive})
    if path == "/readyz":
        body = json.dumps({"ready": health.ready, "checks": health.checks})
        return (200 if health.ready else 503), "application/json", body
    if path == "/metrics":
        return 200, CONTENT_TYPE_LATEST, generate_latest()
    return 404, "text/plain", b"/livez, /readyz or /metrics\n"
