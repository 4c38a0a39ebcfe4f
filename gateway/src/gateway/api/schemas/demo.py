"""The demo's clock, mailbox and suppliers."""

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


class MailAnswer(Body):
    """To one of the mails in the mailbox, from its reader."""

    message_id = Text(998, required=True)
    text = Text(18_000, required=True)


class Switch(Body):
    running = fields.Boolean(allow_none=True)
    mode = Text(20, metadata={"description": "One of the `modes` of the program."})


class ProgramList(View):
    items = fields.List(fields.Dict(), required=True, metadata={"description": "name, running, mode, modes."})
