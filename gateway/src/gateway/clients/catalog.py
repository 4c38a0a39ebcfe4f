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

    def plan_product_withdrawal(self, product_id: str, version: int, withdraw_at: Any) -> Json:
        """At None it stays."""
        plan = {"product_id": product_id, "version": version, "withdraw_at": withdraw_at}
        return self._call("plan_product_withdrawal", plan)

    def list_products(self, **filters: Any) -> Json:
        return self._call("list_products", filters)

    def get_product(self, product_id: str, **which: Any) -> Json:
        return self._call("get_product", {"product_id": product_id, **which})

    def list_catalogue(self, **filters: Any) -> Json:
        return self._call("list_catalogue", filters)

    def list_versions(self, product_id: str, **page: Any) -> Json:
        return self._call("list_versions", {"product_id": product_id, **page})

    def get_comparison(self, product_id: str, **which: int) -> Json:
        return self._call("get_comparison", {"product_id": product_id, **which})

    def start_draft(self, **of_what: Any) -> Json:
        return self._call("start_draft", of_what)

    def get_draft(self, product_id: str) -> Json:
        return self._call("get_draft", {"product_id": product_id})

    def save_draft(self, product_id: str, revision: int, content: Json) -> Json:
        return self._draft("save_draft", product_id, revision, content=content)

    def follow_draft(self, product_id: str, revision: int) -> Json:
        return self._draft("follow_draft", product_id, revision)

    def schedule_draft(self, product_id: str, revision: int, publish_at: Any) -> Json:
        return self._draft("schedule_draft", product_id, revision, publish_at=publish_at)

    def unschedule_draft(self, product_id: str, revision: int) -> Json:
        return self._draft("unschedule_draft", product_id, revision)

    def publish_draft(self, product_id: str, revision: int) -> Json:
        return self._draft("publish_draft", product_id, revision)

    def discard_draft(self, product_id: str, revision: int) -> Json:
        return self._draft("discard_draft", product_id, revision)

    def _draft(self, method: str, product_id: str, revision: int, **more: Any) -> Json:
        return self._call(method, {"product_id": product_id, "revision": revision, **more})

    def publish_article(self, **article: Any) -> Json:
        return self._call("publish_article", article)

    def list_articles(self, **filters: Any) -> Json:
        return self._call("list_articles", filters)

    def get_article(self, article_id: str, **which: Any) -> Json:
        return self._call("get_article", {"article_id": article_id, **which})

    def list_article_versions(self, article_id: str, **page: Any) -> Json:
        return self._call("list_article_versions", {"article_id": article_id, **page})

    def get_article_comparison(self, article_id: str, **which: int) -> Json:
        return self._call("get_article_comparison", {"article_id": article_id, **which})

    def judge_article(self, article_id: str, helped: bool, **which: Any) -> Json:
        return self._call("judge_article", {"article_id": article_id, "helped": helped, **which})

    def list_article_catalogue(self, **filters: Any) -> Json:
        return self._call("list_article_catalogue", filters)

    def start_article_draft(self, **of_what: Any) -> Json:
        return self._call("start_article_draft", of_what)

    def get_article_draft(self, article_id: str) -> Json:
        return self._call("get_article_draft", {"article_id": article_id})

    def save_article_draft(self, article_id: str, revision: int, content: Json) -> Json:
        return self._article_draft("save", article_id, revision, content=content)

    def follow_article_draft(self, article_id: str, revision: int) -> Json:
        return self._article_draft("follow", article_id, revision)

    def schedule_article_draft(self, article_id: str, revision: int, publish_at: Any) -> Json:
        return self._article_draft("schedule", article_id, revision, publish_at=publish_at)

    def unschedule_article_draft(self, article_id: str, revision: int) -> Json:
        return self._article_draft("unschedule", article_id, revision)

    def publish_article_draft(self, article_id: str, revision: int) -> Json:
        return self._article_draft("publish", article_id, revision)

    def discard_article_draft(self, article_id: str, revision: int) -> Json:
        return self._article_draft("discard", article_id, revision)

    def _article_draft(self, action: str, article_id: str, revision: int, **more: Any) -> Json:
        return self._call(f"{action}_article_draft", {"article_id": article_id, "revision": revision, **more})

    def withdraw_article(self, article_id: str, version: int) -> Json:
        return self._call("withdraw_article", {"article_id": article_id, "version": version})

    def plan_article_withdrawal(self, article_id: str, version: int, withdraw_at: Any) -> Json:
        """At None it stays."""
        plan = {"article_id": article_id, "version": version, "withdraw_at": withdraw_at}
        return self._call("plan_article_withdrawal", plan)

    def import_products(self, mapping: str, records: list[Json]) -> Json:
        return self._call("import_products", {"mapping": mapping, "records": records}, BULK_SECONDS)

    def export_catalogue(self) -> Json:
        return self._call("export_catalogue", {}, BULK_SECONDS)

    def add_file(self, name: str, content: Json, problems: list[Json]) -> Json:
        command = {"name": name, "content": content, "problems": problems}
        return self._call("add_file", command, BULK_SECONDS)

    def get_file(self, file_id: str, way: str = "published") -> Json:
        return self._call("get_file", {"file_id": file_id, "way": way}, BULK_SECONDS)

    def carry_out_file(self, file_id: str, way: str, looked_at: str) -> Json:
        command = {"file_id": file_id, "way": way, "looked_at": looked_at}
        return self._call("carry_out_file", command, BULK_SECONDS)
