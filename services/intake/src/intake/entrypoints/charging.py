"""Entry points about what was charged."""

from __future__ import annotations

from typing import Any

from servicekit.entrypoints import Call, rpc
from servicekit.storage import WorkProvider

from intake.handlers import charging
from intake.messages import charges as messages
from intake.messages.shapes import read
from intake.storage.unit_of_work import IntakeWork

Answer = dict[str, Any]


class Charging:
    """A part of IntakeService: see there."""

    work = WorkProvider(IntakeWork)

    @rpc("charges.own")
    def list_charges(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return charging.list_charges(work, **read(messages.ListCharges, query))

    @rpc("charges.own")
    def list_charge_totals(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return charging.list_charge_totals(work, **read(messages.ListChargeTotals, query))
