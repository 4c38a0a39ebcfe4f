"""What comes in over RPC about what keeps coming back."""

from __future__ import annotations

from marshmallow import fields, validate
from servicekit.schemas import Command

from intake.domain.repeats import LEAST_TO_SHOW, State
from intake.messages.fields import Choice, Id, Text


class ListRepeats(Command):
    state = Choice(*State, load_default=State.OPEN)
    least = fields.Integer(load_default=LEAST_TO_SHOW, strict=True, validate=validate.Range(1, 1_000))


class OneRepeat(Command):
    repeat_id = Id(required=True)


class ChangeRepeat(OneRepeat):
    """`version`: what was looked at."""

    version = fields.Integer(required=True, strict=True)


class SetAside(ChangeRepeat):
    reason = Text(2_000, required=True)
