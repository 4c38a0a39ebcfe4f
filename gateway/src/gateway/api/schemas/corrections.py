"""Corrections: what was wrong with a request, what is right, and what became of it."""

from __future__ import annotations

from marshmallow import fields, validate

from gateway.api.schemas.base import Answers, Body, Choice, Id, Moment, Page, Text, View, Whole, page_of
from gateway.api.schemas.correction_views import CorrectionView, NamedOrder
from gateway.api.schemas.involving import Involving
from gateway.api.schemas.request_views import RequestSummary
from gateway.api.schemas.requests import KINDS, PRIORITIES, Flag, Overrule, Window

WHATS = ("kind", "product", "place", "data", "cost_centre", "provider", "no_show", "bad_work", "price")
STATES = ("begun", "cancelling", "done", "failed")
MOST_CENTS = 100_000_000


class NewCorrection(Involving):
    """`what` says which of the others it takes: kind (`kind`, `priority`), product (`productId`, `answers`,
    `priority`; without a product it is assessed again), place (`locationId`, or `assetId` with its
    place), data (`answers`, `quantity`, `wanted`, `assetId`, `requestedForId`, `onSite`),
    cost_centre (`costCentre`), provider, no_show, bad_work (`workOrderId`, `providerId`), price
    (`workOrderId`, `costCents`).
    """

    what = Choice(*WHATS, required=True)
    cause = Text(100, required=True, metadata={"description": "A key of GET /v1/correction-causes."})
    note = Text(2000)
    kind = Choice(*KINDS)
    priority = Choice(*PRIORITIES)
    product_id = Id()
    location_id = Id()
    asset_id = Id()
    answers = Answers()
    quantity = Whole(1, 10_000)
    wanted = fields.Nested(Window, allow_none=True)
    work_order_id = Id()
    provider_id = Id()
    cost_cents = Whole(0, MOST_CENTS)
    overrule = Overrule()


class Corrected(RequestSummary):
    correction = fields.Nested(CorrectionView, required=True)


class LetGo(fields.List):
    def __init__(self) -> None:
        about = "Rules of the product that `overrule` lets go of, as their deviations are called."
        super().__init__(fields.String(), metadata={"description": about})


class ForeseenOrder(NamedOrder):
    state = fields.String(required=True)
    provider = fields.Dict(allow_none=True)


class GoesOn(fields.List):
    def __init__(self) -> None:
        about = "Orders of danger with which somebody is on the way: they go on."
        super().__init__(fields.Nested(ForeseenOrder), metadata={"description": about})


class Foreseen(View):
    """What would follow, as it stood at `version` of the request."""

    request_id = fields.UUID(required=True)
    reference = fields.String(required=True)
    version = fields.Integer(required=True)
    what = fields.String(required=True)
    effect = fields.String(required=True)
    before = fields.Dict(required=True)
    after = fields.Dict(required=True)
    stops = fields.List(fields.Nested(ForeseenOrder), required=True)
    keeps = GoesOn()
    issues = fields.List(
        fields.Raw(),
        required=True,
        metadata={"description": "Titles of the steps that are issued, per language."},
    )
    confides = fields.Boolean(
        required=True, metadata={"description": "It becomes confidential by this, and stays so."}
    )
    overrules = LetGo()


class CorrectionFilter(Page):
    request_id = Id()
    what = Choice(*WHATS)
    cause = Text(100)
    state = Choice(*STATES)
    open = Flag()
    product_id = Id()
    provider_id = Id()
    batch_id = Id()
    stands = fields.Boolean(
        allow_none=True, metadata={"description": "Neither taken back, nor taking another back."}
    )
    at_from = Moment()
    at_before = Moment()


class KeptCauseName(Body):
    nl = Text(100, required=True)
    en = Text(100, required=True)


class KeptCause(Body):
    key = Text(50, required=True)
    name = fields.Nested(KeptCauseName, required=True)


class KeptCauses(Body):
    """All that may be chosen from now on, in this order; others stay known for what they were given to."""

    items = fields.List(fields.Nested(KeptCause), required=True, validate=validate.Length(1, 50))


class CorrectionCauseView(View):
    key = fields.String(required=True)
    name = fields.Dict(required=True)
    active = fields.Boolean(required=True)


class CorrectionCauseList(View):
    items = fields.List(fields.Nested(CorrectionCauseView), required=True)


class CountedCorrections(View):
    """Of those made in a period; most first."""

    count = fields.Integer(required=True)
    causes = fields.List(fields.Dict(), required=True)
    whats = fields.List(fields.Dict(), required=True)
    products = fields.List(fields.Dict(), required=True)
    providers = fields.List(fields.Dict(), required=True)


CorrectionPage = page_of(CorrectionView, "CorrectionPage")
