"""Entry points of intake: decode, call a handler, answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from servicekit.entrypoints import Call, every, on_event, rpc
from servicekit.errors import Conflict, Invalid, ServiceError
from servicekit.logs import logger
from servicekit.messages import Message
from servicekit.recovery.acting import Repair
from servicekit.recovery.collector import Collector
from servicekit.schemas import Days
from servicekit.service import Service
from servicekit.storage import WorkProvider
from servicekit.worktime.period import Period

from intake import heard, messages
from intake.assets import Assets
from intake.batches import Batches
from intake.beginning import Beginning
from intake.confiding import Confiding
from intake.correcting import Correcting
from intake.cost_centres import CostCentres
from intake.customers import Customers
from intake.domain import errors
from intake.handlers import (
    approving,
    attaching,
    completion,
    conversation,
    facts,
    figures,
    importing,
    joining,
    promising,
    proposing,
    reading,
    receiving,
    relations,
    repairing,
    triage,
)
from intake.involving import Involving
from intake.kwis import Kwis
from intake.mails import Mails
from intake.people import People
from intake.plans import Plans
from intake.promises import Promises
from intake.repeats import Repeats
from intake.storage.unit_of_work import IntakeWork

Answer = dict[str, Any]
log = logger("intake")


class IntakeService(
    Assets,
    Kwis,
    Mails,
    People,
    Involving,
    Plans,
    Promises,
    Repeats,
    Batches,
    Beginning,
    Confiding,
    Correcting,
    CostCentres,
    Customers,
    Service,
):
    name = "intake"
    errors: ClassVar[dict[type[Exception], type[ServiceError]]] = {
        errors.NotAllowed: Conflict,
        errors.TooLate: Conflict,
        errors.Wrong: Invalid,
    }
    work = WorkProvider(IntakeWork)
    recovery = Collector(unrouted=True)  # the desk's direction also keeps the facts that nobody listens to

    def known_repairs(self) -> Mapping[str, Repair]:
        return repairing.repairs(self.settings.rules)

    # --- requests ------------------------------------------------------------------------------------------

    @rpc("requests.create")
    def receive_request(self, call: Call, **command: Any) -> Answer:
        given = messages.read(messages.ReceiveRequest, command)
        with self.work() as work:
            return receiving.receive_request(work, self.settings.rules, self.settings.receipts, **given)

    @rpc("catalog.read")
    def preview_promise(self, call: Call, **query: Any) -> Answer:
        given = messages.read(messages.PreviewPromise, query)
        with self.work() as work:
            return promising.preview_promise(work, self.settings.rules, **given)

    @rpc("proposals.read")
    def get_proposals(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return proposing.get_proposals(work, **messages.read(messages.GetProposals, query))

    @rpc("figures.read")
    def get_acceptance(self, call: Call, **query: Any) -> Answer:
        days = Days().load(query)
        with self.work() as work:
            return proposing.get_acceptance(work, Period(**days, zone=self.settings.zone))

    @rpc("requests.read")
    def get_request(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return reading.get_request(work, self.settings.rules, **messages.read(messages.OneRequest, query))

    @rpc("requests.read")
    def list_requests(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return reading.list_requests(work, **messages.read(messages.ListRequests, query))

    @rpc("requests.read_all")
    def count_requests(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return reading.count_requests(work, **messages.read(messages.CountRequests, query))

    @rpc("figures.read")
    def get_figures(self, call: Call, **query: Any) -> Answer:
        days = Days().load(query)
        with self.work() as work:
            return figures.get_figures(work, Period(**days, zone=self.settings.zone))

    @rpc("requests.triage")
    def triage_request(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return triage.triage_request(
                work, self.settings.rules, **messages.read(messages.TriageRequest, command)
            )

    @rpc("requests.answer")
    def answer_request(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return triage.answer_request(work, **messages.read(messages.AnswerRequest, command))

    @rpc("requests.triage")
    def reject_request(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return triage.reject_request(work, **messages.read(messages.WithReason, command))

    @rpc("requests.triage")
    def join_request(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return joining.join_request(work, **messages.read(messages.JoinRequest, command))

    @rpc("requests.triage")
    def split_request(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return joining.split_request(work, **messages.read(messages.Change, command))

    @rpc("requests.direct")
    def ask_requester(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return conversation.ask_requester(work, **messages.read(messages.AskRequester, command))

    @rpc("requests.reply")
    def reply_to_desk(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            given = messages.read(messages.Reply, command)
            return conversation.reply_to_desk(work, self.settings.receipts, **given)

    @rpc("requests.direct")
    def add_note(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return conversation.add_note(
                work, self.settings.receipts, **messages.read(messages.Words, command)
            )

    @rpc("requests.read")
    def get_attachment(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return attaching.get_attachment(work, **messages.read(messages.OneAttachment, query))

    @rpc("requests.read_all")
    def list_known_files(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return attaching.list_known_files(work, **messages.read(messages.KnownFiles, query))

    @rpc("requests.own_decision")
    def confirm_request(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return completion.confirm_request(work, **messages.read(messages.Change, command))

    @rpc("requests.own_decision")
    def reopen_request(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return completion.reopen_request(
                work, self.settings.rules, **messages.read(messages.WithReason, command)
            )

    @rpc("requests.own_decision")
    def withdraw_request(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return completion.withdraw_request(
                work, self.settings.rules, **messages.read(messages.WithReason, command)
            )

    @rpc("approvals.decide")
    def decide_approval(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return approving.decide_approval(work, **messages.read(messages.DecideApproval, command))

    @rpc("approvals.decide")
    def get_approval(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return approving.get_approval(work, **messages.read(messages.OneRequest, query))

    @rpc("approvals.decide")
    def list_approvals(self, call: Call, **query: Any) -> Answer:
        messages.read(messages.Nothing, query)
        with self.work() as work:
            return approving.list_approvals(work)

    @every(seconds=30, lease="intake.remind_approvers")
    def remind_approvers(self) -> None:
        """As with silent requests: each in a transaction of its own."""
        with self.work() as work:
            late = approving.to_remind(work, self.settings.closing_batch)
        for request_id in late:
            try:
                with self.work() as work:
                    approving.remind(work, self.settings.rules, request_id)
            except Exception as error:
                log.error("approvers were not reminded", request_id=str(request_id), exc_info=error)

    @rpc("imports.run")
    def import_requests(self, call: Call, **command: Any) -> Answer:
        given = messages.read(messages.ImportRequests, command)
        with self.work() as work:
            return importing.import_requests(work, self.settings.rules, messages.read_record, **given)

    @every(seconds=30, lease="intake.close_silent_requests")
    def close_silent_requests(self) -> None:
        """One that fails must not keep the others open, so each has a transaction of its own."""
        most = self.settings.closing_batch
        with self.work() as work:
            silent = completion.silent_requests(work, most)
        for request_id in silent:
            try:
                with self.work() as work:
                    completion.close_silent(work, request_id)
            except Exception as error:
                log.error("a silent request was not closed", request_id=str(request_id), exc_info=error)

    # --- relations -----------------------------------------------------------------------------------------

    @rpc("relations.read")
    def list_locations(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return relations.list_locations(work, **messages.read(messages.ListLocations, query))

    @rpc("relations.read")
    def get_own_person(self, call: Call, **query: Any) -> Answer:
        messages.read(messages.Nothing, query)
        with self.work() as work:
            return relations.get_own_person(work)

    @rpc("relations.write")
    def save_locations(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return relations.save_locations(work, **messages.read(messages.SaveLocations, command))

    @rpc("relations.read_people")
    def list_people(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return relations.list_people(work, **messages.read(messages.ListPeople, query))

    @rpc("relations.write")
    def save_people(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return relations.save_people(work, **messages.read(messages.SavePeople, command))

    @rpc("relations.read_people")
    def list_budgets(self, call: Call, **query: Any) -> Answer:
        messages.read(messages.Nothing, query)
        with self.work() as work:
            return relations.list_budgets(work)

    @rpc("relations.write")
    def save_budgets(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return relations.save_budgets(work, **messages.read(messages.SaveBudgets, command))

    # --- facts of others -----------------------------------------------------------------------------------

    @on_event("catalog.product_published")
    def product_published(self, message: Message) -> None:
        with self.work() as work:
            facts.product_published(work, heard.ProductPublished().load(message.data))

    @on_event("catalog.product_withdrawn")
    def product_withdrawn(self, message: Message) -> None:
        with self.work() as work:
            facts.product_withdrawn(work, heard.ProductWithdrawn().load(message.data))

    @on_event("catalog.article_published")
    def article_published(self, message: Message) -> None:
        with self.work() as work:
            facts.article_published(work, heard.ArticlePublished().load(message.data))

    @on_event("catalog.article_withdrawn")
    def article_withdrawn(self, message: Message) -> None:
        with self.work() as work:
            facts.article_withdrawn(work, heard.ArticleWithdrawn().load(message.data))

    @on_event("monitoring.calendar_published")
    def calendar_published(self, message: Message) -> None:
        with self.work() as work:
            facts.calendar_published(work, heard.CalendarPublished().load(message.data))

    @on_event("dispatch.work_orders_planned")
    def work_orders_planned(self, message: Message) -> None:
        with self.work() as work:
            facts.orders_planned(work, heard.WorkOrdersPlanned().load(message.data))

    @on_event("dispatch.work_order_changed")
    def work_order_changed(self, message: Message) -> None:
        with self.work() as work:
            facts.order_changed(work, self.settings.rules, heard.WorkOrderChanged().load(message.data))

    @on_event("dispatch.correction_answered")
    def correction_answered(self, message: Message) -> None:
        with self.work() as work:
            facts.correction_answered(work, heard.CorrectionAnswered().load(message.data))

    @on_event("dispatch.process_completed")
    def process_completed(self, message: Message) -> None:
        with self.work() as work:
            facts.process_completed(work, self.settings.rules, heard.ProcessCompleted().load(message.data))

    @on_event("dispatch.process_unplannable")
    def process_unplannable(self, message: Message) -> None:
        with self.work() as work:
            facts.process_unplannable(work, heard.ProcessUnplannable().load(message.data))

    @on_event("intake.part_done")
    def part_done(self, message: Message) -> None:
        """Our own: what a child's completion means to its parents is taken in by itself."""
        with self.work() as work:
            facts.part_done(work, self.settings.rules, heard.PartDone().load(message.data))

    @on_event("monitoring.deadline_warning")
    def deadline_warning(self, message: Message) -> None:
        with self.work() as work:
            facts.deadline_signalled(work, "warning", heard.Deadline().load(message.data))

    @on_event("monitoring.deadline_breached")
    def deadline_breached(self, message: Message) -> None:
        with self.work() as work:
            facts.deadline_signalled(work, "breached", heard.Deadline().load(message.data))
