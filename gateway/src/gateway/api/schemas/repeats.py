"""What keeps coming back outside the catalogue."""

from __future__ import annotations

from marshmallow import fields, validate

from gateway.api.schemas.base import Body, Choice, Text, View

STATES = ("open", "proposed", "set_aside")
SUGGESTIONS = ("product", "words", "article")


class RepeatFilter(Body):
    state = Choice(*STATES, metadata={"description": "Without it: those that nobody decided about."})
    least = fields.Integer(
        validate=validate.Range(1, 1_000),
        metadata={"description": "How often it came back at least; 3 without it."},
    )


class SetRepeatAside(Body):
    reason = Text(2_000, required=True)


class Estimates(View):
    cents = fields.Integer(required=True, metadata={"description": "Of all that have an estimate."})
    of = fields.Integer(required=True, metadata={"description": "How many have one."})


class AboutProduct(View):
    product_id = fields.UUID(required=True)
    name = fields.Dict(required=True)


class Since(View):
    """Since the proposal."""

    standard = fields.Integer(required=True, metadata={"description": "Asked for as the new product."})
    other = fields.Integer(required=True, metadata={"description": "Still came outside the catalogue."})


class RepeatView(View):
    """Requests that were not standard and are alike, by their words."""

    repeat_id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    words = fields.List(fields.String(), required=True, metadata={"description": "What they share."})
    count = fields.Integer(required=True)
    first_at = fields.AwareDateTime(required=True)
    last_at = fields.AwareDateTime(required=True)
    ended = fields.Dict(
        keys=fields.String(), values=fields.Integer(), required=True,
        metadata={"description": "By resolution, of the newest 200; `open` of what has not ended."},
    )  # fmt: skip
    median_minutes = fields.Integer(required=True, allow_none=True)
    estimates = fields.Nested(Estimates, required=True)
    suggestion = fields.String(
        required=True, validate=validate.OneOf(SUGGESTIONS),
        metadata={"description": "What would help most: a product, better words at `product`, an article."},
    )  # fmt: skip
    product = fields.Nested(AboutProduct, required=True, allow_none=True)
    decided_at = fields.AwareDateTime(required=True, allow_none=True)
    decided_by = fields.Dict(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    product_id = fields.UUID(
        required=True, allow_none=True, metadata={"description": "Of the draft that was made of it."}
    )
    published = fields.Boolean(required=True, metadata={"description": "Whether that can be asked for."})
    since = fields.Nested(Since, required=True, allow_none=True)


class RepeatList(View):
    items = fields.List(fields.Nested(RepeatView), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class RepeatedRequest(View):
    request_id = fields.UUID(required=True)
    reference = fields.String(required=True)
    summary = fields.String(required=True)
    state = fields.String(required=True)
    resolution = fields.String(required=True, allow_none=True)
    received_at = fields.AwareDateTime(required=True)


class WholeRepeat(RepeatView):
    requests = fields.List(fields.Nested(RepeatedRequest), required=True)
    proposal = fields.Dict(
        required=True, metadata={"description": "What a draft of a product would begin with."}
    )
