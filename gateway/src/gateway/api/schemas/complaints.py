"""Complaints: what they are about, and how they come to the customer's word."""

from __future__ import annotations

from marshmallow import fields

from gateway.api.schemas.base import Body, Choice, Id, Moment, Text, View

CAUSES = (
    "late", "not_done", "badly_done", "wrong_information", "conduct", "wrong_cost", "unclear_promise",
    "unfounded", "other",
)  # fmt: skip
WAYS = ("phone", "email", "letter", "visit")
PROMISES = ("respond", "resolve")
TEXT = 20_000


class About(Body):
    """A request of one's own (for the desk: any), one of its orders, one of its promises."""

    request_id = Id(required=True)
    work_order_id = Id()
    promise = Choice(*PROMISES)


class Chain(Body):
    about = fields.Nested(About, required=True)


class Acknowledge(Body):
    text = Text(TEXT, required=True, metadata={"description": "The customer gets to read it, and a mail."})


class Cause(Body):
    """For the desk alone."""

    cause = Choice(*CAUSES, required=True)
    note = Text(2000)


class Remedy(Body):
    text = Text(TEXT, required=True, metadata={"description": "The customer gets to read it, and a mail."})
    other_id = Id(metadata={"description": "A request by which it is put right."})


class Settle(Body):
    """Whose word it was, and when it was spoken."""

    said_by = Text(200, required=True)
    said_at = Moment(required=True)


class Attempt(Body):
    """How and when the customer was tried to be reached, since they were told what is done about it."""

    way = Choice(*WAYS, required=True)
    tried_at = Moment(required=True)
    note = Text(2000, metadata={"description": "For the desk alone."})


class CloseUnheard(Body):
    reason = Text(2000, required=True, metadata={"description": "The customer gets to read it, and a mail."})


class ComplaintView(View):
    """`cause`, `causeNote`, `remedyRequest`, `attempts` and `unheardFrom` (since when a manager may close it
    without the customer's word) are for the desk. `unheard`: which manager did, when and why."""

    stage = fields.String(required=True)
    about = fields.Dict(required=True, allow_none=True)
    acknowledged_at = fields.AwareDateTime(required=True, allow_none=True)
    remedy = fields.String(required=True, allow_none=True)
    word = fields.Dict(required=True, allow_none=True)
    unheard = fields.Dict(required=True, allow_none=True)
    cause = fields.String(allow_none=True)
    cause_note = fields.String(allow_none=True)
    remedy_request = fields.Dict(allow_none=True)
    attempts = fields.List(fields.Dict())
    unheard_from = fields.AwareDateTime(allow_none=True)


class OfProvider(View):
    provider_id = fields.UUID(required=True)
    name = fields.String(required=True, allow_none=True)
    count = fields.Integer(required=True)
    open = fields.Integer(required=True)


class OfProduct(View):
    product_id = fields.UUID(required=True)
    name = fields.Dict(required=True, allow_none=True)
    count = fields.Integer(required=True)
    open = fields.Integer(required=True)


class OfCause(View):
    cause = fields.String(required=True)
    count = fields.Integer(required=True)


class InTime(View):
    count = fields.Integer(required=True)
    of = fields.Integer(required=True)


class ComplaintFigures(View):
    """Of the complaints that came in over the period, those that were withdrawn left out. `toClose`: how many
    wait for a manager now, since their customers can't be reached."""

    received = fields.Integer(required=True)
    settled = fields.Integer(required=True)
    unheard = fields.Integer(required=True)
    to_close = fields.Integer(required=True)
    acknowledged_in_time = fields.Nested(InTime, required=True)
    providers = fields.List(fields.Nested(OfProvider), required=True)
    products = fields.List(fields.Nested(OfProduct), required=True)
    causes = fields.List(fields.Nested(OfCause), required=True)
