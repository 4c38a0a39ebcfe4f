"""Links with which a supplier without an account sees one order and acts on it."""

from __future__ import annotations

from marshmallow import fields

from gateway.api.schemas.base import Body, Text, View


class OrderLinkView(View):
    path = fields.String(required=True, metadata={"description": "Behind the address of this desk."})
    expires_at = fields.AwareDateTime(required=True)


class OrderLinksView(View):
    work_order_id = fields.UUID(required=True)
    serial = fields.Integer(
        required=True, metadata={"description": "How often they were ended; only later ones are good."}
    )
    used_at = fields.AwareDateTime(
        required=True,
        allow_none=True,
        metadata={"description": "Last, to the minute, with one that was good."},
    )
    ended_at = fields.AwareDateTime(required=True, allow_none=True)
    ended_by = fields.String(required=True, allow_none=True)
    ended_why = fields.String(required=True, allow_none=True)
    sent = fields.Integer(required=True, metadata={"description": "How often the desk mailed one anew."})
    sent_at = fields.AwareDateTime(required=True, allow_none=True)
    to = fields.List(
        fields.String(), required=True, metadata={"description": "Where one would be mailed; empty: nowhere."}
    )


class EndingLinks(Body):
    """`send`: mail a new one, to the addresses of the supplier's profile."""

    reason = Text(2000, required=True)
    send = fields.Boolean(allow_none=True)
