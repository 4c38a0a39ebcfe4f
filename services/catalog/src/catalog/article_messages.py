"""What comes in over RPC about articles, checked for shape; see messages.py."""

from __future__ import annotations

from marshmallow import fields, validate
from servicekit.paging import DEFAULT_LIMIT, MAX_LIMIT
from servicekit.schemas import Command

from catalog.messages import ListCatalogue, Localised, Page


class PublishArticle(Command):
    slug = fields.String(required=True)
    title = fields.Nested(Localised, required=True)
    body = fields.Nested(Localised, required=True)
    product_ids = fields.List(fields.UUID(), load_default=list)


class PublishArticleVersion(PublishArticle):
    """`based_on`: the version that its author has seen, 0 for a new article; unchecked when left out."""

    based_on = fields.Integer(load_default=None, allow_none=True)


class OneArticle(Command):
    article_id = fields.UUID(required=True)


class GetArticle(OneArticle):
    version = fields.Integer(load_default=None, allow_none=True)


class JudgeArticle(OneArticle):
    """`version`: the one that the reader had before them."""

    helped = fields.Boolean(required=True)
    version = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(1))


class ListArticleVersions(OneArticle):
    cursor = fields.String(load_default=None, allow_none=True)
    limit = fields.Integer(load_default=DEFAULT_LIMIT, validate=validate.Range(1, MAX_LIMIT))


class CompareArticles(OneArticle):
    """`after` None is the draft."""

    before = fields.Integer(required=True)
    after = fields.Integer(load_default=None, allow_none=True)


class ListArticles(Page):
    product_id = fields.UUID(load_default=None, allow_none=True)


class ArticleDraftContent(PublishArticle):
    """What an author has so far. The domain says what it lacks, each time it is asked for."""

    slug = fields.String(load_default="")
    title = fields.Nested(Localised, load_default=dict)
    body = fields.Nested(Localised, load_default=dict)


class StartArticleDraft(Command):
    """Of a new article with `content`, of one that is there with `article_id`."""

    article_id = fields.UUID(load_default=None, allow_none=True, attribute="item_id")
    content = fields.Nested(ArticleDraftContent, load_default=None, allow_none=True)


class WhoseArticleDraft(Command):
    article_id = fields.UUID(required=True, attribute="item_id")


class OneArticleDraft(WhoseArticleDraft):
    """`revision`: the one that its author has seen."""

    revision = fields.Integer(required=True)


class SaveArticleDraft(OneArticleDraft):
    content = fields.Nested(ArticleDraftContent, required=True)


class ScheduleArticleDraft(OneArticleDraft):
    publish_at = fields.AwareDateTime(required=True, format="iso")


class WithdrawArticle(OneArticle):
    version = fields.Integer(load_default=None, allow_none=True)


class PlanArticleWithdrawal(WithdrawArticle):
    """`withdraw_at`: None when it stays after all."""

    withdraw_at = fields.AwareDateTime(required=True, allow_none=True, format="iso")


class ListArticleCatalogue(ListCatalogue):
    """As of products."""
