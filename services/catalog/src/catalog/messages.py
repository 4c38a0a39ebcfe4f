"""What comes in over RPC, checked for shape. Whether it makes sense is for the domain to say.

Choices that the domain explains itself (kinds, units, price kinds) are plain strings here, so that an author
gets one complete list of what to put right instead of two halves.
"""

from __future__ import annotations

from marshmallow import EXCLUDE, fields, validate
from servicekit.paging import DEFAULT_LIMIT, MAX_LIMIT
from servicekit.schemas import Command, Fact

from catalog.domain.bringing_in import Way

MAX_RECORDS = 1000
MAX_FILE_RECORDS = 2_000
# Whether every word must occur, or one of those that mean something will do.
MATCHES = ("all", "any")
CATALOGUE_STATES = ("published", "leaving", "withdrawn", "draft", "scheduled")


class Localised(Command):
    """{"nl": "...", "en": "..."}; one of the two will do, and a draft may have neither yet."""

    nl = fields.String(load_default="")
    en = fields.String(load_default="")


class TermMessage(Command):
    amount = fields.Integer(required=True, strict=True)
    unit = fields.String(required=True)


class PriceMessage(Command):
    kind = fields.String(required=True)
    amount_cents = fields.Integer(load_default=None, allow_none=True, strict=True)
    per = fields.String(load_default=None, allow_none=True)


class ChoiceMessage(Command):
    value = fields.String(required=True)
    label = fields.Nested(Localised, required=True)


class AskedIfMessage(Command):
    question = fields.String(required=True)
    answers = fields.List(fields.String(), required=True)


class QuestionMessage(Command):
    key = fields.String(required=True)
    label = fields.Nested(Localised, required=True)
    type = fields.String(load_default="text")
    required = fields.Boolean(load_default=False)
    choices = fields.List(fields.Nested(ChoiceMessage), load_default=list)
    asked_if = fields.Nested(AskedIfMessage, load_default=None, allow_none=True)


class CheckMessage(Command):
    by = fields.String(required=True)
    holds = fields.Boolean(load_default=False)


class PointMessage(Localised):
    optional = fields.Boolean(load_default=False)


class StepMessage(Command):
    key = fields.String(required=True)
    title = fields.Nested(Localised, required=True)
    provider = fields.String(load_default=None, allow_none=True)
    role = fields.String(load_default=None, allow_none=True)
    check = fields.Nested(CheckMessage, load_default=None, allow_none=True)
    depends_on = fields.List(fields.String(), load_default=list)
    lead_time = fields.Nested(TermMessage, load_default=None, allow_none=True)
    instructions = fields.Nested(Localised, load_default=None, allow_none=True)
    checklist = fields.List(fields.Nested(PointMessage), load_default=list)
    cost_cents = fields.Integer(load_default=None, allow_none=True, strict=True)


class ExamplesMessage(Command):
    yes = fields.List(fields.Nested(Localised), load_default=list)
    no = fields.List(fields.Nested(Localised), load_default=list)


class AudienceMessage(Command):
    departments = fields.List(fields.String(), load_default=list)
    customers = fields.List(fields.String(), load_default=list)
    locations = fields.List(fields.String(), load_default=list)


class BeforeMessage(Command):
    working_days = fields.Integer(load_default=None, allow_none=True, strict=True)
    at = fields.String(load_default=None, allow_none=True)
    working_minutes = fields.Integer(load_default=None, allow_none=True, strict=True)


class CapacityMessage(Command):
    amount = fields.Integer(required=True, strict=True)
    per = fields.String(load_default="day")


class FreeCancellationMessage(Command):
    before = fields.Nested(BeforeMessage, required=True)
    charge_percent = fields.Integer(load_default=100, strict=True)


class OrderingMessage(Command):
    cutoff = fields.Nested(BeforeMessage, load_default=None, allow_none=True)
    capacity = fields.Nested(CapacityMessage, load_default=None, allow_none=True)
    free_cancellation = fields.Nested(FreeCancellationMessage, load_default=None, allow_none=True)


class ProcessMessage(Command):
    steps = fields.List(fields.Nested(StepMessage), load_default=list)


class PublishProduct(Command):
    slug = fields.String(required=True)
    category = fields.Nested(Localised, required=True)
    name = fields.Nested(Localised, required=True)
    description = fields.Nested(Localised, load_default=None, allow_none=True)
    kind = fields.String(required=True)
    priority = fields.String(load_default="P4")
    lead_time = fields.Nested(TermMessage, load_default=None, allow_none=True)
    price = fields.Nested(PriceMessage, load_default=None, allow_none=True)
    package = fields.String(load_default=None, allow_none=True)
    check_required = fields.Boolean(load_default=False)
    questions = fields.List(fields.Nested(QuestionMessage), load_default=list)
    examples = fields.Nested(ExamplesMessage, load_default=None, allow_none=True)
    audience = fields.Nested(AudienceMessage, load_default=None, allow_none=True)
    owner = fields.String(load_default=None, allow_none=True)
    ordering = fields.Nested(OrderingMessage, load_default=None, allow_none=True)
    confidential = fields.Boolean(load_default=False)
    process = fields.Nested(ProcessMessage, load_default=dict)


class DraftContent(PublishProduct):
    """What an author has so far. The domain says what it lacks, each time it is asked for."""

    slug = fields.String(load_default="")
    category = fields.Nested(Localised, load_default=dict)
    name = fields.Nested(Localised, load_default=dict)
    kind = fields.String(load_default="order")


