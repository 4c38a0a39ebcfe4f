"""What requesters are promised, and what became of it."""

from __future__ import annotations

from marshmallow import fields

from gateway.api.schemas.base import Body, Choice, Moment, Page, Text, View, page_of

WHATS = ("word", "result")
OUTCOMES = ("open", "kept", "broken", "replaced", "released")


class NewPromise(Body):
    """In place of the promise of its kind that stands. The requester is told."""

    until = Moment(required=True)
    what = Choice(*WHATS, metadata={"description": "`word` when not given: they hear from the desk."})
    text = Text(2000, metadata={"description": "What the requester gets to read with it."})


class PromiseFilter(Page):
    state = Choice(*OUTCOMES)
    what = Choice(*WHATS)
    team = Text(200, metadata={"description": "Who carries out what it is about; `-` is the desk itself."})
    until_from = Moment()
    until_before = Moment()
    made_from = Moment()
    made_before = Moment()


class NextPromise(View):
    until = fields.AwareDateTime(required=True)
    what = fields.String(required=True)


class MadePromise(View):
    """`answeredAt`: when the requester heard from us after one that was not kept."""

    number = fields.Integer(required=True)
    what = fields.String(required=True)
    made_at = fields.AwareDateTime(required=True)
    made_by = fields.String(
        required=True, allow_none=True, metadata={"description": "Null: it came with the receipt."}
    )
    until = fields.AwareDateTime(required=True)
    text = fields.String(required=True, allow_none=True)
    state = fields.String(required=True)
    ended_at = fields.AwareDateTime(required=True, allow_none=True)
    answered_at = fields.AwareDateTime(required=True, allow_none=True)


class PromiseOfRequest(MadePromise):
    request_id = fields.UUID(required=True)
    reference = fields.String(required=True)
    summary = fields.String(required=True)
    requester = fields.Dict(required=True, allow_none=True)
    priority = fields.String(required=True)
    request_state = fields.String(required=True)
    resolution = fields.String(required=True, allow_none=True)
    team = fields.String(required=True, allow_none=True)


class PromiseOutcomes(View):
    open = fields.Integer(required=True)
    kept = fields.Integer(required=True)
    broken = fields.Integer(required=True)
    replaced = fields.Integer(required=True)
    released = fields.Integer(required=True)


class PromisesOfTeam(PromiseOutcomes):
    team = fields.String(required=True, allow_none=True, metadata={"description": "Null: the desk."})
    filter = fields.String(required=True, metadata={"description": "As `team` of GET /v1/promises."})


class PromiseFigures(View):
    """`outcomes` are of what was promised for a moment in the period; `made` of what was made in it."""

    made = fields.Integer(required=True)
    outcomes = fields.Nested(PromiseOutcomes, required=True)
    teams = fields.List(fields.Nested(PromisesOfTeam), required=True)


PromisePage = page_of(PromiseOfRequest, "PromisePage")
