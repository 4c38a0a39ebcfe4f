"""Products with their questions and process, and articles."""

from __future__ import annotations

from marshmallow import fields, validate

from gateway.api.schemas.base import Body, Choice, Id, Localised, Number, Page, Text, View, Whole, page_of
from gateway.api.schemas.ordering import Ordering
from gateway.api.schemas.requests import KINDS, PRIORITIES

UNITS = ("minutes", "working_minutes", "working_days", "calendar_days")

PACKAGES = (
    "Basic: in the agreement and not charged, whatever the price says. Plus: charged to the cost centre, so "
    "it has a price. Bespoke: on quote. When not said, what the kind of price implies."
)


class Term(Body):
    amount = Whole(1, 1_000_000, required=True)
    unit = Choice(*UNITS, required=True)


class Price(Body):
    kind = Choice("none", "fixed", "tariff", "quote", required=True)
    amount_cents = Whole(0, 100_000_000)
    per = Text(100)


class QuestionChoice(Body):
    value = Text(100, required=True)
    label = Localised(500, required=True)


class AskedIf(Body):
    """Asked only of who gave one of these answers to an earlier question; of a yes or no: `yes`, `no`."""

    question = Text(100, required=True)
    answers = fields.List(Text(100, required=True), required=True, validate=validate.Length(max=100))


class ProductQuestion(Body):
    key = Text(100, required=True)
    label = Localised(500, required=True)
    type = Choice("text", "number", "choice", "date", "boolean", required=True)
    required = fields.Boolean()
    choices = fields.List(fields.Nested(QuestionChoice), validate=validate.Length(max=100), allow_none=True)
    asked_if = fields.Nested(AskedIf, allow_none=True)


class StepCheck(Body):
    """Who looks at the work when it is done."""

    by = Choice("desk", "team_lead", "customer", required=True)
    holds = fields.Boolean(metadata={"description": "What waits for the step waits for the check too."})


class ChecklistPoint(Body):
    """Of a checklist."""

    nl = Text(500)
    en = Text(500)
    optional = fields.Boolean(metadata={"description": "It may stay open; false without it."})


class Step(Body):
    """A provider does it, or whoever has a role when its turn comes."""

    key = Text(100, required=True)
    title = Localised(500, required=True)
    provider = Text(60, metadata={"description": "The slug; of a step with a role it says nothing."})
    role = Text(60, metadata={"description": "A skill of providers, such as `plumbing`."})
    check = fields.Nested(StepCheck, allow_none=True)
    depends_on = fields.List(Text(100, required=True), validate=validate.Length(max=50))
    lead_time = fields.Nested(Term, allow_none=True)
    instructions = Localised()
    checklist = fields.List(
        fields.Nested(ChecklistPoint),
        validate=validate.Length(max=30),
        allow_none=True,
        metadata={"description": "What the executor goes by; it travels with the instructions."},
    )
    cost_cents = Whole(0, 100_000_000, metadata={"description": "What we expect to pay for this step."})


class Examples(Body):
    """What people say when they mean this product, and when they mean another."""

    yes = fields.List(Localised(300, required=True), validate=validate.Length(max=50), allow_none=True)
    no = fields.List(Localised(300, required=True), validate=validate.Length(max=50), allow_none=True)


class Audience(Body):
    """For whom and where it is: departments and customers by name (one of either will do), places by key with
    all that lies in them. Others are not offered it."""

    departments = fields.List(Text(200, required=True), validate=validate.Length(max=100), allow_none=True)
    customers = fields.List(Text(200, required=True), validate=validate.Length(max=100), allow_none=True)
    locations = fields.List(Text(200, required=True), validate=validate.Length(max=100), allow_none=True)


class Process(Body):
    steps = fields.List(fields.Nested(Step), required=True, validate=validate.Length(max=50))


