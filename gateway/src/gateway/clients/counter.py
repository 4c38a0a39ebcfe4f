"""The counter's ledger: a part of intake's client."""

from __future__ import annotations

from typing import Any

from gateway.clients.transport import PART_SECONDS, Client, Json


class Counter(Client):
    __slots__ = ()

    def get_counter(self) -> Json:
        return self._call("get_counter", {}, PART_SECONDS)

    def list_counter_items(self, **filters: Any) -> Json:
        return self._call("list_counter_items", filters)

    def get_counter_item(self, item_id: str) -> Json:
        return self._call("get_counter_item", {"item_id": item_id})

    def find_counter_item(self, number: str) -> Json:
        return self._call("find_counter_item", {"number": number})

    def find_counter_tag(self, number: str) -> Json:
        return self._call("find_counter_tag", {"number": number})

    def add_counter_item(self, **given: Any) -> Json:
        return self._call("add_counter_item", given)

    def change_counter_item(self, item_id: str, version: int, **given: Any) -> Json:
        return self._call("change_counter_item", {"item_id": item_id, "version": version, **given})

    def hand_out_item(self, item_id: str, version: int, **given: Any) -> Json:
        return self._call("hand_out_item", {"item_id": item_id, "version": version, **given})

    def list_counter_entries(self, **filters: Any) -> Json:
        return self._call("list_counter_entries", filters)

    def get_counter_entry(self, entry_id: str) -> Json:
        return self._call("get_counter_entry", {"entry_id": entry_id})

    def get_counter_signature(self, entry_id: str, sequence: int) -> Json:
        return self._call("get_counter_signature", {"entry_id": entry_id, "sequence": sequence})

    def find_counter_people(self, q: str) -> Json:
        return self._call("find_counter_people", {"q": q}, PART_SECONDS)

    def receive_parcel(self, **given: Any) -> Json:
        return self._call("receive_parcel", given)

    def keep_found(self, **given: Any) -> Json:
        return self._call("keep_found", given)

    def welcome_visitor(self, **given: Any) -> Json:
        return self._call("welcome_visitor", given)

    def announce_visitor(self, **given: Any) -> Json:
        return self._call("announce_visitor", given)

    def act_on_counter_entry(self, entry_id: str, version: int, **given: Any) -> Json:
        return self._call("act_on_counter_entry", {"entry_id": entry_id, "version": version, **given})

    def report_counter_loss(self, entry_id: str, version: int) -> Json:
        return self._call("report_counter_loss", {"entry_id": entry_id, "version": version})

    def list_own_counter_entries(self, **filters: Any) -> Json:
        return self._call("list_own_counter_entries", filters)

    def announce_own_visitor(self, **given: Any) -> Json:
        return self._call("announce_own_visitor", given)

    def cancel_own_visitor(self, entry_id: str, version: int) -> Json:
        return self._call("cancel_own_visitor", {"entry_id": entry_id, "version": version})
