"""Commands about who of a team does an order. Strict, as those of `messages`."""

from __future__ import annotations

from marshmallow import fields, validate
from servicekit.schemas import Command

from dispatch.domain.absences import Reason
from dispatch.domain.assignment import Whose
from dispatch.domain.walking import By
from dispatch.messages import TEXT, text


class OneOrder(Command):
    work_order_id = fields.UUID(required=True)
    version = fields.Integer(strict=True, required=True)


class GiveBackWorkOrder(OneOrder):
    reason = text()


class AssignWorkOrder(OneOrder):
    """`name` of the colleague's account, as the gateway keeps it."""

    account_id = fields.UUID(required=True)
    name = fields.String(required=True, validate=validate.Length(1, 200))
    reason = text()


class HandOverWorkOrder(OneOrder):
    provider_id = fields.UUID(required=True)
    reason = fields.String(required=True, validate=TEXT)


class GetWorkList(Command):
    whose = fields.Enum(
        Whose,
        by_value=True,
        load_default=Whose.TEAM,
        validate=validate.NoneOf([Whose.PERSON], error="Say which person."),
    )
    order = fields.Enum(By, by_value=True, load_default=By.URGENCY)
    provider_id = fields.UUID(allow_none=True, load_default=None)
    person = fields.UUID(allow_none=True, load_default=None)
    place = fields.String(allow_none=True, load_default=None, validate=validate.Length(1, 200))


class ListAbsences(Command):
    provider_id = fields.UUID(allow_none=True, load_default=None)
    start = fields.AwareDateTime(allow_none=True, load_default=None)
    end = fields.AwareDateTime(allow_none=True, load_default=None)


class SaveAbsence(Command):
    """`name` of the account, as the gateway keeps it."""

    account_id = fields.UUID(required=True)
    name = fields.String(required=True, validate=validate.Length(1, 200))
    start = fields.AwareDateTime(required=True)
    end = fields.AwareDateTime(required=True)
    reason = fields.Enum(Reason, by_value=True, required=True)
    note = text()


class OneAbsence(Command):
    absence_id = fields.UUID(required=True)


class GetTeamCalendar(Command):
    start = fields.AwareDateTime(allow_none=True, load_default=None)
    end = fields.AwareDateTime(allow_none=True, load_default=None)
    provider_id = fields.UUID(allow_none=True, load_default=None)
    person = fields.UUID(allow_none=True, load_default=None)


class CheckPlan(Command):
    """`name` of the account that gets it, as the gateway keeps it."""

    work_order_id = fields.UUID(required=True)
    planned_from = fields.AwareDateTime(required=True)
    planned_until = fields.AwareDateTime(allow_none=True, load_default=None)
    account_id = fields.UUID(allow_none=True, load_default=None)
    name = fields.String(allow_none=True, load_default=None, validate=validate.Length(1, 200))


class PlanWorkOrder(CheckPlan):
    version = fields.Integer(strict=True, required=True)
    ask = fields.Boolean(load_default=False)
    anyway = fields.Boolean(load_default=False)
    reason = text()
