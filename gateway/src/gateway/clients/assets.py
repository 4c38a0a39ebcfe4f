"""Objects of the house: a part of intake's client."""

from __future__ import annotations

from typing import Any

from gateway.clients.transport import BULK_SECONDS, Client, Json


class Assets(Client):
    __slots__ = ()

    def list_assets(self, **wanted: Any) -> Json:
        return self._call("list_assets", wanted)

    def list_asset_kinds(self) -> Json:
        return self._call("list_asset_kinds", {})

    def get_asset(self, asset_id: str) -> Json:
        return self._call("get_asset", {"asset_id": asset_id})

    def get_asset_history(self, asset_id: str) -> Json:
        return self._call("get_asset_history", {"asset_id": asset_id})

    def get_sticker(self, code: str) -> Json:
        return self._call("get_sticker", {"code": code})

    def save_assets(self, items: list[Json]) -> Json:
        return self._call("save_assets", {"items": items}, BULK_SECONDS)

    def import_assets(self, records: list[Json]) -> Json:
        return self._call("import_assets", {"records": records}, BULK_SECONDS)
