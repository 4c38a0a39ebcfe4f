"""Corrections: a part of intake's client."""

from __future__ import annotations

from datetime import date
from typing import Any

from gateway.clients.transport import BULK_SECONDS, Client, Json


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

    def preview_corrections(self, **given: Any) -> Json:
        return self._call("preview_corrections", given, BULK_SECONDS)

    def correct_requests(self, **given: Any) -> Json:
        return self._call("correct_requests", given, BULK_SECONDS)

    def list_correction_batches(self, **query: Any) -> Json:
        return self._call("list_correction_batches", query)

    def get_correction_batch(self, batch_id: str) -> Json:
        return self._call("get_correction_batch", {"batch_id": batch_id})

    def undo_corrections(self, batch_id: str, positions: list[int] | None = None) -> Json:
        return self._call("undo_corrections", {"batch_id": batch_id, "positions": positions}, BULK_SECONDS)

    def undo_correction(self, correction_id: str) -> Json:
        return self._call("undo_correction", {"correction_id": correction_id})

    def list_correction_causes(self) -> Json:
        return self._call("list_correction_causes", {})

    def save_correction_causes(self, items: list[Json]) -> Json:
        return self._call("save_correction_causes", {"items": items})
