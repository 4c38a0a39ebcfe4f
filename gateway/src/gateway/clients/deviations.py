"""Leaving the regular process of a product, and where that happened."""

from __future__ import annotations

from typing import Any

from gateway.clients.transport import Client, Json


class Deviations(Client):
    """A part of the client of dispatch: see there."""

    __slots__ = ()

    def list_deviations(self, **wanted: Any) -> Json:
        return self._call("list_deviations", wanted)

    def add_step(self, request_id: str, **step: Any) -> Json:
        return self._call("add_step", {"request_id": request_id, **step})
