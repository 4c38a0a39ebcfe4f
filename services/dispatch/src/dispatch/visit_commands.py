"""Commands about visits. Strict, as those of `messages`."""

from __future__ import annotations

from marshmallow import fields, validate
from servicekit.schemas import Command

from dispatch.domain.visits import LEAST, MOST, WAYS
from dispatch.domain.work_order_states import Action
from dispatch.messages import COST, HoursLine, MaterialLine, Pause, evidence, moment, text


class PlanVisit(Command):
    work_order_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(LEAST, MOST))
    note = text()


class OneVisit(Command):
    visit_id = fields.UUID(required=True)


class ListVisits(Command):
    provider_id = fields.UUID(allow_none=True)


class DissolveVisit(OneVisit):
    """`version` of the visit that was looked at."""

    version = fields.Integer(strict=True, allow_none=True)


class LeaveVisit(DissolveVisit):
    work_order_id = fields.UUID(required=True)


class JoinVisit(DissolveVisit):
    work_order_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(1, MOST))


class GetCompany(Command):
    work_order_id = fields.UUID(required=True)


class ActOnVisit(DissolveVisit):
    """`all_points`: every point of every checklist was done. Files belong to one order, not to a visit."""

    action = fields.Enum(Action, by_value=True, required=True, validate=validate.OneOf(list(WAYS)))
    all_points = fields.Boolean(load_default=False)
    note = text()
    reason = text()
    planned_from = moment()
    planned_until = moment()
    cost_cents = fields.Integer(strict=True, allow_none=True, validate=COST)
    evidence = evidence()
    pause = fields.Nested(Pause, allow_none=True)
    time = fields.List(fields.Nested(HoursLine), allow_none=True, validate=validate.Length(max=30))
    material = fields.List(fields.Nested(MaterialLine), allow_none=True, validate=validate.Length(max=100))
