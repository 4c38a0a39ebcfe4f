"""Requests: what is reported, and what becomes of it."""

from __future__ import annotations

from marshmallow import fields, validate

from gateway.api.schemas.approvals import AskApproval
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
    Whole,
)
from gateway.api.schemas.complaints import About
from gateway.api.schemas.involving import Involving
from gateway.api.schemas.priorities import PRIORITIES, Impact, Urgency

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
