"""Requests: what is reported, and what becomes of it."""

from __future__ import annotations

from marshmallow import fields, validate

from gateway.api.schemas.approvals import ApprovalView, AskApproval
from gateway.api.schemas.attachments import ReceiptList
from gateway.api.schemas.base import (
    Answers,
    Body,
    Choice,
    Id,
    Moment,
    Number,
    Page,
    Text,
    View,
    Whole,
    page_of,
)
from gateway.api.schemas.clocks import ClockView
from gateway.api.schemas.complaints import About, ComplaintView
from gateway.api.schemas.confiding import ConfidenceView
from gateway.api.schemas.correction_views import CorrectionView
from gateway.api.schemas.involving import ColleagueView, CostCentreView, Involving, OnSiteView
from gateway.api.schemas.links import LinkView
from gateway.api.schemas.ordering import CancelledLateView, CancellingView
from gateway.api.schemas.priorities import PRIORITIES, Impact, Urgency
from gateway.api.schemas.promises import MadePromise, NextPromise

KINDS = ("order", "complaint", "wish", "information", "fault")
CHANNELS = ("site", "phone", "counter", "email", "api")
STATES = ("received", "triage", "awaiting_approval", "in_progress", "ready", "closed")
RESOLUTIONS = ("solved", "answered", "rejected", "withdrawn", "merged")
TEXT = 20_000


class Flag(fields.Boolean):
    """Yes or no in an address."""

    def __init__(self) -> None:
        super().__init__(allow_none=True)


class Window(Body):
    """When it is wanted."""

    from_ = Moment(required=True, data_key="from", attribute="from")
    until = Moment()


class DeskAnswer(Body):
    """In one's own words, or with an article alone: then its words are the answer."""

    text = Text(TEXT)
    article_id = Id()


class Proposed(Body):
    """What was proposed to whoever chose, the likeliest first: counted beside the choice, and no more."""

    kinds = fields.List(Choice(*KINDS, required=True), validate=validate.Length(max=5), allow_none=True)
    product_ids = fields.List(Id(required=True), validate=validate.Length(max=10), allow_none=True)
    location_ids = fields.List(Id(required=True), validate=validate.Length(max=10), allow_none=True)


class Overrule(Text):
    """Why the desk takes it all the same."""

    def __init__(self) -> None:
        about = "Desk only: take it though it is not for this person or place, or is past its cut-off; why."
        super().__init__(2000, metadata={"description": f"{about} It is kept as a deviation."})


class NewRequest(Involving):
    """`priority`, `requesterId`, `answer` and `overrule` are for the desk."""

    text = Text(TEXT, required=True)
    channel = Choice(*CHANNELS, required=True)
    kind = Choice(*KINDS)
    location_id = Id()
    product_id = Id()
    answers = Answers()
    requester_id = Id()
    object = Text(200, metadata={"description": "What it is about at that place: radiator at the window."})
    asset_id = Id(metadata={"description": "The object of the register; the place follows from it."})
    impact = Impact()
    urgency = Urgency()
    quantity = Whole(1, 10_000)
    wanted = fields.Nested(Window, allow_none=True)
    priority = Choice(*PRIORITIES)
    notify = fields.Boolean(allow_none=True)
    answer = fields.Nested(DeskAnswer, allow_none=True)
    attachments = ReceiptList()
    follows = Id(metadata={"description": "`followId` of a duplicate: the same, so this goes along with it."})
    begun_id = Id(metadata={"description": "What was begun on the site and is finished with this."})
    confidential = fields.Boolean(
        allow_none=True, metadata={"description": "Read by its reporter and the confidants alone."}
    )
    overrule = Overrule()
    about = fields.Nested(About, allow_none=True, metadata={"description": "Of a complaint."})
    proposed = fields.Nested(Proposed, allow_none=True)


class RequestFilter(Page):
    state = Choice(*STATES)
    kind = Choice(*KINDS)
    priority = Choice(*PRIORITIES)
    channel = Choice(*CHANNELS)
    q = Text(200, metadata={"description": "Words or a reference."})
    requester_id = Id()
    customer_id = Id(metadata={"description": "On whose account it was reported."})
    location_id = Id()
    product_id = Id()
    asset_id = Id(metadata={"description": "About this object of the register."})
    promised_before = Moment()
    received_from = Moment()
    received_before = Moment()
    closed_from = Moment()
    closed_before = Moment()
    resolution = Choice(*RESOLUTIONS)
    standard = Flag()
    planned = fields.Boolean(allow_none=True, metadata={"description": "Made by a plan, by itself."})
    reopened = Flag()
    imported = Flag()
    in_time = fields.Boolean(
        allow_none=True, metadata={"description": "Of imported ones: as the other system says."}
    )
    hand_offs = Number(0, 3, metadata={"description": "So often handed over; 3 means that or more."})
    attention = Flag()
    corrected = Flag()
    cancelled_late = fields.Boolean(
        allow_none=True, metadata={"description": "Withdrawn later than is free."}
    )
    waiting = Flag()
    danger = Flag()
    first_contact = fields.Boolean(
        allow_none=True, metadata={"description": "Answered without any work order."}
    )
    complained_provider_id = Id(metadata={"description": "Complaints about this provider."})
    open = Flag()
    sort = Choice("-receivedAt", "promise")


class Triage(Involving):
    """With `approval`: what it costs, and who must agree. Dearer than the budget allows, it is asked
    anyway.
    """

    product_id = Id(required=True)
    answers = Answers()
    kind = Choice(*KINDS)
    priority = Choice(*PRIORITIES)
    impact = Impact()
    urgency = Urgency()
    object = Text(200)
    asset_id = Id(metadata={"description": "The object of the register; the place follows from it."})
    proposed = fields.Nested(Proposed, allow_none=True)
    approval = fields.Nested(AskApproval, allow_none=True)
    overrule = Overrule()
    wanted = fields.Nested(Window, allow_none=True)
    quantity = Whole(1, 10_000)


class JoinOther(Body):
    """The request that it goes along with."""

    request_id = Id(required=True)


class Reason(Body):
    reason = Text(2000, required=True)


class Question(Body):
    question = Text(TEXT, required=True)


class Words(Body):
    text = Text(TEXT, required=True)
    attachments = ReceiptList()


class Reply(Words):
    """`channel`: over which it was said, when somebody else writes it down."""

    channel = Choice(*CHANNELS)


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
    on_site = fields.Nested(OnSiteView, allow_none=True)
    cost_centre = fields.Nested(CostCentreView, allow_none=True, metadata={"description": "As it was then."})
    impact = fields.String(allow_none=True, metadata={"description": "For the desk."})
    urgency = fields.String(allow_none=True, metadata={"description": "For the desk."})
    follows = fields.UUID(
        allow_none=True, metadata={"description": "It goes along with this one; for the desk."}
    )
    followers = fields.Integer(metadata={"description": "How many ever went along with it; for the desk."})
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
    count = fields.Integer(required=True)
    filter = fields.Dict(required=True, metadata={"description": "As parameters of GET /v1/requests."})


class QueueList(View):
    items = fields.List(fields.Nested(QueueView), required=True)
    most = fields.Integer(required=True, metadata={"description": "No queue is counted further than this."})


RequestPage = page_of(RequestSummary, "RequestPage")
