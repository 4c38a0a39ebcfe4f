"""Entry points about leaving the regular process of a product: decode, call a handler, answer."""

from __future__ import annotations

from typing import Any

from servicekit.entrypoints import Call, on_event, rpc
from servicekit.messages import Message
from servicekit.storage import WorkProvider

from dispatch import deviation_messages
from dispatch.handlers import deviating, reading
from dispatch.storage.deviations import Wanted
from dispatch.storage.unit_of_work import DispatchWork


class Regular:
    """A part of DispatchService: see there."""

    work = WorkProvider(DispatchWork)

    @rpc("deviations.read")
    def list_deviations(self, call: Call, **query: Any) -> dict[str, Any]:
        wanted = deviation_messages.ListDeviations().load(query)
        cursor, limit = wanted.pop("cursor"), wanted.pop("limit")
        with self.work() as work:
            return deviating.list_deviations(work, Wanted(**wanted), cursor, limit)

    @rpc("work_orders.repair")
    def add_step(self, call: Call, **command: Any) -> dict[str, Any]:
        given = deviation_messages.AddStep().load(command)
        with self.work() as work:
            order = deviating.add_step(work, **given)
            return reading.get_work_order(work, order.work_order_id)

    @on_event("intake.promise_made")
    def promise_made(self, message: Message) -> None:
        with self.work() as work:
            deviating.promise_made(work, deviation_messages.PromiseMade().load(message.data))

    @on_event("intake.rule_overruled")
    def rule_overruled(self, message: Message) -> None:
        with self.work() as work:
            deviating.rule_overruled(work, deviation_messages.RuleOverruled().load(message.data))
