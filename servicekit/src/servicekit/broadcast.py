"""Facts and signals for every replica, as they pass by: for what is open on a screen, never for what must
not be lost.

Each process has a queue of its own that goes with its connection. Nothing is kept while it is away; whoever
listens is told so with `lost`, when the connection goes and once more when the next one listens, and looks
again for itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

import amqp
from nameko.extensions import DependencyProvider

from servicekit.amqp import topology
from servicekit.bus import Bus
from servicekit.entrypoints.wire import Undecodable, to_message
from servicekit.logs import logger
from servicekit.messages import Message

# What a process that hangs may leave lying at the broker.
QUEUE_MAX = 10_000

log = logger("broadcast")


class Listener(Protocol):
    def heard(self, message: Message) -> None:
        """Called for each fact; must not wait."""
        ...

    def lost(self) -> None:
        """Facts may have passed unheard."""
        ...


class Broadcast(DependencyProvider):
    """`facts = Broadcast(["intake.#", "dispatch.#"])`; whoever wants to hear is given with `tell`."""

    bus = Bus()

    def __init__(self, patterns: Iterable[str]) -> None:
        super().__init__()
        self._patterns = tuple(patterns)
        self._listener: Listener | None = None

    def setup(self) -> None:
        self.bus.add(self)

    def tell(self, listener: Listener) -> None:
        self._listener = listener

    def get_dependency(self, worker_ctx: Any) -> Broadcast:
        return self

    def subscribe(self, connection: amqp.Connection) -> None:
        channel = connection.channel()
        topology.declare_exchanges(channel)
        limits = {"x-max-length": QUEUE_MAX}
        queue = channel.queue_declare("", exclusive=True, auto_delete=True, arguments=limits).queue
        for pattern in self._patterns:
            channel.queue_bind(queue, topology.SIGNALS_EXCHANGE, pattern)
        channel.basic_consume(queue, callback=self._arrived, no_ack=True)
        self._lost()

    def connection_lost(self) -> None:
        self._lost()

    def _arrived(self, raw: amqp.Message) -> None:
        try:
            message = to_message(raw)
        except Undecodable:
            return  # whoever must handle it puts it into its error queue
        if self._listener is not None:
            self._listener.heard(message)

    def _lost(self) -> None:
        if self._listener is not None:
            self._listener.lost()
