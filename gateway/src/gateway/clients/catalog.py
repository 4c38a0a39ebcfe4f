"""Products, processes and articles."""

from __future__ import annotations

from typing import Any

from gateway.clients.transport import BULK_SECONDS, Client, Json


class Catalog(Client):
    __slots__ = ()
    service = "catalog"

    def publish_product(self, **product: Any) -> Json:
        return self._call("publish_product", product)

    def withdraw_product(self, product_id: str, version: int) -> Json:
        return self._call("withdraw_product", {"product_id": product_id, "version": version})

    def list_products(self, **filters: Any) -> Json:
        return self._call("list_products", filters)

    def get_product(self, product_id: str, **which: Any) -> Json:
        return self._call("get_product", {"product_id": product_id, **which})

    def publish_article(self, **article: Any) -> Json:
        return self._call("publish_article", article)

    def list_articles(self, **filters: Any) -> Json:
        return self._call("list_articles", filters)

    def get_article(self, article_id: str) -> Json:
        return self._call("get_article", {"article_id": article_id})

    def judge_article(self, article_id: str, helped: bool) -> Json:
        return self._call("judge_article", {"article_id": article_id, "helped": helped})

    def import_products(self, mapping: str, records: list[Json]) -> Json:
        return self._call("import_products", {"mapping": mapping, "records": records}, BULK_SECONDS)
