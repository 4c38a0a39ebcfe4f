"""Rounds: the stops of a plan, and what is known of each with its order."""

from __future__ import annotations

from marshmallow import fields, validate

from gateway.api.schemas.base import Body, Choice, Id, Text, View, Whole

MOST_STOPS, MOST_POINTS = 100, 20
OUTCOMES = ("done", "not_reachable", "defect")
STANDINGS = ("open", *OUTCOMES)


class RoundPoint(Body):
    """Something to look at."""

    text = Text(200, required=True)
    optional = fields.Boolean(metadata={"description": "It may stay open; false without it."})


class Stop(Body):
    """An object, a place, or only words."""

    title = Text(120, required=True)
    location_id = Id()
    asset_id = Id(metadata={"description": "Then its place is that of the object."})
    points = fields.List(fields.Nested(RoundPoint), validate=validate.Length(max=MOST_POINTS))
    optional = fields.Boolean(
        metadata={"description": "The round is done also without it; false without it."}
    )


class StopAnswer(Body):
    """What was found at one stop. A defect, and what could not be reached, needs a `note`."""

    note = Text(4000)
    stop = Whole(1, MOST_STOPS, required=True, metadata={"description": "Which one, from 1."})
    outcome = Choice(*OUTCOMES, required=True)
    checklist = fields.List(
        fields.Integer(strict=True, validate=validate.Range(0, 99)),
        allow_none=True,
        validate=validate.Length(max=100),
        metadata={"description": "The points of the stop that are in order, from 0."},
    )


class StopCounts(View):
    """How many stops a round has, and how many stand how."""

    stops = fields.Integer(required=True)
    open = fields.Integer(required=True)
    done = fields.Integer(required=True)
    not_reachable = fields.Integer(required=True)
    defect = fields.Integer(required=True)


class PlannedPoint(View):
    text = fields.String(required=True)
    optional = fields.Boolean(required=True)


class PlannedStop(View):
    title = fields.String(required=True)
    location = fields.Dict(required=True, allow_none=True, metadata={"description": "locationId and path."})
    asset = fields.Dict(required=True, allow_none=True, metadata={"description": "assetId, code and name."})
    points = fields.List(fields.Nested(PlannedPoint), required=True)
    optional = fields.Boolean(required=True)


class WalkedStop(PlannedStop):
    number = fields.Integer(required=True)
    standing = fields.String(required=True, validate=validate.OneOf(STANDINGS))
    ticked = fields.List(fields.Integer(), required=True)
    note = fields.String(required=True, allow_none=True)
    at = fields.AwareDateTime(required=True, allow_none=True)
    by = fields.String(required=True, allow_none=True)


def stop_counts(required: bool = False) -> fields.Nested:
    about = {"description": "Of a round: how its stops stand; null for other work."}
    return fields.Nested(StopCounts, allow_none=True, required=required, metadata=about)
