"""Empties the error queue of a service into its table of failures, one message at a time: there are few."""

from __future__ import annotations

from collections import deque
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import amqp
import eventlet
from nameko.extensions import DependencyProvider

from servicekit.amqp import topology
from servicekit.bus import Bus
from servicekit.concurrency import Stop, Wake
from servicekit.engine import Engine
from servicekit.ids import new_id
from servicekit.logs import logger
from servicekit.recovery.store import Failures

PREFETCH = 20
RETRY_SECONDS = 1.0

log = logger("recovery")


class Collector(DependencyProvider):
    """Given to every service by its base class; also the way to put messages back."""

    bus = Bus()
    engine = Engine()

    def __init__(self) -> None:
        super().__init__()
        self._waiting: deque[amqp.Message] = deque()
        self._wake = Wake()
        self._stop = Stop()
        self._channel: amqp.Channel | None = None

    def setup(self) -> None:
        self.bus.add(self)

    def start(self) -> None:
        self._greenlet = self.container.spawn_managed_thread(self._run, identifier="recovery")

    def stop(self) -> None:
        self._stop.set()
        self._wake.set()
        self._greenlet.wait()

    def get_dependency(self, worker_ctx: Any) -> Collector:
        return self

    def now(self) -> datetime:
        at: datetime = self.container.config["clock"].now()
        return at

    def subscribe(self, connection: amqp.Connection) -> None:
        channel = connection.channel()
        queue = topology.declare_error_queue(channel, self.container.service_name)
        channel.basic_qos(0, PREFETCH, False)
        channel.basic_consume(queue, callback=self._arrived)
        self._channel = channel

    def connection_lost(self) -> None:
        self._channel = None
        self._waiting.clear()

    def _arrived(self, message: amqp.Message) -> None:
        self._waiting.append(message)
        self._wake.set()

    def _run(self) -> None:
        while not self._stop.is_set():
            if not self._waiting:
                self._wake.wait(1.0)
                continue
            message, channel = self._waiting.popleft(), self._channel
            try:
                self._keep(message)
                if channel is not None:
                    channel.basic_ack(message.delivery_tag)
            except (OSError, amqp.AMQPError, AttributeError) as error:
                log.info("a failed message will come again", error=repr(error))
            except Exception as error:
                log.warning("a failed message can't be kept yet", error=repr(error))
                eventlet.sleep(RETRY_SECONDS)
                if channel is self._channel:
                    self._waiting.appendleft(message)

    def _keep(self, message: amqp.Message) -> None:
        with self.engine.sqlalchemy.begin() as connection:
            Failures(connection).keep(to_row(message, self.container.service_name))


def to_row(message: amqp.Message, service: str) -> dict[str, Any]:
    """Dead-lettered by the broker (a process died on it again and again) or parked by us: either way a
    reason.
    """
    headers: dict[str, Any] = dict(message.headers or {})
    deaths = headers.pop("x-death", None) or [{}]
    body = message.body if isinstance(message.body, bytes) else str(message.body).encode()
    crashed = "x-error-type" not in headers
    failed_at = headers.get("x-failed-at")
    return {
        "message_id": _id(message.properties.get("message_id")),
        "type": str(message.properties.get("type") or "unknown"),
        "origin": str(headers.get("x-origin") or topology.event_queue(service)),
        "reason_type": "ProcessDied" if crashed else str(headers["x-error-type"]),
        "reason": _crash_reason(deaths[0]) if crashed else str(headers.get("x-error", ""))[:500],
        "attempts": topology.CRASH_LIMIT if crashed else int(headers.get("x-attempt", 1)),
        "failed_at": datetime.fromtimestamp(failed_at, UTC) if failed_at else datetime.now(UTC),
        "headers": {name: value for name, value in headers.items() if isinstance(value, str | int | None)},
        "body": body,
    }


def _crash_reason(death: dict[str, Any]) -> str:
    return f"the process died each time it handled this ({death.get('reason', 'delivery limit')})"


def _id(text: Any) -> UUID:
    try:
        return UUID(str(text))
    except ValueError:
        return new_id()
