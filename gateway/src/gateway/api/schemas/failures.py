"""Messages that could not be handled."""

from __future__ import annotations

from marshmallow import fields, validate

from gateway.api.schemas.base import Body, Choice, Id, Page, Text, View, page_of


class FailureFilter(Page):
    state = Choice("open", "replayed", "set_aside")


class Cause(Body):
    type = Text(200, required=True)
    reason_type = Text(200, required=True)


class Which(Body):
    """Either some by their id, or all open ones of one cause."""

    message_ids = fields.List(Id(required=True), validate=validate.Length(1, 1000), allow_none=True)
    cause = fields.Nested(Cause, allow_none=True)


class SetAside(Which):
    reason = Text(2000, required=True)


class FailureGroup(View):
    service = fields.String(required=True)
    type = fields.String(required=True)
    reason_type = fields.String()
    reason = fields.String()
    count = fields.Integer(required=True)
    first_at = fields.AwareDateTime()
    last_at = fields.AwareDateTime()


class FailureOverview(View):
    items = fields.List(fields.Nested(FailureGroup), required=True)
    unavailable = fields.List(fields.String(), required=True)


class FailureView(View):
    message_id = fields.UUID(required=True)
    type = fields.String()
    reason_type = fields.String()
    reason = fields.String()
    state = fields.String()
    failed_at = fields.AwareDateTime()
    times = fields.Integer()


class Replayed(View):
    replayed = fields.List(fields.UUID(), required=True)
    failed = fields.Integer(required=True)
    skipped = fields.Integer(required=True)


class Decided(View):
    set_aside = fields.List(fields.UUID(), required=True)
    skipped = fields.Integer(required=True)


FailurePage = page_of(FailureView, "FailurePage")