class OneProduct(Command):
    product_id = fields.UUID(required=True)


class StartDraft(Command):
    """Of a new product with `content`, of one that is there with `product_id`."""

    product_id = fields.UUID(load_default=None, allow_none=True, attribute="item_id")
    content = fields.Nested(DraftContent, load_default=None, allow_none=True)


class ProductProposed(Fact):
    """Of intake: what a new draft begins with. What it lacks its author is told with the draft."""

    product_id = fields.UUID(required=True)
    content = fields.Nested(DraftContent, unknown=EXCLUDE, required=True)
    by = fields.Dict(required=True)


class WhoseDraft(Command):
    product_id = fields.UUID(required=True, attribute="item_id")


class OneDraft(WhoseDraft):
    """`revision`: the one that its author has seen."""

    revision = fields.Integer(required=True)


class SaveDraft(OneDraft):
    content = fields.Nested(DraftContent, required=True)


class ScheduleDraft(OneDraft):
    publish_at = fields.AwareDateTime(required=True, format="iso")


class ListVersions(OneProduct):
    cursor = fields.String(load_default=None, allow_none=True)
    limit = fields.Integer(load_default=DEFAULT_LIMIT, validate=validate.Range(1, MAX_LIMIT))


class GetComparison(OneProduct):
    """`after` None is the draft."""

    before = fields.Integer(required=True)
    after = fields.Integer(load_default=None, allow_none=True)


class ListCatalogue(Command):
    q = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=200))
    state = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(CATALOGUE_STATES))
    cursor = fields.String(load_default=None, allow_none=True)
    limit = fields.Integer(load_default=DEFAULT_LIMIT, validate=validate.Range(1, MAX_LIMIT))


class WithdrawProduct(Command):
    product_id = fields.UUID(required=True)
    version = fields.Integer(load_default=None, allow_none=True)


class PlanWithdrawal(WithdrawProduct):
    """`withdraw_at`: None when it stays after all."""

    withdraw_at = fields.AwareDateTime(required=True, allow_none=True, format="iso")


class GetProduct(Command):
    product_id = fields.UUID(required=True)
    version = fields.Integer(load_default=None, allow_none=True)


class Page(Command):
    q = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=200))
    match = fields.String(load_default="all", validate=validate.OneOf(MATCHES))
    cursor = fields.String(load_default=None, allow_none=True)
    limit = fields.Integer(load_default=DEFAULT_LIMIT, validate=validate.Range(1, MAX_LIMIT))


class Asker(Command):
    """Who asks: their department and customer, and the keys of the place they are at and all it lies in."""

    department = fields.String(load_default=None, allow_none=True)
    customer = fields.String(load_default=None, allow_none=True)
    places = fields.List(fields.String(), load_default=list, validate=validate.Length(max=50))


class ListProducts(Page):
    offered_to = fields.Nested(Asker, load_default=None, allow_none=True)
    category = fields.String(load_default=None, allow_none=True)
    kind = fields.String(load_default=None, allow_none=True)
    slug = fields.String(load_default=None, allow_none=True)
    withdrawn = fields.Boolean(load_default=False)


class CatalogueProduct(PublishProduct):
    """A product of an exported catalogue."""

    product_id = fields.UUID(load_default=None, allow_none=True)
    withdrawn = fields.Boolean(load_default=False)


class CatalogueArticle(Command):
    """An article of an exported catalogue."""

    article_id = fields.UUID(load_default=None, allow_none=True)
    slug = fields.String(required=True)
    title = fields.Nested(Localised, required=True)
    body = fields.Nested(Localised, required=True)
    products = fields.List(fields.String(), load_default=list)
    withdrawn = fields.Boolean(load_default=False)


class CatalogueContent(Command):
    """Its records are checked one by one in the handler, so that each says what is wrong with it."""

    format = fields.Integer(required=True, validate=validate.Equal(1))
    products = fields.List(fields.Raw(), load_default=list, validate=validate.Length(max=MAX_FILE_RECORDS))
    articles = fields.List(fields.Raw(), load_default=list, validate=validate.Length(max=MAX_FILE_RECORDS))


class AddFile(Command):
    name = fields.String(required=True, validate=validate.Length(min=1, max=200))
    content = fields.Nested(CatalogueContent, required=True)
    # What of its tables could not be read, as whoever read them says it; kept beside what could.
    problems = fields.List(fields.Dict(), load_default=list, validate=validate.Length(max=MAX_FILE_RECORDS))


class OneFile(Command):
    file_id = fields.UUID(required=True)
    way = fields.Enum(Way, by_value=True, load_default=Way.PUBLISHED)


class CarryOutFile(OneFile):
    """`looked_at`: the fingerprint of what was shown."""

    looked_at = fields.String(required=True, validate=validate.Length(max=64))


class ImportProducts(Command):
    """Records are checked one by one in the handler, so that a bad one refuses itself and not the others."""

    mapping = fields.String(required=True)
    records = fields.List(
        fields.Dict(keys=fields.String()), required=True, validate=validate.Length(max=MAX_RECORDS)
    )


class ImportedProduct(PublishProduct):
    """A record of an import: a product with the line it stood on. The mapping may leave more on it."""

    class Meta:
        unknown = EXCLUDE

    line = fields.Integer(load_default=None, allow_none=True)
