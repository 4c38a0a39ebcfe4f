"""Entry points of the catalogue: decode, call a handler, answer."""

from __future__ import annotations

from typing import Any

from servicekit.entrypoints import Call, every, on_event, rpc
from servicekit.messages import Message
from servicekit.service import Service
from servicekit.storage.provider import WorkProvider

from catalog import messages
from catalog.handlers import articles, drafts, files, imports, products
from catalog.storage.unit_of_work import CatalogWork

LOADS = files.Loads(messages.CatalogueProduct().load, messages.CatalogueArticle().load)


class CatalogService(Service):
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
            return drafts.get_draft(work, **messages.OneProduct().load(query))

    @rpc("catalog.publish")
    def start_draft(self, call: Call, **command: Any) -> dict[str, Any]:
        with self.work() as work:
            return drafts.start_draft(work, **messages.StartDraft().load(command))

    @rpc("catalog.publish")
    def save_draft(self, call: Call, **command: Any) -> dict[str, Any]:
        with self.work() as work:
            return drafts.save_draft(work, **messages.SaveDraft().load(command))

    @rpc("catalog.publish")
    def follow_draft(self, call: Call, **command: Any) -> dict[str, Any]:
        with self.work() as work:
            return drafts.follow_draft(work, **messages.OneDraft().load(command))

    @rpc("catalog.publish")
    def schedule_draft(self, call: Call, **command: Any) -> dict[str, Any]:
        with self.work() as work:
            return drafts.schedule_draft(work, **messages.ScheduleDraft().load(command))

    @rpc("catalog.publish")
    def unschedule_draft(self, call: Call, **command: Any) -> dict[str, Any]:
        with self.work() as work:
            return drafts.unschedule_draft(work, **messages.OneDraft().load(command))

    @rpc("catalog.publish")
    def publish_draft(self, call: Call, **command: Any) -> dict[str, Any]:
        with self.work() as work:
            return drafts.publish_draft(work, **messages.OneDraft().load(command))

    @rpc("catalog.publish")
    def discard_draft(self, call: Call, **command: Any) -> dict[str, Any]:
        with self.work() as work:
            return drafts.discard_draft(work, **messages.OneDraft().load(command))

    @on_event("intake.product_proposed")
    def product_proposed(self, message: Message) -> None:
        with self.work() as work:
            drafts.draft_of_proposal(work, **messages.ProductProposed().load(message.data))

    @every(seconds=5, lease="catalog.publish_due")
    def publish_due(self) -> None:
        """Drafts whose moment has come."""
        while True:
            with self.work() as work:
                if drafts.publish_due(work) < drafts.BATCH:
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

    @rpc("catalog.publish")
    def publish_article(self, call: Call, **command: Any) -> dict[str, Any]:
        with self.work() as work:
            return articles.publish_article(work, **messages.PublishArticleVersion().load(command))

    @rpc("catalog.read")
    def get_article(self, call: Call, **query: Any) -> dict[str, Any]:
        with self.work() as work:
            return articles.get_article(work, **messages.GetArticle().load(query))

    @rpc("catalog.drafts")
    def list_article_versions(self, call: Call, **query: Any) -> dict[str, Any]:
        with self.work() as work:
            return articles.list_article_versions(work, **messages.ListArticleVersions().load(query))

    @rpc("catalog.drafts")
    def get_article_comparison(self, call: Call, **query: Any) -> dict[str, Any]:
        with self.work() as work:
            return articles.get_article_comparison(work, **messages.CompareArticles().load(query))

    @rpc("articles.judge")
    def judge_article(self, call: Call, **command: Any) -> dict[str, Any]:
        with self.work() as work:
            return articles.judge_article(work, **messages.JudgeArticle().load(command))

    @rpc("catalog.read")
    def list_articles(self, call: Call, **query: Any) -> dict[str, Any]:
        with self.work() as work:
            return articles.list_articles(work, **messages.ListArticles().load(query))

    @rpc("imports.run")
    def import_products(self, call: Call, **command: Any) -> dict[str, Any]:
        given = messages.ImportProducts().load(command)
        with self.work() as work:
            return imports.import_products(work, messages.ImportedProduct().load, given["records"])
