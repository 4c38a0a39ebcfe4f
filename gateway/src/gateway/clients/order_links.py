"""The links to an order: a part of dispatch's client."""

from __future__ import annotations

from gateway.clients.transport import Client, Json


class OrderLinks(Client):
    __slots__ = ()

    def get_order_links(self, work_order_id: str) -> Json:
        return self._call("get_order_links", {"work_order_id": work_order_id})

    def get_order_by_link(self, work_order_id: str, serial: int) -> Json:
        """The order, when links of that serial are still good."""
        return self._call("get_order_by_link", {"work_order_id": work_order_id, "serial": serial})

    def end_order_links(self, work_order_id: str, reason: str, send: bool = False) -> Json:
        given = {"work_order_id": work_order_id, "reason": reason, "send": send}
        return self._call("end_order_links", given)

    def send_order_link(self, work_order_id: str) -> Json:
        return self._call("send_order_link", {"work_order_id": work_order_id})
