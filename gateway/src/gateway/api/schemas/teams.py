"""Teams of our own: their people, and who of them has an order."""

from __future__ import annotations

from marshmallow import fields

from gateway.api.schemas.base import Body, Choice, Id, Text, View, page_of
from gateway.api.schemas.work_orders import WorkOrderView


class MemberView(View):
    account_id = fields.UUID(required=True)
    name = fields.String(required=True)
    leads = fields.Boolean(required=True, metadata={"description": "Leads the team."})


class GivingBack(Body):
    """Why need not be said."""

    reason = Text(2000)


class Assignment(Body):
    """To a colleague of the same team, or to oneself. Why must be said when somebody has it already."""

    account_id = Id(required=True)
    reason = Text(2000)


class HandOver(Body):
    """To another team."""

    provider_id = Id(required=True)
    reason = Text(2000, required=True)


class WorkListQuery(Body):
    """Whose: nothing said is the whole team's. `person`: one of its people, by account."""

    whose = Choice("mine", "nobody", "team")
    order = Choice("urgency", "place", "round")
    provider_id = Id()
    person = Id()
    place = Text(200)


class LegView(View):
    how = fields.String(
        required=True,
        metadata={"description": "same_room, same_floor, same_building, other_building or unknown."},
    )
    minutes = fields.Integer(
        required=True, allow_none=True, metadata={"description": "Only where the organisation gave them."}
    )


class TurnView(View):
    number = fields.Integer(required=True)
    part = fields.String(
        required=True,
        metadata={"description": "at_time (agreed for today), round, paused, later (another day), waiting."},
    )
    why = fields.String(
        required=True, metadata={"description": "How it presses: begun, danger, late, today, can_wait."}
    )
    leg = fields.Nested(
        LegView,
        required=True,
        allow_none=True,
        metadata={"description": "The way from the order before, in a round; the first has none."},
    )


class ListedOrder(WorkOrderView):
    turn = fields.Nested(TurnView, required=True)


class WorkListView(View):
    provider_id = fields.UUID(required=True)
    whose = fields.String(required=True)
    order = fields.String(required=True)
    counts = fields.Dict(required=True, metadata={"description": "By whose: mine, nobody, team."})
    places = fields.List(fields.String(), required=True, metadata={"description": "The buildings."})
    more = fields.Boolean(
        required=True, metadata={"description": "The team has more in hand than is looked through."}
    )
    items = fields.List(fields.Nested(ListedOrder), required=True)


MemberPage = page_of(MemberView, "MemberPage")
