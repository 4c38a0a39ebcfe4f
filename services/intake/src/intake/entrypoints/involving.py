"""Entry points about an order: for whom it may be, what may be charged, until when it may be had."""

from __future__ import annotations

from typing import Any

from servicekit.entrypoints import Call, rpc
from servicekit.storage import WorkProvider

from intake.handlers import involving, ordering
from intake.messages import involving as messages
from intake.messages.requests import GetOrderTerms
from intake.messages.shapes import Nothing, read
from intake.storage.unit_of_work import IntakeWork

Answer = dict[str, Any]


class Involving:
    """A part of IntakeService: see there."""

    work = WorkProvider(IntakeWork)
    settings: Any

    @rpc("relations.read")
    def list_colleagues(self, call: Call, **query: Any) -> Answer:
        given = read(messages.ListColleagues, query)
        with self.work() as work:
            return involving.list_colleagues(work, **given)

    @rpc("relations.read")
    def list_own_cost_centres(self, call: Call, **query: Any) -> Answer:
        read(Nothing, query)
        with self.work() as work:
            return involving.list_own_cost_centres(work)

    @rpc("catalog.read")
    def get_order_terms(self, call: Call, **query: Any) -> Answer:
        given = read(GetOrderTerms, query)
        with self.work() as work:
            return ordering.get_order_terms(work, self.settings.rules, **given)
