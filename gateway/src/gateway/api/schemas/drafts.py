"""Drafts of products, their versions, and what differs."""

from __future__ import annotations

from marshmallow import fields

from gateway.api.schemas.base import Body, Choice, Localised, Moment, Number, Page, Text, View, page_of
from gateway.api.schemas.catalog import ProductContent, PublishedProduct

STATES = ("published", "leaving", "withdrawn", "draft", "scheduled")


class DraftContent(ProductContent):
    """As a product, but anything may still be missing."""

    slug = Text(100)
    category = Localised(200)
    name = Localised(200)
    kind = Text(40)
    priority = Text(40)


class PublishOn(Body):
    publish_at = Moment(required=True)


class WithdrawOn(Body):
    withdraw_at = Moment(required=True)


class CatalogueFilter(Page):
    q = Text(200)
    state = Choice(*STATES, metadata={"description": "leaving: planned to be withdrawn"})


class Versions(Page):
    pass


class WhichVersions(Body):
    before = Number(1, 1_000_000, required=True)
    after = Number(1, 1_000_000, metadata={"description": "The draft, when not given."})


def warnings_of_a_draft() -> fields.Dict:
    about = "What does not stop it from being published but should be looked at, per field."
    return fields.Dict(metadata={"description": about})


class AnyDraft(View):
    """What drafts of products and of articles have in common."""

    version = fields.Integer(required=True, metadata={"description": "Of the draft: counts its changes."})
    state = fields.String(required=True, metadata={"description": "draft or scheduled"})
    actions = fields.List(fields.String())
    content = fields.Dict(required=True)
    problems = fields.Dict(
        required=True, metadata={"description": "What stands in the way of publishing it, per field."}
    )
    base_version = fields.Integer(
        allow_none=True, metadata={"description": "The version it changes; null for a new one."}
    )
    current_version = fields.Integer(allow_none=True)
    withdrawn_at = fields.String(allow_none=True)
    publish_at = fields.String(allow_none=True)
    refused = fields.String(
        allow_none=True, metadata={"description": "Why it could not be published on its date."}
    )
    changed_at = fields.String()
    changed_by = fields.Dict()


class DraftView(AnyDraft):
    product_id = fields.UUID(required=True)
    critical_path = fields.Dict(
        allow_none=True, metadata={"description": "As of a product: whether the process fits in the promise."}
    )
    warnings = warnings_of_a_draft()


class PublishedDraft(PublishedProduct):
    warnings = warnings_of_a_draft()


class Stands(View):
    """How a line of the catalogue stands, of products and articles alike."""

    slug = fields.String(required=True)
    version = fields.Integer(allow_none=True, metadata={"description": "null: never published"})
    published_at = fields.String(allow_none=True)
    withdrawn_at = fields.String(allow_none=True)
    withdraw_at = fields.String(allow_none=True, metadata={"description": "When it is withdrawn by itself."})
    draft = fields.Dict(allow_none=True)


class CatalogueLine(Stands):
    product_id = fields.UUID(required=True)
    name = fields.Dict()
    category = fields.Dict()
    kind = fields.String()
    owner = fields.String(allow_none=True)


class VersionLine(View):
    version = fields.Integer(required=True)
    published_at = fields.String(required=True)
    published_by = fields.Dict(required=True)


class Difference(View):
    field = fields.String(required=True, metadata={"description": "Such as `questions.smell.label.nl`."})
    change = fields.String(required=True, metadata={"description": "added, removed, changed or moved"})
    before = fields.Raw(allow_none=True)
    after = fields.Raw(allow_none=True)


class Comparison(View):
    product_id = fields.UUID(required=True)
    before = fields.Integer(required=True)
    after = fields.Integer(allow_none=True)
    differences = fields.List(fields.Nested(Difference), required=True)


class Discarded(View):
    product_id = fields.UUID(required=True)
    discarded = fields.Boolean(required=True)


CataloguePage = page_of(CatalogueLine, "CataloguePage")
VersionsPage = page_of(VersionLine, "VersionsPage")
