"""Commands about the links to an order. Strict, as those of `messages`."""

from __future__ import annotations

from marshmallow import fields, validate
from servicekit.schemas import Command

from dispatch.messages import TEXT


class OneOrder(Command):
    work_order_id = fields.UUID(required=True)


class GetOrderByLink(OneOrder):
    serial = fields.Integer(strict=True, required=True, validate=validate.Range(min=0))


class EndOrderLinks(OneOrder):
    """`send`: with a new one in the mail."""

    reason = fields.String(required=True, validate=TEXT)
    send = fields.Boolean(load_default=False)
