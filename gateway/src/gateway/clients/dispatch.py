"""Work orders and those who carry them out."""

from __future__ import annotations

from typing import Any

from gateway.clients.transport import Client, Json


class Dispatch(Client):
    __slots__ = ()
    service = "dispatch"

    def save_provider(self, **provider: Any) -> Json:
        return self._call("save_provider", provider)

    def list_providers(self, **filters: Any) -> Json:
        return self._call("list_providers", filters)

    def list_work_orders(self, **filters: Any) -> Json:
        return self._call("list_work_orders", filters)

    def get_work_order(self, work_order_id: str) -> Json:
        return self._call("get_work_order", {"work_order_id": work_order_id})

    def act_on_work_order(self, work_order_id: str, action: str, version: int, **command: Any) -> Json:
        return self._call(
            "act_on_work_order",
            {"work_order_id": work_order_id, "action": action, "version": version, **command},
        )

    def redeliver_work_order(self, work_order_id: str, version: int) -> Json:
        return self._call("redeliver_work_order", {"work_order_id": work_order_id, "version": version})

    def reroute_work_order(self, work_order_id: str, version: int, provider_id: str, reason: str) -> Json:
        command = {"version": version, "provider_id": provider_id, "reason": reason}
        return self._call("reroute_work_order", {"work_order_id": work_order_id, **command})
