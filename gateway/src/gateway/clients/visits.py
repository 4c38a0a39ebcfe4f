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

    def get_company(self, work_order_id: str) -> Json:
        return self._call("get_company", {"work_order_id": work_order_id})

    def act_on_visit(self, visit_id: str, action: str, version: int | None = None, **details: Any) -> Json:
        return self._call("act_on_visit", {**_seen(visit_id, version), "action": action, **details})

    def join_visit(self, visit_id: str, version: int | None, work_order_ids: list[str]) -> Json:
        return self._call("join_visit", {**_seen(visit_id, version), "work_order_ids": work_order_ids})

    def leave_visit(self, visit_id: str, version: int | None, work_order_id: str) -> Json:
        return self._call("leave_visit", {**_seen(visit_id, version), "work_order_id": work_order_id})

    def dissolve_visit(self, visit_id: str, version: int | None) -> Json:
        return self._call("dissolve_visit", _seen(visit_id, version))


def _seen(visit_id: str, version: int | None) -> Json:
    """A visit, at the version that was looked at, if one was."""
    return {"visit_id": visit_id, **({"version": version} if version else {})}
