"""The versions of an article, and what differs between two."""

from __future__ import annotations

from marshmallow import fields

from gateway.api.schemas.base import Body, Number, View, page_of
from gateway.api.schemas.drafts import Difference, VersionLine


class ArticleVersion(Body):
    version = Number(1, 1_000_000)


class BothVersions(Body):
    before = Number(1, 1_000_000, required=True)
    after = Number(1, 1_000_000, required=True)


class ArticleVersionLine(VersionLine):
    judgements = fields.Dict(
        required=True, metadata={"description": "How often this version helped and did not."}
    )


class ArticleComparison(View):
    article_id = fields.UUID(required=True)
    before = fields.Integer(required=True)
    after = fields.Integer(required=True)
    differences = fields.List(fields.Nested(Difference), required=True)


ArticleVersionsPage = page_of(ArticleVersionLine, "ArticleVersionsPage")
