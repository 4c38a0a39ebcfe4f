"""The calendar of a team, planning on it, and who is absent."""

from __future__ import annotations

from marshmallow import fields

from gateway.api.schemas.base import Body, Choice, Id, Moment, Text, View, page_of
from gateway.api.schemas.rosters import TeamDay
from gateway.api.schemas.work_orders import WorkOrderView

REASONS = ("holiday", "ill", "training", "other")


class CalendarQuery(Body):
    """From now, a week, unless said otherwise; at most six. `person`: only what that account has."""

    start = Moment()
    end = Moment()
    provider_id = Id()
    person = Id()


class ConflictView(View):
    against = fields.String(
        required=True,
        metadata={
            "description": "double, closed, team_absent, person_absent, person_closed, over_capacity, "
            "after_promise."
        },
    )
    label = fields.String(
        required=True, allow_none=True, metadata={"description": "The other order, or who is absent."}
    )
    start = fields.AwareDateTime(required=True, allow_none=True)
    end = fields.AwareDateTime(required=True, allow_none=True)
    planned_minutes = fields.Integer(
        allow_none=True, metadata={"description": "Of a day that would be too full: with this order."}
    )
    capacity_minutes = fields.Integer(allow_none=True)


class PlannedOrder(WorkOrderView):
    conflicts = fields.List(fields.Nested(ConflictView), required=True)
    proposed = fields.List(
        fields.Dict(), required=True, metadata={"description": "Moments that wait for the requester."}
    )


class PersonAbsenceView(View):
    absence_id = fields.UUID(required=True)
    account_id = fields.UUID(required=True)
    name = fields.String(required=True)
    start = fields.AwareDateTime(required=True)
    end = fields.AwareDateTime(required=True)
    reason = fields.String(
        required=True, allow_none=True, metadata={"description": "For themselves and for their lead alone."}
    )
    note = fields.String(required=True, allow_none=True)
    now = fields.Boolean(required=True)
    returned_at = fields.AwareDateTime(
        required=True, allow_none=True, metadata={"description": "When their orders became the team's again."}
    )
    orders = fields.Integer(
        required=True, metadata={"description": "How many they have that cannot wait until they are back."}
    )
    can_change = fields.Boolean(required=True)


class PlannedWork(View):
    plan_id = fields.UUID(required=True)
    name = fields.String(required=True)
    place = fields.String(required=True, allow_none=True)
    product = fields.Dict(required=True)
    on = fields.Date(required=True)


class TeamCalendarView(View):
    provider_id = fields.UUID(required=True)
    start = fields.AwareDateTime(required=True)
    end = fields.AwareDateTime(required=True)
    orders = fields.List(fields.Nested(PlannedOrder), required=True)
    absences = fields.List(fields.Nested(PersonAbsenceView), required=True)
    team_absences = fields.List(fields.Dict(), required=True)
    hours = fields.List(fields.Dict(), required=True)
    days = fields.List(
        fields.Nested(TeamDay),
        required=True,
        metadata={"description": "None while nobody said when those of the team work."},
    )
    to_plan = fields.List(
        fields.Nested(WorkOrderView),
        required=True,
        metadata={"description": "What could be given a moment, the oldest first."},
    )
    planned = fields.List(
        fields.Nested(PlannedWork),
        required=True,
        allow_none=True,
        metadata={"description": "Dates of work that comes back; null when they can't be known now."},
    )


class PlanQuestion(Body):
    planned_from = Moment(required=True)
    planned_until = Moment()
    account_id = Id()


class ConflictList(View):
    conflicts = fields.List(fields.Nested(ConflictView), required=True)


class Planning(PlanQuestion):
    """`ask`: the moment is proposed to the requester; else it is told. `anyway`: also when something is
    against it. Why must be said when it goes from one to another.
    """

    ask = fields.Boolean(allow_none=True)
    anyway = fields.Boolean(allow_none=True)
    reason = Text(2000)


class AbsenceQuery(Body):
    """From now on, unless said otherwise."""

    provider_id = Id()
    start = Moment()
    end = Moment()


class NewAbsence(Body):
    """Nobody named is oneself."""

    account_id = Id()
    start = Moment(required=True)
    end = Moment(required=True)
    reason = Choice(*REASONS, required=True)
    note = Text(2000)


class EndedAbsence(View):
    absence_id = fields.UUID(required=True)
    ended = fields.Boolean(required=True, metadata={"description": "False: it had not begun, and is gone."})


class ReturnedOrders(View):
    absence_id = fields.UUID(required=True)
    returned = fields.Integer(required=True)


PersonAbsencePage = page_of(PersonAbsenceView, "PersonAbsencePage")
