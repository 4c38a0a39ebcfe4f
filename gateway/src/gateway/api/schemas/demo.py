"""The demo's clock and mailbox."""

from __future__ import annotations

from marshmallow import fields

from gateway.api.schemas.base import Body, Text, View


class Advance(Body):
    advance = Text(40, required=True, metadata={"description": "ISO 8601, such as PT8H or P1DT30M."})


class ClockFace(View):
    now = fields.AwareDateTime(required=True)
    offset_seconds = fields.Float(required=True)


class Mailbox(View):
    items = fields.List(fields.Dict(), required=True)
