"""Cost centres one by one: a part of intake's client."""

from __future__ import annotations

from typing import Any

from gateway.clients.transport import PART_SECONDS, Client, Json


class CostCentres(Client):
    __slots__ = ()

    def get_cost_centre(self, budget_id: str) -> Json:
        return self._call("get_cost_centre", {"budget_id": budget_id}, PART_SECONDS)

    def add_cost_centre(self, **given: Any) -> Json:
        return self._call("add_cost_centre", given)

    def change_cost_centre(self, budget_id: str, version: int, **given: Any) -> Json:
        return self._call("change_cost_centre", {"budget_id": budget_id, "version": version, **given})
