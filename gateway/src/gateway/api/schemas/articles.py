"""Drafts and versions of articles, and what differs between two."""

from __future__ import annotations

from marshmallow import fields, validate

from gateway.api.schemas.base import Body, Id, Localised, Number, Text, View, page_of
from gateway.api.schemas.drafts import AnyDraft, Difference, Stands, VersionLine


class ArticleVersion(Body):
    version = Number(1, 1_000_000)


class BothVersions(Body):
    before = Number(1, 1_000_000, required=True)
    after = Number(1, 1_000_000, metadata={"description": "The draft, when not given."})


class ArticleDraftContent(Body):
    """As an article, but anything may still be missing."""

    slug = Text(100)
    title = Localised(500)
    body = Localised(100_000)
    product_ids = fields.List(Id(required=True), validate=validate.Length(max=100), allow_none=True)


class ArticleDraftView(AnyDraft):
    article_id = fields.UUID(required=True)


class DiscardedArticle(View):
    article_id = fields.UUID(required=True)
    discarded = fields.Boolean(required=True)


class ArticleCatalogueLine(Stands):
    article_id = fields.UUID(required=True)
    title = fields.Dict()
    product_ids = fields.List(fields.UUID())
    judgements = fields.Dict(metadata={"description": "How often it helped and did not."})


class ArticleVersionLine(VersionLine):
    judgements = fields.Dict(
        required=True, metadata={"description": "How often this version helped and did not."}
    )


class ArticleComparison(View):
    article_id = fields.UUID(required=True)
    before = fields.Integer(required=True)
    after = fields.Integer(allow_none=True)
    differences = fields.List(fields.Nested(Difference), required=True)


ArticleVersionsPage = page_of(ArticleVersionLine, "ArticleVersionsPage")
ArticleCataloguePage = page_of(ArticleCatalogueLine, "ArticleCataloguePage")
