"""What other services have to tell."""

from __future__ import annotations

from typing import Any

from servicekit.entrypoints import on_event
from servicekit.logs import logger
from servicekit.messages import Message
from servicekit.storage import WorkProvider

from intake.handlers import facts
from intake.messages import heard
from intake.storage.unit_of_work import IntakeWork

log = logger("intake")


class Facts:
    """A part of IntakeService: see there."""

    settings: Any
    work = WorkProvider(IntakeWork)

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
