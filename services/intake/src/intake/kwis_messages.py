"""What comes in over RPC about complaints, wishes, questions and faults, and how requests hang together."""

from __future__ import annotations

from marshmallow import fields
from servicekit.schemas import Command

from intake.domain.priorities import IMPACTS, URGENCIES
from intake.domain.values import PRIORITIES
from intake.message_fields import Choice, Text
from intake.messages import Change


class SetPriority(Change):
    priority = Choice(*PRIORITIES)
    impact = Choice(*IMPACTS)
    urgency = Choice(*URGENCIES)
    reason = Text(2_000)


class SetMatrix(Command):
    """Whether it is whole, and makes sense, is for the domain to say."""

    version = fields.Integer(required=True, strict=True)
    cells = fields.Dict(
        keys=fields.String(), values=fields.Dict(keys=fields.String(), values=fields.String()), required=True
    )
