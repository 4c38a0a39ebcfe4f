"""Bodies and answers about leaving the regular process of a product."""

from __future__ import annotations

from marshmallow import fields

from gateway.api.schemas.base import Body, Choice, Id, Moment, Page, Text, View, page_of

KINDS = ("step_added", "step_skipped", "other_provider", "other_order", "other_lead_time",
         "outside_audience", "ordered_late")  # fmt: skip


class DeviationFilter(Page):
    request_id = Id()
    product_id = Id()
    kind = Choice(*KINDS)
    since = Moment()
    before = Moment()


class AddedStep(Body):
    """Work beside the process, for one request."""

    title = Text(200, required=True)
    provider_id = Id(required=True)
    reason = Text(2000, required=True)
    instructions = Text(4000)


class DeviationView(View):
    deviation_id = fields.UUID(required=True)
    kind = fields.String(required=True)
    request_id = fields.UUID(required=True)
    reference = fields.String(required=True)
    product_id = fields.UUID()
    product_name = fields.Raw(metadata={"description": "Per language."})
    product_version = fields.Integer(allow_none=True, metadata={"description": "That the request follows."})
    step = fields.String(allow_none=True)
    title = fields.Raw(allow_none=True, metadata={"description": "Of the step, per language."})
    work_order_id = fields.UUID(allow_none=True)
    cause = fields.String(allow_none=True, metadata={"description": "In the words of who did it."})
    details = fields.Dict(
        metadata={"description": "Of another provider: from, to; of another lead time: until."}
    )
    by = fields.Dict(required=True)
    at = fields.AwareDateTime(required=True)


class DeviationCount(View):
    """How often one product's process was left in one way at one step."""

    product_id = fields.UUID(required=True)
    product_name = fields.Raw()
    kind = fields.String(required=True)
    step = fields.String(allow_none=True)
    title = fields.Raw(allow_none=True)
    count = fields.Integer(required=True)
    requests = fields.Integer(required=True, metadata={"description": "Different ones."})


class DeviationPage(page_of(DeviationView, "_DeviationPage")):  # type: ignore[misc]
    counts = fields.List(
        fields.Nested(DeviationCount),
        required=True,
        metadata={"description": "Over all that is asked for, most often first; on the first page only."},
    )
