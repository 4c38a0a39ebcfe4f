"""What comes in over RPC about corrections."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, post_load, validate
from servicekit.schemas import Command

from intake.domain.corrections import State, What
from intake.domain.values import KINDS, PRIORITIES
from intake.messages.fields import Answers, Choice, Flag, Id, Moment, Text
from intake.messages.involving import Involving
from intake.messages.shapes import MAX_CENTS, Change, OneRequest, Page, Window

KEY = validate.Regexp(r"^[a-z0-9]+(-[a-z0-9]+)*\Z", error="Use small letters, digits and hyphens.")


class Wish(Involving):
    """What was wrong, and what is right; which of the fields it takes `what` says."""

    what = Choice(*What, required=True)
    cause = Text(100, required=True)
    note = Text(2_000)
    kind = Choice(*KINDS)
    priority = Choice(*PRIORITIES)
    product_id = Id()
    location_id = Id()
    asset_id = Id()
    answers = Answers()
    quantity = fields.Integer(
        load_default=None, allow_none=True, strict=True, validate=validate.Range(1, 10_000)
    )
    wanted = fields.Nested(Window, load_default=None, allow_none=True)
    work_order_id = Id()
    provider_id = Id()
    cost_cents = fields.Integer(
        load_default=None, allow_none=True, strict=True, validate=validate.Range(0, MAX_CENTS)
    )

    overrule = Text(2_000)

    @post_load
    def no_answers_is_empty(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {**data, "answers": data["answers"] or {}}


class CorrectRequest(Change, Wish):
    pass


class PreviewCorrection(OneRequest, Wish):
    pass


class ListCorrections(Page):
    request_id = Id()
    what = Choice(*What)
    cause = Text(100)
    state = Choice(*State)
    open = Flag()
    product_id = Id()
    provider_id = Id()
    batch_id = Id()
    stands = Flag()
    at_from = Moment()
    at_before = Moment()


class CauseName(Command):
    nl = Text(100, required=True)
    en = Text(100, required=True)


class Cause(Command):
    key = fields.String(required=True, validate=[validate.Length(max=50), KEY])
    name = fields.Nested(CauseName, required=True)


class SaveCauses(Command):
    items = fields.List(fields.Nested(Cause), required=True, validate=validate.Length(1, 50))
