"""What comes in over RPC about one request."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, post_load, validate
from servicekit.schemas import Command

from intake.domain.values import CHANNELS, KINDS, PRIORITIES
from intake.messages.fields import Answers, Choice, Flag, Id, Text
from intake.messages.involving import Involving
from intake.messages.shapes import (
    MAX_CENTS,
    MAX_TEXT,
    About,
    Answered,
    Change,
    Files,
    Graded,
    OneRequest,
    Window,
)


class DeskAnswer(Answered):
    """Given while the customer is there."""


class Proposed(Command):
    """What was proposed to whoever chose, the likeliest first: counted beside the choice, and no more."""

    kinds = fields.List(Choice(*KINDS, required=True), load_default=list, validate=validate.Length(max=5))
    product_ids = fields.List(fields.String(), load_default=list, validate=validate.Length(max=10))
    location_ids = fields.List(fields.String(), load_default=list, validate=validate.Length(max=10))


class GetProposals(Command):
    text = Text(MAX_TEXT, required=True)
    requester_id = Id()
    location_id = Id()
    object = Text(200)
    asset_id = Id()


class ReceiveRequest(Graded, Involving):
    text = Text(MAX_TEXT, required=True)
    channel = Choice(*CHANNELS, required=True)
    kind = Choice(*KINDS)
    location_id = Id()
    product_id = Id()
    answers = Answers()
    requester_id = Id()
    quantity = fields.Integer(load_default=1, strict=True, validate=validate.Range(1, 10_000))
    wanted = fields.Nested(Window, load_default=None, allow_none=True)
    priority = Choice(*PRIORITIES)
    notify = Flag()
    answer = fields.Nested(DeskAnswer, load_default=None, allow_none=True)
    attachments = Files()
    follows = Id()
    begun_id = Id()
    confidential = fields.Boolean(load_default=False)
    overrule = Text(2_000)
    about = fields.Nested(About, load_default=None, allow_none=True)
    proposed = fields.Nested(Proposed, load_default=None, allow_none=True)

    @post_load
    def no_answers_is_empty(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {**data, "answers": data["answers"] or {}}


class PreviewPromise(Command):
    product_id = Id()


class AskApproval(Command):
    """`ask`: whatever it costs. Without `approver_ids`: who holds the requester's budget."""

    estimate_cents = fields.Integer(
        load_default=None, allow_none=True, strict=True, validate=validate.Range(0, MAX_CENTS)
    )
    note = Text(2_000)
    ask = fields.Boolean(load_default=False)
    approver_ids = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=10))


class TriageRequest(Change, Graded, Involving):
    product_id = Id(required=True)
    answers = Answers()
    kind = Choice(*KINDS)
    priority = Choice(*PRIORITIES)
    proposed = fields.Nested(Proposed, load_default=None, allow_none=True)
    approval = fields.Nested(AskApproval, load_default=None, allow_none=True)
    overrule = Text(2_000)
    wanted = fields.Nested(Window, load_default=None, allow_none=True)
    quantity = fields.Integer(
        load_default=None, allow_none=True, strict=True, validate=validate.Range(1, 10_000)
    )

    @post_load
    def no_answers_is_empty(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {**data, "answers": data["answers"] or {}}


class GetOrderTerms(Command):
    """`wanted`: how it stands for that moment."""

    product_id = Id(required=True)
    wanted = fields.Nested(Window, load_default=None, allow_none=True)
    quantity = fields.Integer(load_default=1, strict=True, validate=validate.Range(1, 10_000))


class AnswerRequest(Change, Answered):
    """Given from triage."""


class JoinRequest(Change):
    main_id = Id(required=True)


class DecideApproval(Change):
    approved = fields.Boolean(required=True)
    reason = Text(2_000)


class AskRequester(Change):
    question = Text(MAX_TEXT, required=True)


class Words(OneRequest):
    text = Text(MAX_TEXT, required=True)
    attachments = Files()


class Reply(Words):
    channel = Choice(*CHANNELS)


class OneAttachment(OneRequest):
    attachment_id = Id(required=True)


class KnownFiles(Command):
    digests = fields.List(
        fields.String(validate=validate.Regexp(r"[0-9a-f]{64}\Z")),
        required=True,
        validate=validate.Length(1, 1_000),
    )
