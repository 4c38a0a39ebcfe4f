"""The queues in which suppliers find their orders. The desk makes them; a supplier may make nothing.

Orders travel by an exchange that only the desk may write to. On the one that suppliers write to, the header
CC would bring a message to any queue that is bound there: RabbitMQ checks its topic permissions on the
routing key alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import servicekit.amqp.topology as topology
from servicekit.amqp.link import Link

ORDERS_EXCHANGE = "desk.orders"


class SupplierQueues:
    """Remembers what this process has made, so that `ensure` usually costs nothing."""

    def __init__(self, amqp_url: str) -> None:
        self._amqp_url = amqp_url
        self._made: set[str] = set()

    def ensure(self, addresses: Iterable[str]) -> None:
        """Raises OSError or amqp's errors when the broker cannot be reached."""
        missing = sorted(set(addresses) - self._made)
        if not missing:
            return

        def declare(connection: Any) -> None:
            channel = connection.channel()
            channel.exchange_declare(topology.RPC_EXCHANGE, "topic", durable=True, auto_delete=False)
            channel.exchange_declare(ORDERS_EXCHANGE, "topic", durable=True, auto_delete=False)
            for address in missing:
                queue = f"rpc-{address}"
                channel.queue_declare(queue, durable=True, auto_delete=False)
                channel.queue_bind(queue, ORDERS_EXCHANGE, f"{address}.*")
                channel.queue_unbind(queue, topology.RPC_EXCHANGE, f"{address}.*")  # as it was in 2026-11

        link = Link(self._amqp_url, declare, lambda reason: None, "supplier queues")
        link.open()
        link.close()
        self._made.update(missing)

    def forget(self, address: str) -> None:
        """It turned out not to be there: the broker was set up anew."""
        self._made.discard(address)


@cache
def queues_on(amqp_url: str) -> SupplierQueues:
    """The one of this process for a broker."""
    return SupplierQueues(amqp_url)
