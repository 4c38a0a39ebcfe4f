"""What is shown of requests."""

from __future__ import annotations

from marshmallow import fields

from gateway.api.schemas.approvals import ApprovalView
from gateway.api.schemas.base import (
    View,
    page_of,
)
from gateway.api.schemas.charges import ChargeOfRequest
from gateway.api.schemas.clocks import ClockView
from gateway.api.schemas.complaints import ComplaintView
from gateway.api.schemas.confiding import ConfidenceView
from gateway.api.schemas.correction_views import CorrectionView
from gateway.api.schemas.involving import ColleagueView, CostCentreView, OnSiteView
from gateway.api.schemas.links import LinkView
from gateway.api.schemas.ordering import CancelledLateView, CancellingView
from gateway.api.schemas.promises import MadePromise, NextPromise


class By(View):
    kind = fields.String(required=True)
    name = fields.String(allow_none=True)


class Promise(View):
    respond_by = fields.AwareDateTime(allow_none=True)
    resolve_by = fields.AwareDateTime(allow_none=True)


class Waiting(View):
    reason = fields.String(required=True)
    since = fields.AwareDateTime(required=True)
    counterparty = fields.String()


class AssetOfRequest(View):
    asset_id = fields.UUID(required=True)
    code = fields.String(required=True, metadata={"description": "As on its sticker."})
    name = fields.Dict(required=True)
    kind = fields.String(required=True)
    warranty_until = fields.Date(required=True, allow_none=True)
    supplier = fields.String(allow_none=True)


class RequestSummary(View):
    request_id = fields.UUID(required=True)
    reference = fields.String(required=True, metadata={"example": "SD-26-000123"})
    version = fields.Integer(required=True)
    state = fields.String(required=True)
    kind = fields.String(allow_none=True)
    standard = fields.Boolean()
    summary = fields.String()
    channel = fields.String()
    priority = fields.String(allow_none=True)
    received_at = fields.AwareDateTime()
    updated_at = fields.AwareDateTime()
    promise = fields.Nested(Promise, allow_none=True)
    next_promise = fields.Nested(
        NextPromise, allow_none=True, metadata={"description": "Null while the requester has the word."}
    )
    location = fields.Dict(allow_none=True)
    product = fields.Dict(allow_none=True)
    requester = fields.Dict(allow_none=True)
    requested_for = fields.Nested(
        ColleagueView, allow_none=True, metadata={"description": "Whom it is for, when that is another."}
    )
    waiting = fields.Nested(Waiting, allow_none=True)
    attention = fields.Raw(
        allow_none=True, metadata={"description": "Why the desk has to look at it, or null."}
    )
    resolution = fields.String(allow_none=True)
    danger = fields.String(
        allow_none=True, metadata={"description": "Why it counts as danger (fire, gas, ...), or null."}
    )
    object = fields.String(allow_none=True)
    asset = fields.Nested(
        AssetOfRequest,
        allow_none=True,
        metadata={"description": "The object of the register, as known then."},
    )
    confidential = fields.Boolean(metadata={"description": "Only some may read it."})


class Informed(RequestSummary):
    reached = fields.Integer(required=True, metadata={"description": "How many dossiers got it."})


class TimelineEntry(View):
    at = fields.AwareDateTime(required=True)
    type = fields.String(required=True)
    by = fields.Nested(By, allow_none=True)
    data = fields.Dict()


class OrderOfRequest(View):
    work_order_id = fields.UUID(required=True)
    number = fields.String(required=True)
    step = fields.String()
    title = fields.Raw(metadata={"description": "Per language."})
    provider = fields.Dict(allow_none=True)
    state = fields.String()
    delivery = fields.Raw(allow_none=True)
    planned_from = fields.AwareDateTime(allow_none=True)
    planned_until = fields.AwareDateTime(allow_none=True)
    round = fields.Integer()
    replaces = fields.UUID(
        allow_none=True, metadata={"description": "The order that this one took over from."}
    )
    nobody_came = fields.Boolean(
        metadata={"description": "The agreed moment passed, and nobody has said yet that anybody came."}
    )
    rework_of = fields.UUID(allow_none=True, metadata={"description": "The order whose work it does over."})
    cost_cents = fields.Integer(allow_none=True)
    correction_id = fields.UUID(allow_none=True, metadata={"description": "The correction that issued it."})
    corrected_by = fields.UUID(allow_none=True, metadata={"description": "The correction that took it away."})


