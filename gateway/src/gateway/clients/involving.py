"""Whom one may report for, and what may be charged: a part of intake's client."""

from __future__ import annotations

from typing import Any

from gateway.clients.transport import PART_SECONDS, Client, Json


class Involving(Client):
    __slots__ = ()

    def list_colleagues(self, q: str) -> Json:
        return self._call("list_colleagues", {"q": q}, PART_SECONDS)

    def list_own_cost_centres(self) -> Json:
        return self._call("list_own_cost_centres", {}, PART_SECONDS)

    def get_order_terms(self, product_id: str, wanted: Json | None = None, **more: Any) -> Json:
        """`wanted`: {"from", "until"}; more: quantity."""
        asked = {"product_id": product_id, **({"wanted": wanted} if wanted else {}), **more}
        return self._call("get_order_terms", asked, PART_SECONDS)
