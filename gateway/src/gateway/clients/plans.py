"""Planned work: a part of intake's client."""

from __future__ import annotations

from typing import Any

from gateway.clients.transport import Client, Json


class Plans(Client):
    __slots__ = ()

    def list_plans(self, **query: Any) -> Json:
        return self._call("list_plans", query)

    def get_plan(self, plan_id: str) -> Json:
        return self._call("get_plan", {"plan_id": plan_id})

    def preview_plan(self, **given: Any) -> Json:
        return self._call("preview_plan", given)

    def save_plan(self, **given: Any) -> Json:
        return self._call("save_plan", given)

    def change_plan(self, plan_id: str, version: int, **given: Any) -> Json:
        return self._call("change_plan", {"plan_id": plan_id, "version": version, **given})

    def pause_plan(self, plan_id: str, version: int, **given: Any) -> Json:
        return self._call("pause_plan", {"plan_id": plan_id, "version": version, **given})

    def resume_plan(self, plan_id: str, version: int, **given: Any) -> Json:
        return self._call("resume_plan", {"plan_id": plan_id, "version": version, **given})

    def end_plan(self, plan_id: str, version: int, **given: Any) -> Json:
        return self._call("end_plan", {"plan_id": plan_id, "version": version, **given})
