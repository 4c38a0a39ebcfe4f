"""Work orders: what is said to them, and what is shown of them."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from gateway.api.schemas.attachments import ReceiptList
from gateway.api.schemas.base import Body, Choice, Id, Moment, Page, Text, View, Whole, page_of
from gateway.api.schemas.rounds import WalkedStop, stop_counts

STATES = (
    "prepared", "issued", "accepted", "refused", "scheduled", "in_progress", "paused",
    "technically_complete", "checked", "rejected", "administratively_complete",
    "cancellation_requested", "cancelled", "not_carried_out",
)  # fmt: skip
CENTS = 100_000_000
HOURS = ("work", "travel", "waiting", "overtime")
UNITS = ("piece", "hour", "metre", "square_metre", "litre", "kilogram", "set")
CHECKERS = ("desk", "team_lead", "customer")
QUANTITY = r"^(?!0+(\.0+)?\Z)\d{1,6}(\.\d{1,3})?\Z"


class Flag(fields.Boolean):
    """Yes or no in an address."""

    def __init__(self, metadata: dict[str, str]) -> None:
        super().__init__(allow_none=True, metadata=metadata)


class WorkOrderFilter(Page):
    provider_id = Id()
    request_id = Id()
    number = Text(64)
    state = Choice(*STATES)
    open = fields.Boolean(allow_none=True)
    delivery = Choice("none", "pending", "delivered", "failed")
    late = Flag({"description": "Open, and past the end of its plan."})
    refused = Flag({"description": "At least once."})
    completed = Flag({"description": "Reported done, whatever was found of it."})
    at_once = Flag({"description": "Completed, and nothing had to be done over."})
    assignee = Id()
    unassigned = Flag({"description": "Nobody of its team has it."})
    awaiting_check = Choice(*CHECKERS, metadata={"description": "Done, and waits for the check of this one."})
    oldest_first = Flag({"description": "Else the newest come first."})
    issued_from = Moment()
    issued_before = Moment()


class Pause(Body):
    reason = Text(2000, required=True)
    counterparty = Choice("requester", "supplier", "desk", required=True)


class Remark(Body):
    """A step that needs no more than a word."""

    note = Text(4000)


class Because(Remark):
    reason = Text(2000, required=True)


class Acceptance(Remark):
    planned_from = Moment()
    planned_until = Moment()


class Plan(Remark):
    planned_from = Moment(required=True)
    planned_until = Moment()


class VisitWindow(Body):
    """From when until when somebody could come."""

    from_ = Moment(required=True, data_key="from", attribute="from")
    until = Moment(required=True)


class Proposal(Remark):
    windows = fields.List(
        fields.Nested(VisitWindow),
        required=True,
        validate=validate.Length(1, 5),
        metadata={"description": "Moments of which the requester chooses one."},
    )


class ChosenWindow(Remark):
    choice = Whole(0, 4, required=True, metadata={"description": "Which of the moments, from 0."})


class AppointmentAnswer(Body):
    """One of the two."""

    choice = Whole(0, 4, metadata={"description": "Which of the moments, from 0."})
    reason = Text(2000, metadata={"description": "None of them: which moments would suit."})

    @validates_schema
    def one_of_the_two(self, data: dict[str, Any], **_: Any) -> None:
        if (data.get("choice") is None) == (data.get("reason") is None):
            raise ValidationError({"choice": ["Choose a moment, or say which would suit."]})


class CheckAnswer(Body):
    right = fields.Boolean(required=True)
    reason = Text(2000, metadata={"description": "What is not right; needed when it is not."})

    @validates_schema
    def says_what_is_not_right(self, data: dict[str, Any], **_: Any) -> None:
        if not data["right"] and not data.get("reason"):
            raise ValidationError({"reason": ["Say what is not right."]})


class CheckView(View):
    work_order_id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    title = fields.Raw(metadata={"description": "Per language."})
    provider = fields.String()
    state = fields.String(required=True)
    done_at = fields.AwareDateTime(allow_none=True)


class WhichOrder(Body):
    """Of a page's form, whose address is that of the request."""

    work_order_id = Id(required=True)


class AppointmentView(View):
    work_order_id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    title = fields.Raw(metadata={"description": "Per language."})
    provider = fields.String()
    state = fields.String(required=True, metadata={"description": "proposed, confirmed or another_asked."})
    windows = fields.List(fields.Dict(), metadata={"description": "To choose from, when proposed."})
    chosen = fields.Dict(allow_none=True)
    wish = fields.String(allow_none=True)
    planned_from = fields.AwareDateTime(allow_none=True)
    planned_until = fields.AwareDateTime(allow_none=True)


class Interruption(Remark):
    pause = fields.Nested(Pause, required=True)


class Settlement(Remark):
    cost_cents = Whole(0, CENTS)


class HoursLine(Body):
    """Time that was spent."""

    kind = Choice(*HOURS, required=True)
    minutes = Whole(1, 60_000, required=True)
    rate_cents = Whole(0, CENTS, metadata={"description": "Of an hour."})


