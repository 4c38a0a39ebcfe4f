"""The repair list: what failed, and what is done about it."""

from __future__ import annotations

from marshmallow import fields, validate

from gateway.api.schemas.base import Body, Choice, Id, Page, Text, View, Whole, page_of

KINDS = ("message", "unrouted", "delivery", "refusal", "unplannable", "rule", "mail", "plan")
STATES = ("open", "replayed", "resolved", "set_aside")
OUTCOMES = ("replayed", "set_aside", "already", "refused", "failed")
AT_ONCE = 500
CAUSE = {"description": "As an earlier answer gave it, such as `delivery:vonk-val:away`."}
UP_TO = {"description": "`upTo` of an earlier answer: what failed anew since then is left alone."}


class CauseFilter(Body):
    state = Choice(*STATES, metadata={"description": "`open` when not given."})
    kind = Choice(*KINDS)


class FailureFilter(Page):
    state = Choice(*STATES, metadata={"description": "`open` when not given."})
    kind = Choice(*KINDS)
    cause = Text(300, metadata=CAUSE)


class OneCause(Body):
    cause = Text(300, required=True, metadata=CAUSE)


class Which(Body):
    """Either some by their id, or what is open of one cause, at most 500 at a time."""

    failure_ids = fields.List(Id(required=True), validate=validate.Length(1, AT_ONCE), allow_none=True)
    cause = Text(300, metadata=CAUSE)
    up_to = Whole(0, 2**53, metadata=UP_TO)


class SetAside(Which):
    reason = Text(2000, required=True)


class FailureCause(View):
    service = fields.String(required=True)
    cause = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    type = fields.String(required=True)
    reason_type = fields.String(required=True)
    reason = fields.String(required=True, metadata={"description": "Of the newest; no personal values."})
    count = fields.Integer(required=True)
    replayable = fields.Integer(required=True)
    first_at = fields.AwareDateTime(required=True)
    last_at = fields.AwareDateTime(required=True)
    up_to = fields.Integer(required=True)


class FailureOverview(View):
    items = fields.List(fields.Nested(FailureCause), required=True)
    total = fields.Integer(required=True)
    unavailable = fields.List(
        fields.String(), required=True, metadata={"description": "Services that did not answer."}
    )


class FailureProvider(View):
    slug = fields.String(required=True)
    name = fields.String(required=True)


class FailureSubject(View):
    label = fields.String(required=True)
    reference = fields.String()
    number = fields.String()
    request_id = fields.UUID()
    work_order_id = fields.UUID()
    provider = fields.Nested(FailureProvider)
    errand = fields.String()
    template = fields.String()


class FailureLine(View):
    failure_id = fields.UUID(required=True)
    service = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    cause = fields.String(required=True)
    type = fields.String(required=True)
    reason_type = fields.String(required=True)
    reason = fields.String(required=True)
    subject = fields.Nested(FailureSubject, required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    replayable = fields.Boolean(required=True)
    attempts = fields.Integer(required=True)
    times = fields.Integer(required=True, metadata={"description": "How often it ended here."})
    failed_at = fields.AwareDateTime(required=True)
    decided_at = fields.AwareDateTime(allow_none=True)
    decided_by = fields.String(allow_none=True)
    note = fields.String(allow_none=True)


class FailureDecision(View):
    state = fields.String(required=True)
    by = fields.String(required=True)
    note = fields.String(required=True)
    at = fields.AwareDateTime(required=True)


class FailureView(FailureLine):
    """`body` and `headers` are those of a message; what may be personal in them is hidden."""

    history = fields.List(fields.Nested(FailureDecision), required=True)
    correlation_id = fields.String(allow_none=True)
    body = fields.Raw()
    headers = fields.Dict()


class FailurePreview(View):
    count = fields.Integer(required=True)
    replayable = fields.Integer(required=True)
    at_once = fields.Integer(required=True)
    up_to = fields.Integer(required=True, allow_none=True)
    items = fields.List(fields.Nested(FailureLine), required=True)


class FailureOutcome(View):
    failure_id = fields.UUID(required=True)
    label = fields.String(required=True)
    outcome = fields.String(required=True, validate=validate.OneOf(OUTCOMES))
    detail = fields.String(required=True)


class FailureOutcomes(View):
    items = fields.List(fields.Nested(FailureOutcome), required=True)
    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    remaining = fields.Integer(
        required=True, metadata={"description": "Still open of the cause, up to `upTo`."}
    )
    up_to = fields.Integer(required=True, allow_none=True)


FailurePage = page_of(FailureLine, "FailurePage")
