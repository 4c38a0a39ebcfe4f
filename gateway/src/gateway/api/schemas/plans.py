"""Planned work: rules, and the dates that come of them."""

from __future__ import annotations

from marshmallow import fields, validate

from gateway.api.schemas.base import Answers, Body, Choice, Id, Text, View, Whole
from gateway.api.schemas.rounds import MOST_STOPS, PlannedStop, Stop, stop_counts

STATES = ("active", "paused", "ended")
CLOSED = ("keep", "skip", "next", "previous")
FATES = ("made", "missed", "skipped", "stuck")


class PlanFilter(Body):
    state = Choice(*STATES)
    location_id = Id(metadata={"description": "Those of this place, or of one that it lies in."})


class Pattern(Body):
    rule = Text(
        200, required=True,
        metadata={
            "description": "RFC 5545, from FREQ, INTERVAL, BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS, WKST.",
            "example": "FREQ=MONTHLY;BYDAY=1MO",
        },
    )  # fmt: skip
    starts_on = fields.Date(required=True, format="iso")
    until = fields.Date(format="iso", allow_none=True, metadata={"description": "The last day, included."})
    closed = Choice(
        *CLOSED, metadata={"description": "A date on which the organisation is closed; `next` without it."}
    )
    lead_days = Whole(0, 60, metadata={"description": "How many days before a date its work is made; 0."})


class NewPreview(Pattern):
    most = Whole(1, 30)


class NewPlan(Pattern):
    name = Text(120, required=True)
    text = Text(20_000, required=True)
    product_id = Id(required=True)
    location_id = Id()
    answers = Answers()
    provider = Text(
        60,
        metadata={
            "description": "Who does its first step: a provider's slug, before all rules. One that is not "
            "known keeps the work waiting in the repair list."
        },
    )
    stops = fields.List(
        fields.Nested(Stop),
        validate=validate.Length(max=MOST_STOPS),
        metadata={"description": "Of a round: one order goes past all of them, in this order."},
    )


class ChangedPlan(NewPlan):
    """`startsOn` is the date from which it counts."""

    reason = Text(2_000)


class PlanReason(Body):
    reason = Text(2_000)


class PlannedDate(View):
    rule_date = fields.Date(required=True, metadata={"description": "What the rule says."})
    work_on = fields.Date(
        required=True, allow_none=True, metadata={"description": "When the work is; null: it is skipped."}
    )


class Preview(View):
    dates = fields.List(fields.Nested(PlannedDate), required=True)
    why_none = fields.String(
        allow_none=True, metadata={"description": "Of a rule that gives no date from today."}
    )


class WorkPlanView(View):
    plan_id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    name = fields.String(required=True)
    text = fields.String(required=True)
    product = fields.Dict(required=True)
    location_id = fields.UUID(required=True, allow_none=True)
    place = fields.String(required=True, allow_none=True)
    answers = fields.Dict(required=True)
    stops = fields.List(fields.Nested(PlannedStop), required=True)
    provider = fields.String(required=True, allow_none=True)
    rule = fields.String(required=True)
    starts_on = fields.Date(required=True)
    until = fields.Date(required=True, allow_none=True)
    closed = fields.String(required=True, validate=validate.OneOf(CLOSED))
    lead_days = fields.Integer(required=True)
    keeper = fields.Dict(required=True, metadata={"description": "In whose name the work is made."})
    replaces = fields.UUID(
        required=True, allow_none=True, metadata={"description": "The plan of which this is a change."}
    )
    changed_at = fields.AwareDateTime(required=True)
    changed_by = fields.Dict(required=True)
    reason = fields.String(required=True, allow_none=True)
    next = fields.List(fields.Nested(PlannedDate), required=True)


class PlanList(View):
    items = fields.List(fields.Nested(WorkPlanView), required=True)


class DealtDate(PlannedDate):
    fate = fields.String(required=True, validate=validate.OneOf(FATES))
    request_id = fields.UUID(required=True, allow_none=True)
    reference = fields.String(required=True, allow_none=True)
    state = fields.String(
        required=True, allow_none=True, metadata={"description": "Of the request that was made."}
    )
    at = fields.AwareDateTime(required=True)
    stop_counts = stop_counts(required=True)
    failure_id = fields.UUID(
        required=True, allow_none=True, metadata={"description": "Of one that is stuck: in the repair list."}
    )


class WholePlan(WorkPlanView):
    days = fields.List(
        fields.Nested(DealtDate), required=True, metadata={"description": "The newest 100, newest first."}
    )
