"""Corrections: a part of intake's client."""

from __future__ import annotations

from datetime import date
from typing import Any

from gateway.clients.transport import Client, Json


class Correcting(Client):
    __slots__ = ()

    def correct_request(self, request_id: str, version: int, **wish: Any) -> Json:
        return self._call("correct_request", {"request_id": request_id, "version": version, **wish})

    def preview_correction(self, request_id: str, **wish: Any) -> Json:
        return self._call("preview_correction", {"request_id": request_id, **wish})

    def list_corrections(self, **filters: Any) -> Json:
        return self._call("list_corrections", filters)

    def count_corrections(self, first: date, last: date) -> Json:
        return self._call("count_corrections", {"first": first, "last": last})

    def list_correction_causes(self) -> Json:
        return self._call("list_correction_causes", {})

    def save_correction_causes(self, items: list[Json]) -> Json:
        return self._call("save_correction_causes", {"items": items})
