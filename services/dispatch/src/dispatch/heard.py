"""What comes in as facts of other services: only what is used here; anything a producer adds is ignored."""

from __future__ import annotations

from marshmallow import fields
from servicekit.schemas import Fact


class ProductPublished(Fact):
    product_id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    check_required = fields.Boolean(required=True)
    process = fields.Dict(required=True)
    slug = fields.String(required=True)
    name = fields.Dict(required=True)
    category = fields.Dict(required=True)
    kind = fields.String(required=True)
    priority = fields.String(required=True)


class ProductWithdrawn(Fact):
    product_id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    withdrawn_at = fields.AwareDateTime(required=True)


class ProductReference(Fact):
    product_id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    name = fields.Dict()
    slug = fields.String()


class RequestAccepted(Fact):
    request_id = fields.UUID(required=True)
    reference = fields.String(required=True)
    sequence = fields.Integer(required=True)
    round = fields.Integer(required=True)
    product = fields.Nested(ProductReference, required=True)
    kind = fields.String()
    priority = fields.String()
    summary = fields.String()
    text = fields.String()
    received_at = fields.String()  # kept as it came: only passed on
    location = fields.Dict(allow_none=True)
    object = fields.String(allow_none=True)
    asset = fields.Dict(allow_none=True)
    requester = fields.Dict(allow_none=True)
    requested_for = fields.Dict(allow_none=True)
    on_site = fields.Dict(allow_none=True)
    promise = fields.Dict(allow_none=True)
    answers = fields.Dict()
    quantity = fields.Integer()
    wanted = fields.Dict(allow_none=True)
    stops = fields.List(fields.Dict(), load_default=None, allow_none=True)
    planned = fields.Boolean(load_default=False)
    approved_cents = fields.Integer(load_default=None, allow_none=True)
    named_provider = fields.String(load_default=None, allow_none=True)
    sealed = fields.Dict(allow_none=True)


class RequestConfided(Fact):
    request_id = fields.UUID(required=True)
    reference = fields.String(required=True)


class PriorityChanged(Fact):
    request_id = fields.UUID(required=True)
    reference = fields.String(required=True)
    sequence = fields.Integer(required=True)
    priority = fields.String(required=True)
    promise = fields.Dict(required=True)


class CorrectionTold(Fact):
    """What follows for the work, and for which order; `provider_id` null: the same again. `keeps`: orders
    that are not stopped.
    """

    correction_id = fields.UUID(required=True)
    effect = fields.String(required=True)
    note = fields.String(load_default=None, allow_none=True)
    work_order_id = fields.UUID(load_default=None, allow_none=True)
    provider_id = fields.UUID(load_default=None, allow_none=True)
    cost_cents = fields.Integer(load_default=None, allow_none=True)
    keeps = fields.List(fields.UUID(), load_default=list)


class RequestCorrected(RequestAccepted):
    """As the request is now; without a product it is (still) to be assessed, and may have no kind."""

    kind = fields.String(required=True, allow_none=True)
    product = fields.Nested(ProductReference, required=True, allow_none=True)
    correction = fields.Nested(CorrectionTold, required=True)


class RequestReopened(Fact):
    request_id = fields.UUID(required=True)
    reference = fields.String(required=True)
    sequence = fields.Integer(required=True)
    round = fields.Integer(required=True)
    reason = fields.String(required=True)
    sealed = fields.Dict(load_default=None, allow_none=True)


class ExtraWorkDecided(Fact):
    """By who holds the budget; `outcome` to_desk: nobody does."""

    request_id = fields.UUID(required=True)
    reference = fields.String(required=True)
    work_order_id = fields.UUID(required=True)
    number = fields.Integer(required=True)
    outcome = fields.String(required=True)
    reason = fields.String(required=True, allow_none=True)
    by = fields.Dict(required=True)


class RequestClosed(Fact):
    request_id = fields.UUID(required=True)
    reference = fields.String(required=True)
    sequence = fields.Integer(required=True)
    resolution = fields.String(required=True)


class CalendarPublished(Fact):
    calendar_id = fields.UUID(required=True)
    name = fields.String(required=True)
    version = fields.Integer(required=True)
    calendar = fields.Dict(required=True)


class Place(Fact):
    location_id = fields.UUID(required=True)
    path = fields.String(required=True)


class LocationsSaved(Fact):
    locations = fields.List(fields.Nested(Place), required=True)
    saved_at = fields.AwareDateTime(required=True)


class MergedPerson(Fact):
    person_id = fields.UUID(required=True)
    surviving_id = fields.UUID(required=True)
    sequence = fields.Integer(required=True)


class PeopleMerged(Fact):
    people = fields.List(fields.Nested(MergedPerson), required=True)
