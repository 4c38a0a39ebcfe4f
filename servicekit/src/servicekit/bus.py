"""A process's three connections to one broker: what comes in, what must be confirmed, and replies.

Incoming and outgoing never share one: under a memory alarm the broker stops reading from connections that
publish, and acknowledgements must not wait for that.
"""

from __future__ import annotations

import random
from typing import Protocol

import amqp
import eventlet
from eventlet.event import Event
from nameko.extensions import SharedExtension

from servicekit.amqp.link import Link, publish
from servicekit.amqp.publisher import ConfirmingPublisher
from servicekit.logs import logger

RECONNECT_LIMIT_SECONDS = 5.0
REPLY_LIMIT_SECONDS = 5.0  # under a memory alarm the broker stops reading, and the caller has given up

log = logger("bus")


class Subscriber(Protocol):
    """Whoever takes messages in: declares and subscribes on every new connection."""

    def subscribe(self, connection: amqp.Connection) -> None: ...

    def connection_lost(self) -> None: ...


class ReplyPublisher:
    """Transient messages without confirms: what is lost shows as a missing answer at the caller's side."""

    def __init__(self, url: str, name: str) -> None:
        self._link = Link(url, self._prepare, lambda reason: None, name)

    def send(self, message: amqp.Message, exchange: str, routing_key: str) -> None:
        """Never raises: a reply that can't be sent must not kill the service."""
        connection = None
        try:
            with eventlet.Timeout(REPLY_LIMIT_SECONDS, OSError("the broker takes no replies")):
                connection = self._link.opened()
                publish(self._channel, message, exchange, routing_key, mandatory=False)
        except (OSError, amqp.AMQPError) as error:
            log.warning("a reply was lost", error=error)
            self._link.drop(error, connection)

    def close(self) -> None:
        self._link.close()

    def _prepare(self, connection: amqp.Connection) -> None:
        self._channel = connection.channel()


class Bus(SharedExtension):
    """Shared by all entrypoints of a container. Reconnects for ever; `connected` tells readiness."""

    def __init__(self) -> None:
        super().__init__()
        self._subscribers: list[Subscriber] = []
        self._stopping = False
        self.connected = False

    def setup(self) -> None:
        url, name = self.container.config["AMQP_URI"], self.container.service_name
        self.publisher = ConfirmingPublisher(url, f"{name} parked")
        self.replies = ReplyPublisher(url, f"{name} replies")
        self._link = Link(url, self._prepare, self._lost, f"{name} incoming")

    def add(self, subscriber: Subscriber) -> None:
        if subscriber not in self._subscribers:
            self._subscribers.append(subscriber)

    def start(self) -> None:
        self.container.spawn_managed_thread(self._keep_connected, identifier="bus")

    def stop(self) -> None:
        """Called after all entrypoints have drained and all workers have ended."""
        self._stopping = True
        self._link.close()
        self.publisher.close()
        self.replies.close()

    def reconnect(self, reason: BaseException) -> None:
        """Give up the incoming connection: everything unacknowledged comes back on the next one."""
        self._link.drop(reason, self._link.connection)

    def _keep_connected(self) -> None:
        failures = 0
        while not self._stopping:
            self._gone = Event()
            try:
                self._link.open()
            except Exception as error:
                failures += 1
                log.warning("the broker can't be reached", error=error, failures=failures)
                eventlet.sleep(min(RECONNECT_LIMIT_SECONDS, 0.2 * 2**failures) * random.uniform(0.5, 1))
                continue
            failures, self.connected = 0, True
            self._gone.wait()

    def _prepare(self, connection: amqp.Connection) -> None:
        for subscriber in self._subscribers:
            subscriber.subscribe(connection)

    def _lost(self, reason: BaseException) -> None:
        if not self._stopping:
            log.warning("the connection to the broker was lost", error=repr(reason))
        self.connected = False
        for subscriber in self._subscribers:
            subscriber.connection_lost()
        if not self._gone.ready():
            self._gone.send()
