"""Contracts, calendars and clocks."""

from __future__ import annotations

from datetime import date
from typing import Any

from gateway.clients.transport import PART_SECONDS, Client, Json


class Monitoring(Client):
    __slots__ = ()
    service = "monitoring"

    def save_calendar(self, **calendar: Any) -> Json:
        return self._call("save_calendar", calendar)

    def save_contract(self, **contract: Any) -> Json:
        return self._call("save_contract", contract)

    def list_contracts(self, **filters: Any) -> Json:
        return self._call("list_contracts", filters)

    def list_norms(self, kept: bool = False) -> Json:
        return self._call("list_norms", {"kept": kept})

    def get_clocks(self, request_id: str) -> Json:
        return self._call("get_clocks", {"request_id": request_id}, PART_SECONDS)

    def list_clocks(self, **filters: Any) -> Json:
        return self._call("list_clocks", filters)

    def get_figures(self, first: date, last: date) -> Json:
        return self._call("get_figures", {"first": first, "last": last})
