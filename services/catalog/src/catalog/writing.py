"""Entry points about articles: decode, call a handler, answer."""

from __future__ import annotations

from typing import Any

from servicekit.entrypoints import Call, rpc
from servicekit.storage.provider import WorkProvider

from catalog import article_messages as messages
from catalog.handlers import articles, leaving
from catalog.storage.unit_of_work import CatalogWork


class Writing:
    """A part of CatalogService: see there."""

    work = WorkProvider(CatalogWork)

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

    @rpc("catalog.drafts")
    def list_article_catalogue(self, call: Call, **query: Any) -> dict[str, Any]:
        with self.work() as work:
            return articles.list_article_catalogue(work, **messages.ListArticleCatalogue().load(query))

    @rpc("catalog.drafts")
    def get_article_draft(self, call: Call, **query: Any) -> dict[str, Any]:
        with self.work() as work:
            return articles.ArticleDrafts(work).get(**messages.WhoseArticleDraft().load(query))

    @rpc("catalog.publish")
    def start_article_draft(self, call: Call, **command: Any) -> dict[str, Any]:
        with self.work() as work:
            return articles.ArticleDrafts(work).start(**messages.StartArticleDraft().load(command))

    @rpc("catalog.publish")
    def save_article_draft(self, call: Call, **command: Any) -> dict[str, Any]:
        with self.work() as work:
            return articles.ArticleDrafts(work).save(**messages.SaveArticleDraft().load(command))

    @rpc("catalog.publish")
    def follow_article_draft(self, call: Call, **command: Any) -> dict[str, Any]:
        with self.work() as work:
            return articles.ArticleDrafts(work).follow(**messages.OneArticleDraft().load(command))

    @rpc("catalog.publish")
    def schedule_article_draft(self, call: Call, **command: Any) -> dict[str, Any]:
        with self.work() as work:
            return articles.ArticleDrafts(work).schedule(**messages.ScheduleArticleDraft().load(command))

    @rpc("catalog.publish")
    def unschedule_article_draft(self, call: Call, **command: Any) -> dict[str, Any]:
        with self.work() as work:
            return articles.ArticleDrafts(work).unschedule(**messages.OneArticleDraft().load(command))

    @rpc("catalog.publish")
    def publish_article_draft(self, call: Call, **command: Any) -> dict[str, Any]:
        with self.work() as work:
            return articles.ArticleDrafts(work).publish(**messages.OneArticleDraft().load(command))

    @rpc("catalog.publish")
    def discard_article_draft(self, call: Call, **command: Any) -> dict[str, Any]:
        with self.work() as work:
            return articles.ArticleDrafts(work).discard(**messages.OneArticleDraft().load(command))

    @rpc("catalog.publish")
    def withdraw_article(self, call: Call, **command: Any) -> dict[str, Any]:
        with self.work() as work:
            return articles.withdraw_article(work, **messages.WithdrawArticle().load(command))

    @rpc("catalog.publish")
    def plan_article_withdrawal(self, call: Call, **command: Any) -> dict[str, Any]:
        with self.work() as work:
            return leaving.plan_article_withdrawal(work, **messages.PlanArticleWithdrawal().load(command))
