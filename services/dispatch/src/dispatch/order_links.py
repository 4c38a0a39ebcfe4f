"""Entry points about the links to an order."""

from __future__ import annotations

from typing import Any

from servicekit.entrypoints import Call, rpc
from servicekit.storage import WorkProvider

from dispatch import order_link_messages as commands
from dispatch.handlers import order_links
from dispatch.storage.unit_of_work import DispatchWork


class OrderLinks:
    """A part of DispatchService: see there."""

    work = WorkProvider(DispatchWork)

    @rpc("work_orders.repair")
    def get_order_links(self, call: Call, **query: Any) -> dict[str, Any]:
        given = commands.OneOrder().load(query)
        with self.work() as work:
            return order_links.get_order_links(work, **given)

    @rpc("work_orders.read")
    def get_order_by_link(self, call: Call, **query: Any) -> dict[str, Any]:
        given = commands.GetOrderByLink().load(query)
        with self.work() as work:
            return order_links.get_order_by_link(work, **given)

    @rpc("work_orders.repair")
    def end_order_links(self, call: Call, **command: Any) -> dict[str, Any]:
        given = commands.EndOrderLinks().load(command)
        with self.work() as work:
            return order_links.end_order_links(work, **given)

    @rpc("work_orders.repair")
    def send_order_link(self, call: Call, **command: Any) -> dict[str, Any]:
        given = commands.OneOrder().load(command)
        with self.work() as work:
            return order_links.send_order_link(work, **given)
