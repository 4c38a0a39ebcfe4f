"""What was charged: a part of intake's client."""

from __future__ import annotations

from typing import Any

from gateway.clients.transport import BULK_SECONDS, Client, Json


class Charges(Client):
    __slots__ = ()

    def list_charges(self, **filters: Any) -> Json:
        return self._call("list_charges", filters, BULK_SECONDS)

    def list_charge_totals(self, **filters: Any) -> Json:
        return self._call("list_charge_totals", filters)
