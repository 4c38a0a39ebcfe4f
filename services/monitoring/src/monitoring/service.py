"""Entry points of monitoring: decode, call a handler, answer."""

from __future__ import annotations

from typing import Any

from servicekit.entrypoints import Call, every, on_event, rpc
from servicekit.messages import Message
from servicekit.schemas import Days
from servicekit.service import Service
from servicekit.storage import WorkProvider
from servicekit.worktime.period import Period

from monitoring import messages
from monitoring.handlers import agreements, facts, figures, reading
from monitoring.handlers.sweep import BATCH, sweep
from monitoring.storage.unit_of_work import MonitoringWork


class MonitoringService(Service):
    name = "monitoring"
    work = WorkProvider(MonitoringWork)

    @rpc("contracts.write")
    def save_calendar(self, call: Call, **command: Any) -> dict[str, Any]:
        with self.work() as work:
            return agreements.save_calendar(work, **messages.SaveCalendar().load(command))

    @rpc("contracts.write")
    def save_contract(self, call: Call, **command: Any) -> dict[str, Any]:
        with self.work() as work:
            return agreements.save_contract(work, **messages.SaveContract().load(command))

    @rpc("contracts.read")
    def list_contracts(self, call: Call, **query: Any) -> dict[str, Any]:
        with self.work() as work:
            return agreements.list_contracts(work, **messages.ListContracts().load(query))

    @rpc("norms.read")
    def list_norms(self, call: Call, **query: Any) -> dict[str, Any]:
        with self.work() as work:
            return agreements.list_norms(work, **messages.ListNorms().load(query))

    @rpc("clocks.read")
    def get_clocks(self, call: Call, **query: Any) -> dict[str, Any]:
        with self.work() as work:
            return reading.get_clocks(work, call.actor, **messages.GetClocks().load(query))

    @rpc("clocks.read_all")
    def list_clocks(self, call: Call, **query: Any) -> dict[str, Any]:
        with self.work() as work:
            return reading.list_clocks(work, **messages.ListClocks().load(query))

    @rpc("figures.read")
    def get_figures(self, call: Call, **query: Any) -> dict[str, Any]:
        days = Days().load(query)
        with self.work() as work:
            return figures.get_figures(work, Period(**days, zone=self.settings.zone))

    @on_event("intake.people_merged")
    def people_merged(self, message: Message) -> None:
        with self.work() as work:
            work.people.hear(messages.PeopleMerged().load(message.data)["people"])

    @on_event("intake.request_received")
    def request_received(self, message: Message) -> None:
        with self.work() as work:
            facts.request_received(work, messages.RequestReceived().load(message.data))

    @on_event("intake.request_accepted")
    def request_accepted(self, message: Message) -> None:
        with self.work() as work:
            facts.request_accepted(work, messages.RequestAccepted().load(message.data))

    @on_event("intake.request_corrected")
    def request_corrected(self, message: Message) -> None:
        with self.work() as work:
            facts.request_corrected(work, messages.RequestCorrected().load(message.data))

    @on_event("intake.request_waiting")
    def request_waiting(self, message: Message) -> None:
        with self.work() as work:
            facts.request_waiting(work, messages.RequestWaiting().load(message.data))

    @on_event("intake.request_resumed")
    def request_resumed(self, message: Message) -> None:
        with self.work() as work:
            facts.request_resumed(work, messages.RequestResumed().load(message.data))

    @on_event("intake.request_ready")
    def request_ready(self, message: Message) -> None:
        with self.work() as work:
            facts.request_ready(work, messages.RequestReady().load(message.data))

    @on_event("intake.request_reopened")
    def request_reopened(self, message: Message) -> None:
        with self.work() as work:
            facts.request_reopened(work, messages.RequestReopened().load(message.data))

    @on_event("intake.request_closed")
    def request_closed(self, message: Message) -> None:
        with self.work() as work:
            facts.request_closed(work, messages.RequestClosed().load(message.data))

    @on_event("intake.request_updated")
    def request_updated(self, message: Message) -> None:
        with self.work() as work:
            facts.request_updated(work, messages.RequestUpdated().load(message.data))

    @on_event("intake.promise_made")
    def promise_made(self, message: Message) -> None:
        """Word from the desk, and so a response."""
        with self.work() as work:
            facts.request_updated(work, messages.PromiseMade().load(message.data))

    @on_event("intake.priority_changed")
    def priority_changed(self, message: Message) -> None:
        with self.work() as work:
            facts.priority_changed(work, messages.PriorityChanged().load(message.data))

    @on_event("dispatch.work_orders_planned")
    def work_orders_planned(self, message: Message) -> None:
        with self.work() as work:
            facts.work_orders_planned(work, messages.WorkOrdersPlanned().load(message.data))

    @on_event("dispatch.work_order_changed")
    def work_order_changed(self, message: Message) -> None:
        with self.work() as work:
            facts.work_order_changed(work, messages.WorkOrderChanged().load(message.data))

    @every(seconds=2, lease="deadlines")
    def look_at_deadlines(self) -> None:
        """Each batch commits by itself, so that a long backlog tells what is due as it goes."""
        while True:
            with self.work() as work:
                looked = sweep(work)
            if looked < BATCH:
                return
