"""Entry points of the catalogue: decode, call a handler, answer."""

from __future__ import annotations

from typing import Any

from servicekit.entrypoints import Call, rpc
from servicekit.service import Service
from servicekit.storage.provider import WorkProvider

from catalog import messages
from catalog.handlers import articles, imports, products
from catalog.storage.unit_of_work import CatalogWork


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

    @rpc("catalog.publish")
    def publish_article(self, call: Call, **command: Any) -> dict[str, Any]:
        with self.work() as work:
            return articles.publish_article(work, **messages.PublishArticle().load(command))

    @rpc("catalog.read")
    def get_article(self, call: Call, **query: Any) -> dict[str, Any]:
        with self.work() as work:
            return articles.get_article(work, **messages.GetArticle().load(query))

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
