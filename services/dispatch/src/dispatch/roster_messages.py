"""Commands about when each of a team works. Strict, as those of `messages`."""

from __future__ import annotations

from marshmallow import fields, validate
from servicekit.schemas import Command

from dispatch.commands import WeekWindow


class ListPeople(Command):
    provider_id = fields.UUID(allow_none=True, load_default=None)


class TeamPerson(Command):
    """As the gateway keeps the account."""

    account_id = fields.UUID(required=True)
    name = fields.String(required=True, validate=validate.Length(1, 200))


class SavePersonHours(Command):
    """`version` of the hours that were read: 0 when nobody had changed them yet."""

    provider_id = fields.UUID(required=True)
    account_id = fields.UUID(required=True)
    version = fields.Integer(strict=True, required=True, validate=validate.Range(min=0))
    hours = fields.List(fields.Nested(WeekWindow), required=True, validate=validate.Length(max=20))
    people = fields.List(fields.Nested(TeamPerson), required=True, validate=validate.Length(1, 500))
