"""Commands about routing and about what providers can take on. Strict, as those of `messages`."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate
from servicekit.schemas import Command

from dispatch.domain.profiles import Need
from dispatch.domain.routing_rules import Field, Otherwise
from dispatch.messages import TEXT, moment, text

WORD = validate.Length(min=1, max=100)
CLOCK = validate.Regexp(r"^([01]\d|2[0-3]):[0-5]\d$", error="Give a time such as 07:30.")
DAYS = fields.List(
    fields.Integer(strict=True, validate=validate.Range(1, 7)), required=True, validate=validate.Length(1, 7)
)
MOST = 200  # of anything that one rule or profile lists


def words() -> fields.List:
    return fields.List(fields.String(validate=WORD), load_default=list, validate=validate.Length(max=MOST))


def silent_minutes(**more: Any) -> fields.Integer:
    """Working minutes in which a provider may say nothing."""
    return fields.Integer(strict=True, validate=validate.Range(1, 100_000), **more)


class OwnPatience(Command):
    """A provider's own terms; what it has none of is the house's."""

    answer_minutes = silent_minutes(allow_none=True)
    plan_minutes = silent_minutes(allow_none=True)
    start_minutes = silent_minutes(allow_none=True)
    word_minutes = silent_minutes(allow_none=True)
    escalate_minutes = silent_minutes(allow_none=True)


class WeekWindow(Command):
    """`days` from 1 (Monday) to 7; an end before the start lies on the next day."""

    days = DAYS
    start = fields.String(required=True, validate=CLOCK)
    end = fields.String(required=True, validate=CLOCK)


class RuleCondition(Command):
    field = fields.Enum(Field, by_value=True, required=True)
    values = words()
    negated = fields.Boolean(load_default=False)
    window = fields.Nested(WeekWindow, allow_none=True, load_default=None)


class SaveRoutingRule(Command):
    """`rule_id` and `version` of the rule that is changed; without them it is a new one, at the end."""

    rule_id = fields.UUID(allow_none=True, load_default=None)
    version = fields.Integer(strict=True, allow_none=True, load_default=None)
    name = fields.String(required=True, validate=WORD)
    active = fields.Boolean(load_default=True)
    conditions = fields.List(
        fields.Nested(RuleCondition), load_default=list, validate=validate.Length(max=20)
    )
    providers = words()
    skill = fields.String(allow_none=True, load_default=None, validate=WORD)
    needs = fields.List(
        fields.Enum(Need, by_value=True), load_default=lambda: [Need.PRESENT, Need.ROOM, Need.PLACE]
    )
    otherwise = fields.Enum(Otherwise, by_value=True, load_default=Otherwise.NEXT)
    note = text()


class OneRule(Command):
    rule_id = fields.UUID(required=True)


class MoveRoutingRule(OneRule):
    """`position` from 1: where it comes to stand."""

    version = fields.Integer(strict=True, required=True)
    position = fields.Integer(strict=True, required=True, validate=validate.Range(1, 10_000))


class DeleteRoutingRule(OneRule):
    version = fields.Integer(strict=True, required=True)


class TryRouting(Command):
    """What is not given is taken from the product; `drafts`: as if the rules that are off were on."""

    product_id = fields.UUID(required=True)
    kind = fields.String(allow_none=True, load_default=None, validate=WORD)
    priority = fields.String(allow_none=True, load_default=None, validate=WORD)
    location_id = fields.UUID(allow_none=True, load_default=None)
    at = moment()
    drafts = fields.Boolean(load_default=False)


class AbsencePeriod(Command):
    start = fields.AwareDateTime(format="iso", required=True)
    end = fields.AwareDateTime(format="iso", required=True)
    reason = text()
    stand_in = fields.String(allow_none=True, validate=WORD)


class OneProvider(Command):
    provider_id = fields.UUID(required=True)


class SaveProviderProfile(OneProvider):
    """`version` of the profile that was read: 0 when there was none yet."""

    version = fields.Integer(strict=True, required=True, validate=validate.Range(min=0))
    skills = words()
    places = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=MOST))
    hours = fields.List(fields.Nested(WeekWindow), load_default=list, validate=validate.Length(max=50))
    capacity = fields.Integer(
        strict=True, allow_none=True, load_default=None, validate=validate.Range(1, 100_000)
    )
    absences = fields.List(fields.Nested(AbsencePeriod), load_default=list, validate=validate.Length(max=100))
    patience = fields.Nested(OwnPatience, load_default=dict)
    emails = fields.List(
        fields.Email(validate=validate.Length(max=254)), load_default=list, validate=validate.Length(max=5)
    )
    language = fields.String(load_default="nl", validate=validate.OneOf(["nl", "en"]))


class ListAppointments(Command):
    request_id = fields.UUID(required=True)


class AnswerAppointment(Command):
    """`choice` of the moments, from 0; or `reason`: which moments would suit instead."""

    work_order_id = fields.UUID(required=True)
    version = fields.Integer(strict=True, required=True)
    choice = fields.Integer(strict=True, allow_none=True, validate=validate.Range(0, 4))
    reason = text()


class Way(Command):
    """Between two buildings, either way."""

    between = fields.List(
        fields.String(validate=validate.Length(1, 200)), required=True, validate=validate.Length(equal=2)
    )
    minutes = fields.Integer(strict=True, required=True, validate=validate.Range(1, 600))


class ListChecks(Command):
    request_id = fields.UUID(required=True)


class AnswerCheck(Command):
    """`reason`: what is not right, when it is not."""

    work_order_id = fields.UUID(required=True)
    version = fields.Integer(strict=True, required=True)
    right = fields.Boolean(required=True)
    reason = text()


class SaveOrderTerms(Command):
    """`version` of the terms that were read: 0 when nobody had changed them yet."""

    version = fields.Integer(strict=True, required=True, validate=validate.Range(min=0))
    cost_margin_percent = fields.Integer(strict=True, required=True, validate=validate.Range(0, 100))
    extra_desk_cents = fields.Integer(strict=True, validate=validate.Range(0, 100_000_000))
    answer_minutes = silent_minutes()
    plan_minutes = silent_minutes()
    start_minutes = silent_minutes()
    word_minutes = silent_minutes()
    escalate_minutes = silent_minutes()
    travel = fields.List(fields.Nested(Way), validate=validate.Length(max=200))


class OneOrderFile(Command):
    work_order_id = fields.UUID(required=True)
    file_id = fields.UUID(required=True)


class KnownFiles(Command):
    digests = fields.List(
        fields.String(validate=validate.Regexp(r"[0-9a-f]{64}\Z")),
        required=True,
        validate=validate.Length(1, 1_000),
    )


class PlanByHand(Command):
    request_id = fields.UUID(required=True)
    provider_id = fields.UUID(required=True)
    reason = fields.String(required=True, validate=TEXT)
