"""Entry points about objects."""

from __future__ import annotations

from typing import Any

from servicekit.entrypoints import Call, rpc
from servicekit.storage import WorkProvider

from intake.handlers import asset_history, assets, stickers
from intake.messages import assets as messages
from intake.messages.shapes import Nothing, read
from intake.storage.unit_of_work import IntakeWork

Answer = dict[str, Any]


class Assets:
    """A part of IntakeService: see there."""

    work = WorkProvider(IntakeWork)
    settings: Any

    @rpc("assets.read")
    def list_assets(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return assets.list_assets(work, **read(messages.ListAssets, query))

    @rpc("assets.read")
    def list_asset_kinds(self, call: Call, **query: Any) -> Answer:
        read(Nothing, query)
        with self.work() as work:
            return assets.list_asset_kinds(work)

    @rpc("assets.read")
    def get_asset(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return assets.get_asset(work, **read(messages.OneAsset, query))

    @rpc("requests.read_all")
    def get_asset_history(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            given = read(messages.OneAsset, query)
            return asset_history.get_asset_history(work, self.settings.rules, **given)

    @rpc("assets.scan")
    def get_sticker(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return stickers.get_sticker(work, **read(messages.OneSticker, query))

    @rpc("assets.write")
    def save_assets(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return assets.save_assets(work, **read(messages.SaveAssets, command))

    @rpc("imports.run")
    def import_assets(self, call: Call, **command: Any) -> Answer:
        given = read(messages.ImportAssets, command)

        def read_one(record: Any) -> Answer:
            return read(messages.ImportedAsset, record)

        with self.work() as work:
            return assets.import_assets(work, read_one, **given)
