"""Entry points of the catalogue: decode, call a handler, answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from servicekit.entrypoints import Call, every, on_event, rpc
from servicekit.messages import Message
from servicekit.service import Service
from servicekit.storage.provider import WorkProvider

from catalog import messages
from catalog.handlers import articles, drafts, file_plan, files, imports, leaving, products
from catalog.handlers.drafting import BATCH
from catalog.storage.unit_of_work import CatalogWork
from catalog.writing import Writing

LOADS = file_plan.Loads(messages.CatalogueProduct().load, messages.CatalogueArticle().load)


class CatalogService(Writing, Service):
    name = "catalog"
    work = WorkProvider(CatalogWork)

    @rpc("catalog.publish")
    def publish_product(self, call: Call, **command: Any) -> dict[str, Any]:
        with self.work() as work:
            return products.publish_product(work, **messages.PublishProduct().load(command))

    @rpc("catalog.publish")
    def withdraw_product(self, call: Call, **command: Any) -> dict[str, Any]:
        with self.work() as work:
            return products.withdraw_product(work, **messages.WithdrawProduct().load(command))

    @rpc("catalog.publish")
    def plan_product_withdrawal(self, call: Call, **command: Any) -> dict[str, Any]:
        with self.work() as work:
            return leaving.plan_product_withdrawal(work, **messages.PlanWithdrawal().load(command))

    @rpc("catalog.read")
    def get_product(self, call: Call, **query: Any) -> dict[str, Any]:
        with self.work() as work:
            return products.get_product(work, **messages.GetProduct().load(query))

    @rpc("catalog.read")
    def list_products(self, call: Call, **query: Any) -> dict[str, Any]:
        with self.work() as work:
            return products.list_products(work, **messages.ListProducts().load(query))

    @rpc("catalog.drafts")
    def list_catalogue(self, call: Call, **query: Any) -> dict[str, Any]:
        with self.work() as work:
            return drafts.list_catalogue(work, **messages.ListCatalogue().load(query))

    @rpc("catalog.drafts")
    def list_versions(self, call: Call, **query: Any) -> dict[str, Any]:
        with self.work() as work:
            return drafts.list_versions(work, **messages.ListVersions().load(query))

    @rpc("catalog.drafts")
    def get_comparison(self, call: Call, **query: Any) -> dict[str, Any]:
        with self.work() as work:
            return drafts.get_comparison(work, **messages.GetComparison().load(query))

    @rpc("catalog.drafts")
    def get_draft(self, call: Call, **query: Any) -> dict[str, Any]:
        with self.work() as work:
            return drafts.ProductDrafts(work).get(**messages.WhoseDraft().load(query))

    @rpc("catalog.publish")
    def start_draft(self, call: Call, **command: Any) -> dict[str, Any]:
        with self.work() as work:
            return drafts.ProductDrafts(work).start(**messages.StartDraft().load(command))

    @rpc("catalog.publish")
    def save_draft(self, call: Call, **command: Any) -> dict[str, Any]:
        with self.work() as work:
            return drafts.ProductDrafts(work).save(**messages.SaveDraft().load(command))

    @rpc("catalog.publish")
    def follow_draft(self, call: Call, **command: Any) -> dict[str, Any]:
        with self.work() as work:
            return drafts.ProductDrafts(work).follow(**messages.OneDraft().load(command))

    @rpc("catalog.publish")
    def schedule_draft(self, call: Call, **command: Any) -> dict[str, Any]:
        with self.work() as work:
            return drafts.ProductDrafts(work).schedule(**messages.ScheduleDraft().load(command))

    @rpc("catalog.publish")
    def unschedule_draft(self, call: Call, **command: Any) -> dict[str, Any]:
        with self.work() as work:
            return drafts.ProductDrafts(work).unschedule(**messages.OneDraft().load(command))

    @rpc("catalog.publish")
    def publish_draft(self, call: Call, **command: Any) -> dict[str, Any]:
        with self.work() as work:
            return drafts.ProductDrafts(work).publish(**messages.OneDraft().load(command))

    @rpc("catalog.publish")
    def discard_draft(self, call: Call, **command: Any) -> dict[str, Any]:
        with self.work() as work:
            return drafts.ProductDrafts(work).discard(**messages.OneDraft().load(command))

    @on_event("intake.product_proposed")
    def product_proposed(self, message: Message) -> None:
        with self.work() as work:
            drafts.draft_of_proposal(work, **messages.ProductProposed().load(message.data))

    @every(seconds=5, lease="catalog.publish_due")
    def publish_due(self) -> None:
        """What is to be published or withdrawn by itself, and whose moment has come. Products first:
        an article can only be published with those that are there.
        """
        for look in (
            lambda work: drafts.ProductDrafts(work).publish_due(),
            lambda work: articles.ArticleDrafts(work).publish_due(),
            leaving.withdraw_due,
        ):
            self._until_done(look)

    def _until_done(self, look: Callable[[CatalogWork], int]) -> None:
        while True:
            with self.work() as work:
                if look(work) < BATCH:
                    return

    @rpc("catalog.drafts")
    def export_catalogue(self, call: Call) -> dict[str, Any]:
        with self.work() as work:
            return files.export_catalogue(work)

    @rpc("catalog.publish")
    def add_file(self, call: Call, **command: Any) -> dict[str, Any]:
        given = messages.AddFile().load(command)
        with self.work() as work:
            return files.add_file(work, LOADS, **given)

    @rpc("catalog.publish")
    def get_file(self, call: Call, **query: Any) -> dict[str, Any]:
        given = messages.OneFile().load(query)
        with self.work() as work:
            return files.get_file(work, LOADS, **given)

    @rpc("catalog.publish")
    def carry_out_file(self, call: Call, **command: Any) -> dict[str, Any]:
        given = messages.CarryOutFile().load(command)
        with self.work() as work:
            return files.carry_out_file(work, LOADS, **given)

    @rpc("imports.run")
    def import_products(self, call: Call, **command: Any) -> dict[str, Any]:
        given = messages.ImportProducts().load(command)
        with self.work() as work:
            return imports.import_products(work, messages.ImportedProduct().load, given["records"])
