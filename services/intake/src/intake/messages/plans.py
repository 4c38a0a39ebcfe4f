"""What comes in over RPC about planned work."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema
from servicekit.schemas import Command

from intake.domain.plans import MOST_LEAD, MOST_SHOWN, Closed, State
from intake.domain.rounds import MOST_POINTS, MOST_STOPS
from intake.messages.fields import Answers, Choice, Id, Text

FAR = 2100


class Day(fields.Date):
    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        day = super()._deserialize(value, attr, data, **kwargs)
        if not 2000 <= day.year <= FAR:
            raise ValidationError(f"Give a day between 2000 and {FAR}.")
        return day


class PatternFields(Command):
    rule = Text(200, required=True)
    starts_on = Day(required=True)
    until = Day(load_default=None, allow_none=True)
    closed = Choice(*Closed, load_default=Closed.NEXT)
    lead_days = fields.Integer(load_default=0, strict=True, validate=validate.Range(0, MOST_LEAD))

    @validates_schema
    def in_order(self, data: dict[str, Any], **_: Any) -> None:
        if data.get("until") and data["until"] < data["starts_on"]:
            raise ValidationError("The last day comes before the first.", "until")


class PreviewPlan(PatternFields):
    most = fields.Integer(load_default=10, strict=True, validate=validate.Range(1, MOST_SHOWN))


class Point(Command):
    """Something to look at; one that is optional may stay open."""

    text = Text(200, required=True)
    optional = fields.Boolean(load_default=False)


class Stop(Command):
    """Of a round: an object, a place or only words, and what to look at there."""

    title = Text(120, required=True)
    location_id = Id()
    asset_id = Id()
    points = fields.List(fields.Nested(Point), load_default=list, validate=validate.Length(max=MOST_POINTS))
    optional = fields.Boolean(load_default=False)


class SavePlan(PatternFields):
    name = Text(120, required=True)
    text = Text(20_000, required=True)
    product_id = Id(required=True)
    location_id = Id()
    answers = Answers()
    provider = Text(60)
    stops = fields.List(fields.Nested(Stop), load_default=list, validate=validate.Length(max=MOST_STOPS))


class ListPlans(Command):
    state = Choice(*State)
    location_id = Id()


class OnePlan(Command):
    plan_id = Id(required=True)


class ChangeOnePlan(SavePlan):
    plan_id = Id(required=True)
    version = fields.Integer(required=True, strict=True)
    reason = Text(2_000)


class DecideOnePlan(OnePlan):
    version = fields.Integer(required=True, strict=True)
    reason = Text(2_000)
