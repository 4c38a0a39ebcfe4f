"""Entry points about one request from receipt to closing, and about lists of them."""

from __future__ import annotations

from typing import Any

from servicekit.entrypoints import Call, every, rpc
from servicekit.logs import logger
from servicekit.schemas import Days
from servicekit.storage import WorkProvider
from servicekit.worktime.period import Period

from intake.handlers import (
    attaching,
    completion,
    conversation,
    figures,
    joining,
    promising,
    proposing,
    reading,
    receiving,
    triage,
)
from intake.messages import lists, requests
from intake.messages.shapes import Change, OneRequest, WithReason, read
from intake.storage.unit_of_work import IntakeWork

Answer = dict[str, Any]
log = logger("intake")


class Requests:
    """A part of IntakeService: see there."""

    settings: Any
    work = WorkProvider(IntakeWork)

    @rpc("requests.create")
    def receive_request(self, call: Call, **command: Any) -> Answer:
        given = read(requests.ReceiveRequest, command)
        with self.work() as work:
            return receiving.receive_request(work, self.settings.rules, self.settings.receipts, **given)

    @rpc("catalog.read")
    def preview_promise(self, call: Call, **query: Any) -> Answer:
        given = read(requests.PreviewPromise, query)
        with self.work() as work:
            return promising.preview_promise(work, self.settings.rules, **given)

    @rpc("proposals.read")
    def get_proposals(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return proposing.get_proposals(work, **read(requests.GetProposals, query))

    @rpc("figures.read")
    def get_acceptance(self, call: Call, **query: Any) -> Answer:
        days = Days().load(query)
        with self.work() as work:
            return proposing.get_acceptance(work, Period(**days, zone=self.settings.zone))

    @rpc("requests.read")
    def get_request(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return reading.get_request(work, self.settings.rules, **read(OneRequest, query))

    @rpc("requests.read")
    def list_requests(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return reading.list_requests(work, **read(lists.ListRequests, query))

    @rpc("requests.read_all")
    def count_requests(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return reading.count_requests(work, **read(lists.CountRequests, query))

    @rpc("figures.read")
    def get_figures(self, call: Call, **query: Any) -> Answer:
        days = Days().load(query)
        with self.work() as work:
            return figures.get_figures(work, Period(**days, zone=self.settings.zone))

    @rpc("requests.triage")
    def triage_request(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return triage.triage_request(work, self.settings.rules, **read(requests.TriageRequest, command))

    @rpc("requests.answer")
    def answer_request(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return triage.answer_request(work, **read(requests.AnswerRequest, command))

    @rpc("requests.triage")
    def reject_request(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return triage.reject_request(work, **read(WithReason, command))

    @rpc("requests.triage")
    def join_request(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return joining.join_request(work, **read(requests.JoinRequest, command))

    @rpc("requests.triage")
    def split_request(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return joining.split_request(work, **read(Change, command))

    @rpc("requests.direct")
    def ask_requester(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return conversation.ask_requester(work, **read(requests.AskRequester, command))

    @rpc("requests.reply")
    def reply_to_desk(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            given = read(requests.Reply, command)
            return conversation.reply_to_desk(work, self.settings.receipts, **given)

    @rpc("requests.direct")
    def add_note(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return conversation.add_note(work, self.settings.receipts, **read(requests.Words, command))

    @rpc("requests.read")
    def get_attachment(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return attaching.get_attachment(work, **read(requests.OneAttachment, query))

    @rpc("requests.read_all")
    def list_known_files(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return attaching.list_known_files(work, **read(requests.KnownFiles, query))

    @rpc("requests.own_decision")
    def confirm_request(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return completion.confirm_request(work, **read(Change, command))

    @rpc("requests.own_decision")
    def reopen_request(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return completion.reopen_request(work, self.settings.rules, **read(WithReason, command))

    @rpc("requests.own_decision")
    def withdraw_request(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return completion.withdraw_request(work, self.settings.rules, **read(WithReason, command))

    @every(seconds=30, lease="intake.close_silent_requests")
    def close_silent_requests(self) -> None:
        """One that fails must not keep the others open, so each has a transaction of its own."""
        most = self.settings.closing_batch
        with self.work() as work:
            silent = completion.silent_requests(work, most)
        for request_id in silent:
            try:
                with self.work() as work:
                    completion.close_silent(work, self.settings.rules, request_id)
            except Exception as error:
                log.error("a silent request was not closed", request_id=str(request_id), exc_info=error)