class MessageView(View):
    message_id = fields.UUID(required=True)
    template = fields.String()
    to = fields.String(allow_none=True)
    language = fields.String()
    subject = fields.String()
    body = fields.String()
    state = fields.String()
    sent_at = fields.AwareDateTime(allow_none=True)
    attempts = fields.Integer()
    error = fields.String(allow_none=True)


class AskedApproval(RequestSummary):
    """A request that costs what somebody must agree to, as it is shown to them."""

    text = fields.String(required=True)
    answers = fields.Dict(allow_none=True)
    quantity = fields.Integer(required=True)
    wanted = fields.Dict(
        allow_none=True, metadata={"description": "`from` and `until`: the moment it is ordered for."}
    )
    approval = fields.Nested(ApprovalView, required=True)


class AskedApprovals(View):
    items = fields.List(fields.Nested(AskedApproval), required=True)


class Dossier(RequestSummary):
    """Everything about one request. A part whose service is away is null, and named in `unavailable`."""

    text = fields.String()
    answers = fields.Dict(allow_none=True)
    answer = fields.Raw(allow_none=True)
    cancelling = fields.Nested(
        CancellingView, allow_none=True, metadata={"description": "Of an order that may still be cancelled."}
    )
    cancelled_late = fields.Nested(CancelledLateView, allow_none=True)
    charges = fields.List(
        fields.Nested(ChargeOfRequest), metadata={"description": "Empty while nothing is charged for it."}
    )
    on_site = fields.Nested(OnSiteView, allow_none=True)
    cost_centre = fields.Nested(CostCentreView, allow_none=True, metadata={"description": "As it was then."})
    impact = fields.String(allow_none=True, metadata={"description": "For the desk."})
    urgency = fields.String(allow_none=True, metadata={"description": "For the desk."})
    follows = fields.UUID(
        allow_none=True, metadata={"description": "It goes along with this one; for the desk."}
    )
    followers = fields.Integer(metadata={"description": "How many ever went along with it; for the desk."})
    unsorted = fields.Boolean(
        metadata={"description": "Begun at once as danger; what product it is, the desk still has to say."}
    )
    links = fields.List(fields.Nested(LinkView), metadata={"description": "With others; for the desk."})
    held = fields.Dict(
        allow_none=True, metadata={"description": "Its work is done, and a child holds it up; for the desk."}
    )
    theme_id = fields.UUID(allow_none=True, metadata={"description": "Of a wish; for the desk."})
    incident_id = fields.UUID(
        allow_none=True, metadata={"description": "The major incident it is gathered under; for the desk."}
    )
    confidence = fields.Nested(
        ConfidenceView, metadata={"description": "Of a confidential one, for the desk."}
    )
    promises = fields.List(fields.Nested(MadePromise))
    timeline = fields.List(fields.Nested(TimelineEntry))
    approval = fields.Nested(ApprovalView, allow_none=True)
    complaint = fields.Nested(ComplaintView, allow_none=True)
    orders = fields.List(fields.Nested(OrderOfRequest))
    corrections = fields.List(
        fields.Nested(CorrectionView), metadata={"description": "For the desk, oldest first."}
    )
    clocks = fields.List(fields.Nested(ClockView), required=True, allow_none=True)
    messages = fields.List(fields.Nested(MessageView), required=True, allow_none=True)
    unavailable = fields.List(fields.String(), required=True)


class QueueView(View):
    name = fields.String(required=True)
    count = fields.Integer(
        required=True,
        allow_none=True,
        metadata={"description": "null of everything there ever was: not counted"},
    )
    filter = fields.Dict(required=True, metadata={"description": "As parameters of GET /v1/requests."})


class QueueList(View):
    items = fields.List(fields.Nested(QueueView), required=True)
    most = fields.Integer(required=True, metadata={"description": "No queue is counted further than this."})


RequestPage = page_of(RequestSummary, "RequestPage")
