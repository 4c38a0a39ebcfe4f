"""Entry points about cost centres: one of them, and keeping them."""

from __future__ import annotations

from typing import Any

from servicekit.entrypoints import Call, rpc
from servicekit.storage import WorkProvider

from intake.handlers import cost_centres
from intake.messages import cost_centres as given
from intake.messages.shapes import read
from intake.storage.unit_of_work import IntakeWork

Answer = dict[str, Any]


class CostCentres:
    """A part of IntakeService: see there."""

    work = WorkProvider(IntakeWork)

    @rpc("relations.read_people")
    def get_cost_centre(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return cost_centres.get_cost_centre(work, **read(given.OneCostCentre, query))

    @rpc("customers.keep")
    def add_cost_centre(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return cost_centres.add_cost_centre(work, **read(given.AddCostCentre, command))

    @rpc("customers.keep")
    def change_cost_centre(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return cost_centres.change_cost_centre(work, **read(given.ChangeCostCentre, command))