class MaterialLine(Body):
    """What was used."""

    name = Text(200, required=True)
    quantity = fields.String(
        required=True,
        validate=validate.Regexp(QUANTITY, error="Give a number above 0, such as 2 or 2.5."),
        metadata={"description": "An exact number, with at most three decimals: 2 or 2.5."},
    )
    unit = Choice(*UNITS, required=True)
    price_cents = Whole(0, CENTS, metadata={"description": "Of one unit."})


class Completion(Settlement):
    """Without `costCents` the lines that have a price say what it costs."""

    checklist = fields.List(
        fields.Integer(strict=True, validate=validate.Range(0, 99)),
        allow_none=True,
        validate=validate.Length(max=100),
        metadata={
            "description": "Which points of the checklist are done, from 0: all that are not optional."
        },
    )
    time = fields.List(fields.Nested(HoursLine), allow_none=True, validate=validate.Length(max=30))
    material = fields.List(fields.Nested(MaterialLine), allow_none=True, validate=validate.Length(max=100))
    attachments = ReceiptList()
    evidence = fields.List(
        Text(500, required=True),
        allow_none=True,
        validate=validate.Length(max=20),
        metadata={"description": "References that the executor keeps: report numbers, addresses of photos."},
    )


class Reroute(Body):
    provider_id = Id(required=True)
    reason = Text(2000, required=True)


class WorkOrderView(View):
    work_order_id = fields.UUID(required=True)
    number = fields.String(required=True)
    version = fields.Integer(required=True)
    request_id = fields.UUID()
    round = fields.Integer()
    step = fields.String()
    title = fields.Raw(metadata={"description": "Per language."})
    object = fields.String(allow_none=True, metadata={"description": "What it is about, in words."})
    asset = fields.Dict(
        allow_none=True,
        metadata={"description": "When it is one of the register: code, name, kind, warranty_until."},
    )
    state = fields.String(required=True)
    provider = fields.Dict(allow_none=True)
    delivery = fields.Raw(allow_none=True)
    planned_from = fields.AwareDateTime(allow_none=True)
    planned_until = fields.AwareDateTime(allow_none=True)
    cost_cents = fields.Integer(allow_none=True)
    pause = fields.Dict(allow_none=True)
    appointment = fields.Dict(
        allow_none=True, metadata={"description": "The moments that were proposed, and what became of it."}
    )
    check_required = fields.Boolean()
    check_by = fields.String(
        allow_none=True, metadata={"description": "Whose check it is, where it is not the desk's as a rule."}
    )
    check_holds = fields.Boolean(metadata={"description": "The next steps wait for the check."})
    silence = fields.Dict(
        allow_none=True,
        metadata={"description": "What its provider owes a word about, since when, and who was told."},
    )
    checklist = fields.List(
        fields.Dict(),
        metadata={"description": "The points, some `optional`; completion ticks them by number."},
    )
    stop_counts = stop_counts()
    stops = fields.List(
        fields.Nested(WalkedStop), metadata={"description": "Of a round; of a single work order only."}
    )
    planned = fields.Boolean(metadata={"description": "A plan made it: no customer waits for it."})
    agreed_cents = fields.Integer(allow_none=True, metadata={"description": "What it was expected to cost."})
    limit_cents = fields.Integer(allow_none=True, metadata={"description": "What it may cost unasked."})
    extra_work = fields.Dict(allow_none=True, metadata={"description": "What was asked above the limit."})
    record = fields.Dict(
        allow_none=True, metadata={"description": "What was reported: checklist, time, material."}
    )
    cost_standing = fields.Dict(
        allow_none=True,
        metadata={"description": "When it cost more than agreed and the margin: over, accepted or disputed."},
    )
    reason = fields.String(allow_none=True)
    note = fields.String(allow_none=True)
    actions = fields.List(fields.String(), metadata={"description": "What the caller may do with it now."})
    assignee = fields.Dict(
        allow_none=True, metadata={"description": "Who of the team has it: accountId, name, since."}
    )
    came_back = fields.Dict(
        allow_none=True,
        metadata={"description": "Why nobody has it any more: given_back or absent, from whom, when."},
    )
    hand_overs = fields.Integer(metadata={"description": "How often it went on to somebody else."})
    routing = fields.Dict(
        allow_none=True, metadata={"description": "Why this provider has it: a rule, the process, a person."}
    )
    failure_id = fields.UUID(
        allow_none=True, metadata={"description": "Where in dispatch's repair list it stands, if it does."}
    )
    history = fields.List(fields.Dict(), metadata={"description": "Of a single work order only."})
    attempts = fields.List(fields.Dict(), metadata={"description": "To deliver it; of a single one only."})


WorkOrderPage = page_of(WorkOrderView, "WorkOrderPage")
AppointmentPage = page_of(AppointmentView, "AppointmentPage")
CheckPage = page_of(CheckView, "CheckPage")
