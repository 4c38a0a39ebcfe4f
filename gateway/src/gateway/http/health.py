"""/livez, /readyz and /metrics on the public port, for whoever stands in front of the gateway."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any

import eventlet
from eventlet.semaphore import Semaphore
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from servicekit.errors import ServiceError
from werkzeug.wrappers import Response

from gateway.http.application import Exchange, Route
from servicekit import json

ASK_SECONDS = 2.0
REMEMBER_SECONDS = 1.0

Checks = dict[str, dict[str, Any]]


class Readiness:
    """Asks all services at once whether they can work; asked often itself, it answers from what it just
    heard."""

    def __init__(self, transport: Any, services: Iterable[str], own: Callable[[], dict[str, Any]]) -> None:
        self._transport = transport
        self._services = tuple(services)
        self._own = own
        self._one = Semaphore(1)
        self.forget()

    def forget(self) -> None:
        self._heard: tuple[float, Checks] = (float("-inf"), {})

    def checks(self) -> Checks:
        """{"intake": {"ready": True, ...}, ...} with the gateway's own."""
        with self._one:
            at, found = self._heard
            if time.monotonic() - at > REMEMBER_SECONDS:
                asked = {name: eventlet.spawn(self._ask, name) for name in self._services}
                found = {
                    "gateway": self._own(),
                    **{name: greenlet.wait() for name, greenlet in asked.items()},
                }
                self._heard = (time.monotonic(), found)
            return found

    def _ask(self, service: str) -> dict[str, Any]:
        try:
            answer: dict[str, Any] = self._transport.call(f"{service}.ready", timeout=ASK_SECONDS)
            return answer
        except ServiceError as error:
            return {"ready": False, "reason": error.code}


def routes(readiness: Readiness) -> list[Route]:
    def livez(_: Exchange) -> Response:
        return Response(b'{"alive":true}', content_type="application/json")

    def readyz(_: Exchange) -> Response:
        checks = readiness.checks()
        ready = all(check.get("ready") for check in checks.values())
        body = json.dumps({"ready": ready, "services": checks})
        return Response(body, 200 if ready else 503, content_type="application/json")

    def metrics(_: Exchange) -> Response:
        return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)

    return [
        Route("GET", "/livez", livez, always=True),
        Route("GET", "/readyz", readyz, always=True),
        Route("GET", "/metrics", metrics, always=True),
    ]
