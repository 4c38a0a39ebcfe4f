"""What comes in over RPC about confidential requests."""

from __future__ import annotations

from marshmallow import fields, validate
from servicekit.schemas import Command, Fact

from intake.messages.shapes import Change

MOST_READERS = 20


class Confide(Change):
    """Without readers: the confidants of the house."""

    reader_ids = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=MOST_READERS))


class OrderOpened(Fact):
    request_id = fields.UUID(required=True)
    provider = fields.Dict(required=True)
    actor_id = fields.String(required=True)
    name = fields.String(required=True)
    at = fields.AwareDateTime(required=True)


class SaveConfidants(Command):
    person_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(max=MOST_READERS))
