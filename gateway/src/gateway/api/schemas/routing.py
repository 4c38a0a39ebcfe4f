"""Routing rules, what providers can take on, and trying out who would get something."""

from __future__ import annotations

from marshmallow import fields, validate

from gateway.api.schemas.base import Body, Choice, Id, Localised, Moment, Text, View, Whole, page_of
from gateway.api.schemas.providers import OwnPatience, ProviderView

FIELDS = ("product", "category", "kind", "priority", "place", "intended", "time")
NEEDS = ("present", "room", "at_work", "place")
MOST = 200


def words(most: int = 100) -> fields.List:
    return fields.List(Text(most, required=True), allow_none=True, validate=validate.Length(max=MOST))


class WeekWindow(Body):
    days = fields.List(
        fields.Integer(strict=True, validate=validate.Range(1, 7)),
        required=True,
        validate=validate.Length(1, 7),
        metadata={"description": "1 is Monday."},
    )
    start = Text(5, required=True, metadata={"description": "Such as 07:30, in the organisation's own time."})
    end = Text(5, required=True, metadata={"description": "Before the start: on the next day."})


class RuleCondition(Body):
    field = Choice(*FIELDS, required=True)
    values = words()
    negated = fields.Boolean(allow_none=True)
    window = fields.Nested(
        WeekWindow, allow_none=True, metadata={"description": "Of a `time`, which takes no values."}
    )


class NewRoutingRule(Body):
    name = Text(100, required=True)
    active = fields.Boolean(allow_none=True)
    conditions = fields.List(
        fields.Nested(RuleCondition),
        allow_none=True,
        validate=validate.Length(max=20),
        metadata={"description": "All must hold; none: it always applies."},
    )
    providers = words()
    skill = Text(
        100, metadata={"description": "Instead of providers: the least loaded of those who have it."}
    )
    needs = fields.List(Choice(*NEEDS, required=True), allow_none=True)
    otherwise = Choice(
        "next",
        "triage",
        metadata={"description": "When nobody of it can: look further down, or let a person decide."},
    )
    note = Text(2000)


class NewPosition(Body):
    position = Whole(1, 10_000, required=True)


class RoutingRuleView(View):
    rule_id = fields.UUID(required=True)
    position = fields.Integer(required=True)
    name = fields.String(required=True)
    active = fields.Boolean(required=True)
    conditions = fields.List(fields.Dict(), required=True)
    providers = fields.List(fields.Dict())
    skill = fields.String(allow_none=True)
    needs = fields.List(fields.String())
    otherwise = fields.String()
    note = fields.String(allow_none=True)
    version = fields.Integer(required=True)
    updated_at = fields.AwareDateTime()
    updated_by = fields.String(metadata={"description": "Its owner: who hears when it cannot be applied."})
    fault = fields.String(
        allow_none=True, metadata={"description": "Why it cannot be applied; requests wait for a person."}
    )
    covered_by = fields.Dict(
        allow_none=True, metadata={"description": "The rule above it that leaves it nothing."}
    )


class RoutingQuestion(Body):
    product_id = Id(required=True)
    kind = Choice("order", "complaint", "wish", "information", "fault")
    priority = Choice("P1", "P2", "P3", "P4")
    location_id = Id()
    at = Moment(metadata={"description": "Now when not given."})
    drafts = fields.Boolean(
        allow_none=True, metadata={"description": "As if the rules that are off were on."}
    )


class TriedStep(View):
    key = fields.String(required=True)
    title = Localised()
    intended = fields.String(metadata={"description": "Whom the process names."})
    provider = fields.Dict(allow_none=True, metadata={"description": "Who gets it; null: a person decides."})
    why = fields.Dict()
    error = fields.Dict(allow_none=True)
    rules = fields.List(
        fields.Dict(), metadata={"description": "Each rule that was looked at, and what came of it."}
    )


class RoutingTryView(View):
    steps = fields.List(fields.Nested(TriedStep), required=True)
    at = fields.AwareDateTime(required=True)


class Absence(Body):
    start = Moment(required=True)
    end = Moment(required=True)
    reason = Text(500)
    stand_in = Text(60, metadata={"description": "The slug of who gets its orders meanwhile."})


class NewProfile(Body):
    skills = words()
    places = fields.List(Id(required=True), allow_none=True, validate=validate.Length(max=MOST))
    hours = fields.List(fields.Nested(WeekWindow), allow_none=True, validate=validate.Length(max=50))
    capacity = Whole(1, 100_000, metadata={"description": "Orders in hand at most; none: no limit."})
    absences = fields.List(fields.Nested(Absence), allow_none=True, validate=validate.Length(max=100))
    emails = fields.List(
        fields.Email(validate=validate.Length(max=254)),
        allow_none=True,
        validate=validate.Length(max=5),
        metadata={
            "description": "Where a supplier with the portal hears of its orders, with a link to each."
        },
    )
    language = Choice("nl", "en", metadata={"description": "Of the mails to it; nl without it."})
    patience = fields.Nested(OwnPatience, metadata={"description": "Its own terms for being silent."})


class ProfileView(ProviderView):
    skills = fields.List(fields.String())
    places = fields.List(fields.Dict(), metadata={"description": "None: everywhere."})
    hours = fields.List(fields.Dict(), metadata={"description": "None: always."})
    capacity = fields.Integer(allow_none=True)
    capacity_now = fields.Integer(
        allow_none=True, metadata={"description": "What is left of it with those of the team who are there."}
    )
    people = fields.Integer(metadata={"description": "Of a team, whose hours count (see its hours)."})
    people_absent = fields.Integer(metadata={"description": "Of those, now."})
    in_hand = fields.Integer(allow_none=True, metadata={"description": "Counted where there is a capacity."})
    absences = fields.List(fields.Dict())
    emails = fields.List(fields.String())
    language = fields.String(metadata={"description": "Of the mails to it."})
    patience = fields.Dict(metadata={"description": "Its own terms for being silent."})
    silences = fields.Dict(metadata={"description": "Of the last 90 days: reminders, escalations, no-shows."})
    absent_until = fields.AwareDateTime(allow_none=True)
    gone = fields.Boolean(metadata={"description": "Its access was revoked."})
    version = fields.Integer(metadata={"description": "Of the profile: 0 when there is none yet."})


class ByHand(Body):
    provider_id = Id(required=True)
    reason = Text(2000, required=True)


class PlannedView(View):
    request_id = fields.UUID(required=True)
    planned = fields.Boolean(required=True)


RoutingRulePage = page_of(RoutingRuleView, "RoutingRulePage")
