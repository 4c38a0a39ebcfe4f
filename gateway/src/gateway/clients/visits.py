"""Visits: a part of dispatch's client."""

from __future__ import annotations

from typing import Any

from gateway.clients.transport import Client, Json


class Visits(Client):
    __slots__ = ()

    def list_visits(self, **filters: Any) -> Json:
        return self._call("list_visits", filters)

    def get_visit(self, visit_id: str) -> Json:
        return self._call("get_visit", {"visit_id": visit_id})

    def plan_visit(self, **given: Any) -> Json:
        return self._call("plan_visit", given)

    def act_on_visit(self, visit_id: str, action: str, **details: Any) -> Json:
        return self._call("act_on_visit", {"visit_id": visit_id, "action": action, **details})

    def leave_visit(self, visit_id: str, work_order_id: str) -> Json:
        return self._call("leave_visit", {"visit_id": visit_id, "work_order_id": work_order_id})
