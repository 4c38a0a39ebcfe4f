"""What comes in about leaving the regular process, checked for shape."""

from __future__ import annotations

from marshmallow import fields, validate
from servicekit.paging import DEFAULT_LIMIT, MAX_LIMIT
from servicekit.schemas import Command, Fact

from dispatch.domain.deviations import Kind
from dispatch.messages import moment


class ListDeviations(Command):
    request_id = fields.UUID(allow_none=True)
    product_id = fields.UUID(allow_none=True)
    kind = fields.String(allow_none=True, validate=validate.OneOf([kind.value for kind in Kind]))
    since = moment()
    before = moment()
    cursor = fields.String(allow_none=True, load_default=None)
    limit = fields.Integer(
        strict=True, load_default=DEFAULT_LIMIT, validate=validate.Range(min=1, max=MAX_LIMIT)
    )


class AddStep(Command):
    request_id = fields.UUID(required=True)
    title = fields.String(required=True, validate=validate.Length(min=1, max=200))
    provider_id = fields.UUID(required=True)
    reason = fields.String(required=True, validate=validate.Length(min=1, max=2000))
    instructions = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=4000))


class Who(Fact):
    kind = fields.String(required=True)
    name = fields.String(required=True, allow_none=True)


class PromiseMade(Fact):
    request_id = fields.UUID(required=True)
    sequence = fields.Integer(required=True)
    reference = fields.String(required=True)
    by = fields.Nested(Who, required=True)
    what = fields.String(required=True)
    until = fields.AwareDateTime(required=True)
    text = fields.String(required=True, allow_none=True)
    at = fields.AwareDateTime(required=True)


class Overruled(Fact):
    product_id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    name = fields.Dict(required=True)


class RuleOverruled(Fact):
    request_id = fields.UUID(required=True)
    sequence = fields.Integer(required=True)
    reference = fields.String(required=True)
    by = fields.Nested(Who, required=True)
    rule = fields.String(required=True)
    reason = fields.String(required=True)
    product = fields.Nested(Overruled, required=True)
    at = fields.AwareDateTime(required=True)
