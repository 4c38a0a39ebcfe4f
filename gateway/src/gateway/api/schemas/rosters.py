"""When each of a team works."""

from __future__ import annotations

from marshmallow import fields, validate

from gateway.api.schemas.base import Body, View, page_of
from gateway.api.schemas.routing import WeekWindow


class PersonHoursView(View):
    provider_id = fields.UUID(required=True)
    account_id = fields.UUID(required=True)
    name = fields.String(required=True)
    own = fields.Boolean(required=True, metadata={"description": "False: works when the team does."})
    hours = fields.List(fields.Dict(), required=True, metadata={"description": "Their own, or the team's."})
    absent = fields.Boolean(required=True, metadata={"description": "Now."})
    version = fields.Integer(required=True)


class NewPersonHours(Body):
    """None: this one works when the team does."""

    hours = fields.List(fields.Nested(WeekWindow), required=True, validate=validate.Length(max=20))


class TeamDay(View):
    """What those of the team who are there have, and what is planned, in minutes."""

    on = fields.Date(required=True)
    capacity_minutes = fields.Integer(required=True)
    planned_minutes = fields.Integer(required=True)
    people = fields.Integer(required=True, metadata={"description": "Who work on that day of the week."})
    present = fields.Integer(
        required=True, metadata={"description": "Of those, who are there for a part of it."}
    )
    open_ended = fields.Integer(
        required=True, metadata={"description": "Orders of which nobody said until when: not counted."}
    )
    over = fields.Boolean(required=True)


PersonHoursPage = page_of(PersonHoursView, "PersonHoursPage")
