"""Entry points of notifications: decode, call a handler, answer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from servicekit.concurrency import Stop, Wake
from servicekit.entrypoints import Call, background, on_event, rpc
from servicekit.messages import Message
from servicekit.service import Service
from servicekit.storage import WorkProvider

from notifications import messages
from notifications.channels.mail.links import FollowLinks
from notifications.channels.mail.smtp import Mailer
from notifications.handlers import reading, repairing
from notifications.handlers.sending import send_due
from notifications.handlers.telling import Teller
from notifications.settings import NotificationsSettings
from notifications.storage.unit_of_work import NotificationsWork

BELL = Wake()  # rung after each commit that left something to send


class NotificationsService(Service):
    name = "notifications"
    work = WorkProvider(NotificationsWork)
    repairs = repairing.repairs(BELL.set)

    @rpc("messages.read")
    def list_messages(self, call: Call, **query: Any) -> dict[str, Any]:
        with self.work() as work:
            return reading.list_messages(work, **messages.ListMessages().load(query))

    @rpc("mails.bring")
    def get_message(self, call: Call, **query: Any) -> dict[str, Any]:
        with self.work() as work:
            return reading.get_message(work, **messages.OneMessage().load(query))

    @on_event("intake.people_merged")
    def people_merged(self, message: Message) -> None:
        with self.work() as work:
            work.people.hear(messages.PeopleMerged().load(message.data)["people"])

    @on_event("intake.request_received")
    def request_received(self, message: Message) -> None:
        with self.work() as work:
            self._teller.received(work, messages.RequestReceived().load(message.data))

    @on_event("intake.request_accepted")
    def request_accepted(self, message: Message) -> None:
        with self.work() as work:
            self._teller.accepted(work, messages.RequestAccepted().load(message.data))

    @on_event("intake.request_waiting")
    def request_waiting(self, message: Message) -> None:
        with self.work() as work:
            self._teller.asked(work, messages.RequestWaiting().load(message.data))

    @on_event("intake.request_confided")
    def request_confided(self, message: Message) -> None:
        with self.work() as work:
            self._teller.confided(work, messages.RequestConfided().load(message.data))

    @on_event("intake.request_updated")
    def request_updated(self, message: Message) -> None:
        with self.work() as work:
            self._teller.updated(work, messages.RequestUpdated().load(message.data))

    @on_event("intake.promise_made")
    def promise_made(self, message: Message) -> None:
        with self.work() as work:
            self._teller.promised(work, messages.PromiseMade().load(message.data))

    @on_event("intake.appointment_proposed")
    def appointment_proposed(self, message: Message) -> None:
        with self.work() as work:
            self._teller.appointment_proposed(work, messages.AppointmentProposed().load(message.data))

    @on_event("dispatch.provider_told")
    def provider_told(self, message: Message) -> None:
        with self.work() as work:
            self._teller.provider_told(work, messages.ProviderTold().load(message.data))

    @on_event("dispatch.visit_told")
    def visit_told(self, message: Message) -> None:
        with self.work() as work:
            self._teller.visit_told(work, messages.VisitTold().load(message.data))

    @on_event("intake.approval_asked")
    def approval_asked(self, message: Message) -> None:
        with self.work() as work:
            self._teller.approval_asked(work, messages.ApprovalAsked().load(message.data))

    @on_event("intake.request_corrected")
    def request_corrected(self, message: Message) -> None:
        with self.work() as work:
            self._teller.corrected(work, messages.RequestCorrected().load(message.data))

    @on_event("intake.counter_told")
    def counter_told(self, message: Message) -> None:
        with self.work() as work:
            self._teller.counter_told(work, messages.CounterTold().load(message.data))

    @on_event("intake.counter_forgotten")
    def counter_forgotten(self, message: Message) -> None:
        with self.work() as work:
            self._teller.counter_forgotten(work, messages.CounterForgotten().load(message.data))

    @on_event("intake.request_ready")
    def request_ready(self, message: Message) -> None:
        with self.work() as work:
            self._teller.ready(work, messages.RequestReady().load(message.data))

    @on_event("intake.request_reopened")
    def request_reopened(self, message: Message) -> None:
        with self.work() as work:
            self._teller.reopened(work, messages.RequestReopened().load(message.data))

    @on_event("intake.request_closed")
    def request_closed(self, message: Message) -> None:
        with self.work() as work:
            self._teller.closed(work, messages.RequestClosed().load(message.data))

    @background
    def send(self, stop: Stop) -> None:
        values = self._values
        mailer = Mailer(values.smtp_url, values.sender, values.smtp_timeout)
        while not stop.is_set():
            tried = send_due(
                self.work, mailer, self._links, values.send_batch, timedelta(seconds=values.send_lease)
            )
            if tried < values.send_batch:
                BELL.wait(values.send_poll)

    @property
    def _values(self) -> NotificationsSettings:
        return cast(NotificationsSettings, self.settings)

    @property
    def _teller(self) -> Teller:
        return Teller(
            self._values.zone,
            self._values.organisation,
            BELL.set,
            self._links.place,
            self._links.approve_place,
        )

    @property
    def _links(self) -> FollowLinks:
        return FollowLinks(self._values.public_url, self._values.link_keys, self._values.reply_to)
