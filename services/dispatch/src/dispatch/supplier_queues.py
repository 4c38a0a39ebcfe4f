"""The queues in which suppliers find their orders. The desk makes them; a supplier may make nothing."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import servicekit.amqp.topology as topology
from servicekit.amqp.link import Link


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
            for address in missing:
                topology.declare_rpc_queue(channel, address)

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
