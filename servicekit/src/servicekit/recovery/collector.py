"""Empties the error queue of a service into its list, one message at a time: there are few. One service of
the house also empties `desk.unrouted`; its replicas share the work, since a message is one row.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import datetime
from typing import Any

import amqp
import eventlet
from nameko.extensions import DependencyProvider

from servicekit.amqp import topology
from servicekit.bus import Bus
from servicekit.concurrency import Stop, Wake
from servicekit.engine import Engine
from servicekit.explaining import explain
from servicekit.logs import logger
from servicekit.recovery.republishing import from_error_queue, from_unrouted
from servicekit.recovery.store import Failures

PREFETCH = 20
RETRY_SECONDS = 1.0

Row = dict[str, Any]
log = logger("recovery")


class Collector(DependencyProvider):
    """Given to every service by its base class; also the way to put messages back. `unrouted`: this service
    keeps the facts that nobody listens to.
    """

    bus = Bus()
    engine = Engine()

    def __init__(self, unrouted: bool = False) -> None:
        super().__init__()
        self._unrouted = unrouted
        self._waiting: deque[tuple[amqp.Message, Callable[[], Row]]] = deque()
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
        channel.basic_qos(0, PREFETCH, False)
        queue = topology.declare_error_queue(channel, self.container.service_name)
        channel.basic_consume(queue, callback=self._failed)
        if self._unrouted:
            topology.declare_exchanges(channel)
            channel.basic_consume(topology.UNROUTED, callback=self._nobody_listened)
        self._channel = channel

    def connection_lost(self) -> None:
        self._channel = None
        self._waiting.clear()

    def _failed(self, message: amqp.Message) -> None:
        service = self.container.service_name
        self._arrived(message, lambda: from_error_queue(message, service, self.now()))

    def _nobody_listened(self, message: amqp.Message) -> None:
        self._arrived(message, lambda: from_unrouted(message, self.now()))

    def _arrived(self, message: amqp.Message, to_row: Callable[[], Row]) -> None:
        self._waiting.append((message, to_row))
        self._wake.set()

    def _run(self) -> None:
        while not self._stop.is_set():
            if not self._waiting:
                self._wake.wait(1.0)
                continue
            (message, to_row), channel = self._waiting.popleft(), self._channel
            try:
                self._keep(to_row())
                if channel is not None:
                    channel.basic_ack(message.delivery_tag)
            except (OSError, amqp.AMQPError, AttributeError) as error:
                log.info("a failed message will come again", error=error)
            except Exception as error:
                log.warning("a failed message can't be kept yet", error=explain(error))
                eventlet.sleep(RETRY_SECONDS)
                if channel is self._channel:
                    self._waiting.append((message, to_row))  # behind the others: it must not hold them up

    def _keep(self, row: Row) -> None:
        with self.engine.sqlalchemy.begin() as connection:
            Failures(connection).keep_message(row)
