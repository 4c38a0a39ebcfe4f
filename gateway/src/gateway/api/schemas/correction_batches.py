"""Correcting many requests at once: what would follow of each, what became of each, and taking back."""

from __future__ import annotations

from marshmallow import fields, validate

from gateway.api.schemas.base import Answers, Body, Choice, Id, Page, Text, View, Whole, page_of
from gateway.api.schemas.correction_views import CorrectionView
from gateway.api.schemas.corrections import MOST_CENTS, WHATS, ForeseenOrder, GoesOn, LetGo
from gateway.api.schemas.requests import KINDS, PRIORITIES, Overrule, RequestFilter, Window

MOST = 200
CONDITIONS = tuple(sorted(RequestFilter().fields.keys() - {"cursor", "limit", "sort"}))
ITEM_STATES = ("waiting", "done", "refused", "undone", "dropped")


class ManyWish(Body):
    """As for one (`NewCorrection`), for all of them alike. Which object, for whom it is and whom the executor
    meets are each request's own."""

    what = Choice(*WHATS, required=True)
    cause = Text(100, required=True, metadata={"description": "A key of GET /v1/correction-causes."})
    note = Text(2000)
    kind = Choice(*KINDS)
    priority = Choice(*PRIORITIES)
    product_id = Id()
    location_id = Id()
    answers = Answers()
    quantity = Whole(1, 10_000)
    wanted = fields.Nested(Window, allow_none=True)
    provider_id = Id()
    cost_cents = Whole(0, MOST_CENTS)
    cost_centre = Text(200, metadata={"description": "Its key."})
    overrule = Overrule()


class Conditions(RequestFilter):
    """As the list of requests takes them."""

    class Meta:
        fields = CONDITIONS


class NewCorrectionPreview(ManyWish):
    """Of these requests, or of all that a filter finds, 200 at most. `fromProviderId`: of their work orders
    those of this provider."""

    request_ids = fields.List(Id(required=True), allow_none=True, validate=validate.Length(max=MOST))
    filter = fields.Nested(Conditions, allow_none=True)
    from_provider_id = Id()


class SeenItem(Body):
    """As it stood in the preview: what was changed since is refused."""

    request_id = Id(required=True)
    version = Whole(0, 2**31 - 1, required=True)
    work_order_id = Id()


class NewCorrectionBatch(ManyWish):
    items = fields.List(fields.Nested(SeenItem), required=True, validate=validate.Length(1, MOST))


class UndoneItems(Body):
    """Without `positions` all that can be undone."""

    positions = fields.List(Whole(1, MOST, required=True), allow_none=True, validate=validate.Length(1, MOST))


class ItemProblem(View):
    code = fields.String(required=True)
    text = fields.String(required=True)
    errors = fields.Dict(allow_none=True)
    refused = fields.Dict(
        allow_none=True,
        metadata={"description": "Of a state that forbids it: what is possible instead."},
    )


class ForeseenItem(View):
    """`problem`: it would be refused, and why; else what would follow."""

    request_id = fields.UUID(required=True)
    reference = fields.String(allow_none=True)
    summary = fields.String(allow_none=True)
    version = fields.Integer(required=True)
    work_order_id = fields.UUID(allow_none=True)
    number = fields.String(allow_none=True)
    effect = fields.String(allow_none=True)
    before = fields.Dict(required=True)
    after = fields.Dict(required=True)
    stops = fields.List(fields.Nested(ForeseenOrder), required=True)
    keeps = GoesOn()
    issues = fields.List(fields.Raw(), required=True)
    overrules = LetGo()
    problem = fields.Nested(ItemProblem, allow_none=True)


class CorrectionPreview(View):
    """`more`: the filter finds more than can be corrected at once."""

    items = fields.List(fields.Nested(ForeseenItem), required=True)
    more = fields.Boolean(required=True)


class BatchItem(View):
    """`whyNot`: why it can't be undone (any more); null: it can, if it is `done`."""

    position = fields.Integer(required=True)
    request_id = fields.UUID(required=True)
    reference = fields.String(allow_none=True)
    summary = fields.String(allow_none=True)
    version = fields.Integer(required=True)
    work_order_id = fields.UUID(allow_none=True)
    number = fields.String(allow_none=True)
    state = fields.String(required=True, validate=validate.OneOf(ITEM_STATES))
    problem = fields.Nested(ItemProblem, allow_none=True)
    undone_by = fields.UUID(allow_none=True)
    correction = fields.Nested(CorrectionView, allow_none=True)
    why_not = fields.String(allow_none=True)


class CorrectionBatchView(View):
    """`counts` of its items by state; `open`: some are still waiting, and are gone on with by themselves."""

    batch_id = fields.UUID(required=True)
    at = fields.AwareDateTime(required=True)
    by = fields.Dict(required=True)
    what = fields.String(required=True)
    cause = fields.String(required=True)
    note = fields.String(allow_none=True)
    wish = fields.Dict(required=True)
    counts = fields.Dict(required=True)
    open = fields.Boolean(required=True)


class WholeCorrectionBatch(CorrectionBatchView):
    items = fields.List(fields.Nested(BatchItem), required=True)


class UndoOutcome(View):
    position = fields.Integer(required=True)
    problem = fields.Nested(ItemProblem, allow_none=True)


class UndoneBatch(WholeCorrectionBatch):
    outcomes = fields.List(fields.Nested(UndoOutcome), required=True)


class BatchFilter(Page):
    """The newest first."""


CorrectionBatchPage = page_of(CorrectionBatchView, "CorrectionBatchPage")
