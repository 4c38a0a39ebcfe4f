"""Commands about who of a team does an order. Strict, as those of `messages`."""

from __future__ import annotations

from marshmallow import fields, validate
from servicekit.schemas import Command

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