class ProductContent(Body):
    """What may be left out, of a product and of a draft alike."""

    description = Localised()
    lead_time = fields.Nested(Term, allow_none=True)
    price = fields.Nested(Price, allow_none=True)
    package = Choice("basic", "plus", "bespoke", metadata={"description": PACKAGES})
    check_required = fields.Boolean(allow_none=True)
    questions = fields.List(
        fields.Nested(ProductQuestion), validate=validate.Length(max=100), allow_none=True
    )
    examples = fields.Nested(Examples, allow_none=True)
    audience = fields.Nested(Audience, allow_none=True)
    owner = Text(200)
    ordering = fields.Nested(Ordering, allow_none=True, metadata={"description": "Of an order."})
    confidential = fields.Boolean(
        allow_none=True, metadata={"description": "What is asked for with it is confidential."}
    )
    process = fields.Nested(Process, allow_none=True)


class NewProduct(ProductContent):
    slug = Text(100, required=True)
    category = Localised(200, required=True)
    name = Localised(200, required=True)
    kind = Choice(*KINDS, required=True)
    priority = Choice(*PRIORITIES)


class Search(Page):
    q = Text(200)
    match = Choice(
        "all", "any", metadata={"description": "Whether all words of `q` must occur, or one will do."}
    )


class ProductFilter(Search):
    offered = fields.Boolean(
        metadata={"description": "Only what is for the group and the place of who asks; as far as known."}
    )
    slug = Text(100)
    category = Text(200)
    kind = Choice(*KINDS)


class ProductVersion(Body):
    version = Number(1, 1_000_000)


class PublishedProduct(View):
    product_id = fields.UUID(required=True)
    version = fields.Integer(required=True)


class ProductView(PublishedProduct):
    slug = fields.String(required=True)
    name = fields.Dict()
    category = fields.Dict()
    description = fields.Dict(allow_none=True)
    kind = fields.String()
    priority = fields.String(allow_none=True)
    lead_time = fields.Dict(allow_none=True)
    price = fields.Dict(allow_none=True)
    package = fields.String(metadata={"description": PACKAGES})
    check_required = fields.Boolean()
    questions = fields.List(fields.Dict())
    examples = fields.Dict(allow_none=True)
    audience = fields.Dict(allow_none=True)
    ordering = fields.Dict(allow_none=True)
    owner = fields.String(allow_none=True)
    confidential = fields.Boolean()
    withdrawn_at = fields.String(allow_none=True)
    withdraw_at = fields.String(allow_none=True, metadata={"description": "When it is withdrawn by itself."})
    critical_path = fields.Dict(
        allow_none=True,
        metadata={
            "description": "Of one product: the steps that take longest one after the other, their working "
            "`minutes` next to those `promised`, and whether they are `tooLong`."
        },
    )
    process = fields.Dict(allow_none=True)


class NewArticle(Body):
    slug = Text(100, required=True)
    title = Localised(500, required=True)
    body = Localised(100_000, required=True)
    product_ids = fields.List(Id(required=True), validate=validate.Length(max=100), allow_none=True)
    based_on = Number(
        0,
        1_000_000,
        metadata={
            "description": "The version that you changed, 0 for a new one: nothing else is overwritten."
        },
    )


class ArticleFilter(Search):
    product_id = Id()


class Judgement(Body):
    helped = fields.Boolean(required=True)
    version = Whole(
        1, 1_000_000, metadata={"description": "The one that was read; the present one when not given."}
    )


class PublishedArticle(View):
    article_id = fields.UUID(required=True)
    version = fields.Integer(required=True)


class ArticleView(PublishedArticle):
    slug = fields.String(required=True)
    title = fields.Dict()
    body = fields.Dict()
    product_ids = fields.List(fields.UUID())
    current_version = fields.Integer()
    published_at = fields.String()
    withdrawn_at = fields.String(allow_none=True)
    withdraw_at = fields.String(allow_none=True, metadata={"description": "When it is withdrawn by itself."})
    judgements = fields.Dict(
        metadata={"description": "How often it helped and did not, for those who publish."}
    )


class Judged(View):
    article_id = fields.UUID(required=True)
    version = fields.Integer(metadata={"description": "Of the article: the one that it counts for."})
    helped = fields.Boolean(required=True)


ProductPage = page_of(ProductView, "ProductPage")
ArticlePage = page_of(ArticleView, "ArticlePage")
