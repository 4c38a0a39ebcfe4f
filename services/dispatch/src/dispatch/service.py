"""Entry points of dispatch: decode, call a handler, answer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from servicekit.concurrency import Stop
from servicekit.entrypoints import Call, background, every, on_event, rpc
from servicekit.messages import Message
from servicekit.outbound.posting import Limits, Poster
from servicekit.outbound.targets import Targets
from servicekit.rpc_client import RpcClient
from servicekit.schemas import Days
from servicekit.service import Service
from servicekit.storage.provider import WorkProvider
from servicekit.worktime.period import Period

from dispatch import commands, heard, messages
from dispatch.admission import Admission
from dispatch.channels.supplier_rpc import SupplierCalls
from dispatch.channels.supplier_webhook import SupplierWebhooks
from dispatch.checking import Checking
from dispatch.delivery_loop import Channel, DeliveryLoop
from dispatch.domain.providers import Means
from dispatch.errors import ERRORS
from dispatch.handlers import (
    acting,
    appointments,
    catalogue,
    correcting,
    evidence,
    extra_work,
    figures,
    guarding,
    places,
    planning,
    profiles,
    providers,
    reading,
    repairing,
    routing_rules,
    terms,
    trying_out,
)
from dispatch.handlers import supplier_access as access
from dispatch.order_links import OrderLinks
from dispatch.regular import Regular
from dispatch.rosters import Rosters
from dispatch.settings import DispatchSettings
from dispatch.storage.reading import Filter
from dispatch.storage.unit_of_work import DispatchWork
from dispatch.supplier_door import door_of
from dispatch.supplier_queues import ORDERS_EXCHANGE, queues_on
from dispatch.team_work import TeamWork
from dispatch.visits import Visits

LONGEST_ANSWER = 64 * 1024  # bytes, of a supplier to an order


class DispatchService(TeamWork, Rosters, OrderLinks, Visits, Checking, Regular, Service):
    name = "dispatch"
    errors = ERRORS
    work = WorkProvider(DispatchWork)
    repairs = repairing.REPAIRS

    @rpc("providers.write")
    def save_provider(self, call: Call, **command: Any) -> dict[str, Any]:
        with self.work() as work:
            return providers.save_provider(
                work, **messages.SaveProvider().load(command), targets=self._targets
            )

    @rpc("providers.read")
    def list_providers(self, call: Call) -> dict[str, Any]:
        with self.work() as work:
            return profiles.list_providers(work)

    @rpc("providers.read")
    def get_provider(self, call: Call, **command: Any) -> dict[str, Any]:
        with self.work() as work:
            return profiles.get_provider(work, **commands.OneProvider().load(command))

    @rpc("providers.write")
    def save_provider_profile(self, call: Call, **command: Any) -> dict[str, Any]:
        given = commands.SaveProviderProfile().load(command)
        with self.work() as work:
            return profiles.save_provider_profile(work, **given, zone=self._values.zone)

    @rpc("routing.read")
    def list_routing_rules(self, call: Call) -> dict[str, Any]:
        with self.work() as work:
            return routing_rules.list_routing_rules(work)

    @rpc("routing.write")
    def save_routing_rule(self, call: Call, **command: Any) -> dict[str, Any]:
        given = commands.SaveRoutingRule().load(command)
        with self.work() as work:
            return routing_rules.save_routing_rule(work, **given, zone=self._values.zone)

    @rpc("routing.write")
    def move_routing_rule(self, call: Call, **command: Any) -> dict[str, Any]:
        with self.work() as work:
            return routing_rules.move_routing_rule(work, **commands.MoveRoutingRule().load(command))

    @rpc("routing.write")
    def delete_routing_rule(self, call: Call, **command: Any) -> dict[str, Any]:
        with self.work() as work:
            return routing_rules.delete_routing_rule(work, **commands.DeleteRoutingRule().load(command))

    @rpc("routing.read")
    def try_routing(self, call: Call, **command: Any) -> dict[str, Any]:
        with self.work() as work:
            return trying_out.try_routing(work, **commands.TryRouting().load(command))

    @rpc("routing.read")
    def get_order_terms(self, call: Call) -> dict[str, Any]:
        with self.work() as work:
            return terms.get_order_terms(work)

    @rpc("routing.write")
    def save_order_terms(self, call: Call, **command: Any) -> dict[str, Any]:
        with self.work() as work:
            return terms.save_order_terms(work, **commands.SaveOrderTerms().load(command))

    @rpc("work_orders.repair")
    def plan_by_hand(self, call: Call, **command: Any) -> dict[str, Any]:
        with self.work() as work:
            return planning.plan_by_hand(work, **commands.PlanByHand().load(command))

    @rpc("work_orders.read")
    def list_work_orders(self, call: Call, **command: Any) -> dict[str, Any]:
        wanted = messages.ListWorkOrders().load(command)
        cursor, limit = wanted.pop("cursor"), wanted.pop("limit")
        with self.work() as work:
            return reading.list_work_orders(work, Filter(**wanted), cursor, limit)

    @rpc("work_orders.read")
    def get_work_order(self, call: Call, **command: Any) -> dict[str, Any]:
        with self.work() as work:
            return reading.get_work_order(work, **messages.GetWorkOrder().load(command))

    @rpc("figures.read")
    def get_figures(self, call: Call, **query: Any) -> dict[str, Any]:
        days = Days().load(query)
        with self.work() as work:
            return figures.get_figures(work, Period(**days, zone=self._values.zone))

    @rpc("work_orders.act")
    def act_on_work_order(self, call: Call, **command: Any) -> dict[str, Any]:
        with self.work() as work:
            given = messages.ActOnWorkOrder().load(command)
            return evidence.act_with_files(work, self.settings.receipts, **given)

    @rpc("work_orders.read")
    def get_order_file(self, call: Call, **query: Any) -> dict[str, Any]:
        with self.work() as work:
            return evidence.get_order_file(work, **commands.OneOrderFile().load(query))

    @rpc("requests.read_all")
    def list_known_files(self, call: Call, **query: Any) -> dict[str, Any]:
        with self.work() as work:
            return evidence.list_known_files(work, **commands.KnownFiles().load(query))

    @rpc("appointments.answer")
    def list_appointments(self, call: Call, **command: Any) -> dict[str, Any]:
        with self.work() as work:
            return appointments.list_appointments(work, **commands.ListAppointments().load(command))

    @rpc("appointments.answer")
    def answer_appointment(self, call: Call, **command: Any) -> dict[str, Any]:
        with self.work() as work:
            return appointments.answer_appointment(work, **commands.AnswerAppointment().load(command))

    @rpc("work_orders.repair")
    def redeliver_work_order(self, call: Call, **command: Any) -> dict[str, Any]:
        with self.work() as work:
            return acting.redeliver_work_order(work, **messages.RedeliverWorkOrder().load(command))

    @rpc("work_orders.repair")
    def reroute_work_order(self, call: Call, **command: Any) -> dict[str, Any]:
        with self.work() as work:
            return acting.reroute_work_order(work, **messages.RerouteWorkOrder().load(command))

    @rpc("suppliers.access")
    def list_supplier_access(self, call: Call) -> dict[str, Any]:
        with self.work() as work:
            return access.list_suppliers(work)

    @rpc("suppliers.access")
    def get_supplier_access(self, call: Call, **command: Any) -> dict[str, Any]:
        return self._admission.look(**messages.OneSupplier().load(command))

    @rpc("suppliers.access")
    def invite_supplier(self, call: Call, **command: Any) -> dict[str, Any]:
        return self._admission.invite(**messages.InviteSupplier().load(command))

    @rpc("suppliers.access")
    def revoke_supplier(self, call: Call, **command: Any) -> dict[str, Any]:
        return self._admission.revoke(**messages.OneSupplier().load(command))

    @rpc("suppliers.access")
    def resume_supplier(self, call: Call, **command: Any) -> dict[str, Any]:
        return self._admission.resume(**messages.OneSupplier().load(command))

    @on_event("catalog.product_published")
    def product_published(self, message: Message) -> None:
        with self.work() as work:
            catalogue.product_published(work, heard.ProductPublished().load(message.data))

    @on_event("catalog.product_withdrawn")
    def product_withdrawn(self, message: Message) -> None:
        with self.work() as work:
            catalogue.product_withdrawn(work, heard.ProductWithdrawn().load(message.data))

    @on_event("intake.locations_saved")
    def locations_saved(self, message: Message) -> None:
        with self.work() as work:
            places.locations_saved(work, heard.LocationsSaved().load(message.data))

    @on_event("intake.people_merged")
    def people_merged(self, message: Message) -> None:
        with self.work() as work:
            work.people.hear(heard.PeopleMerged().load(message.data)["people"])

    @on_event("intake.request_accepted")
    def request_accepted(self, message: Message) -> None:
        with self.work() as work:
            planning.request_accepted(work, heard.RequestAccepted().load(message.data))

    @on_event("intake.request_corrected")
    def request_corrected(self, message: Message) -> None:
        with self.work() as work:
            correcting.request_corrected(work, heard.RequestCorrected().load(message.data))

    @on_event("intake.request_reopened")
    def request_reopened(self, message: Message) -> None:
        with self.work() as work:
            planning.request_reopened(work, heard.RequestReopened().load(message.data))

    @on_event("intake.extra_work_decided")
    def extra_work_decided(self, message: Message) -> None:
        with self.work() as work:
            extra_work.decided(work, heard.ExtraWorkDecided().load(message.data))

    @on_event("intake.request_closed")
    def request_closed(self, message: Message) -> None:
        with self.work() as work:
            planning.request_closed(work, heard.RequestClosed().load(message.data))

    @on_event("intake.request_confided")
    def request_confided(self, message: Message) -> None:
        with self.work() as work:
            planning.request_confided(work, heard.RequestConfided().load(message.data))

    @on_event("intake.priority_changed")
    def priority_changed(self, message: Message) -> None:
        with self.work() as work:
            planning.priority_changed(work, heard.PriorityChanged().load(message.data))

    @on_event("monitoring.calendar_published")
    def calendar_published(self, message: Message) -> None:
        with self.work() as work:
            guarding.calendar_published(work, heard.CalendarPublished().load(message.data))

    @every(seconds=2, lease="silence")
    def guard_silence(self) -> None:
        with self.work() as work:
            due = guarding.look(work, self._values.zone)
        for work_order_id in due:
            with self.work() as work:
                guarding.speak_up(work, work_order_id, self._values.zone)

    @every(seconds=15, lease="unplannable")
    def tell_unplannable(self) -> None:
        with self.work() as work:
            planning.tell_unplannable(work, timedelta(seconds=self._values.planning_patience))

    @every(seconds=30, lease="routed again")
    def plan_routed_again(self) -> None:
        with self.work() as work:
            planning.plan_routed_again(work)

    @every(seconds=5)
    def make_supplier_queues(self) -> None:
        """So that a new supplier finds its queue before its first order."""
        with self.work() as work:
            addresses = work.providers.addresses()
        queues_on(self._values.suppliers_amqp_url).ensure(addresses)

    @every(seconds=15, lease="supplier access")
    def project_supplier_access(self) -> None:
        self._admission.project()

    @every(seconds=5, lease="broker relief")
    def relieve_the_broker(self) -> None:
        self._admission.relieve()

    @background
    def deliver(self, stop: Stop) -> None:
        queues = queues_on(self._values.suppliers_amqp_url)
        client = RpcClient(
            self._values.suppliers_amqp_url,
            reply="queue",
            name="deliveries",
            exchange=ORDERS_EXCHANGE,
            signed=True,
            longest_answer=LONGEST_ANSWER,
            on_stray=door_of(self._values).stray,
        )
        values = self._values
        poster = Poster(self._targets, Limits(total=values.delivery_timeout))
        channels: dict[Means, Channel] = {
            Means.RPC: SupplierCalls(client, queues, values.delivery_timeout),
            Means.WEBHOOK: SupplierWebhooks(poster, values.webhook_master_secret),
        }
        try:
            DeliveryLoop(self.work, channels, values).run(stop)
        finally:
            client.close()

    @property
    def _targets(self) -> Targets:
        return Targets(self._values.webhook_allowed_targets)

    @property
    def _admission(self) -> Admission:
        return Admission(self.work, self._values)

    @property
    def _values(self) -> DispatchSettings:
        return cast(DispatchSettings, self.settings)
