"""Teams of our own: their people, and who of them has an order."""

from __future__ import annotations

from gateway import team_weeks
from gateway.accounts.members import may_see
from gateway.api.call import Call
from gateway.api.operation import Resources
from gateway.api.schemas import teams as shapes
from gateway.api.schemas.base import Body
from gateway.api.schemas.work_orders import WorkOrderView
from gateway.clients import Json

resources = Resources()

ORDER = "/v1/work-orders/<uuid:work_order_id>"


@resources.route(
    "GET", "/v1/providers/<uuid:provider_id>/members", permission="teams.read", query=Body,
    answer=shapes.MemberPage, paged=True,
)  # fmt: skip
def list_members(call: Call, provider_id: str) -> Json:
    """The people of a team, by name. Who is in a team sees its own."""
    may_see(call.actor, str(provider_id))
    items = [one.as_view() for one in call.house.members.of(str(provider_id))]
    return {"items": items, "next_cursor": None}


@resources.route(
    "GET", "/v1/work-list", permission="teams.read", query=shapes.WorkListQuery,
    answer=shapes.WorkListView, refuses=(404,),
)  # fmt: skip
def get_work_list(call: Call) -> Json:
    """The open orders of a team, in an order to do them: by urgency, by place, or as a way round.

    A way round goes by what presses, and then so that there is little to walk; each of its orders says how
    far it is from the one before. Who directs work names the team."""
    return call.services.dispatch.get_work_list(**call.query)


@resources.route(
    "POST", f"{ORDER}/take", permission="work_orders.take", answer=WorkOrderView, idempotent=True,
    versioned=True,
)  # fmt: skip
def take_work_order(call: Call, work_order_id: str) -> Json:
    """Take it: from now on it is yours. What was only given out is accepted with it.

    When somebody has it already, 409 `already_taken` says who."""
    return call.services.dispatch.take_work_order(work_order_id, call.version)


@resources.route(
    "POST", f"{ORDER}/give-back", permission="work_orders.take", body=shapes.GivingBack,
    answer=WorkOrderView, idempotent=True, versioned=True,
)  # fmt: skip
def give_back_work_order(call: Call, work_order_id: str) -> Json:
    """Give back what is yours: it is the whole team's again."""
    return call.services.dispatch.give_back_work_order(work_order_id, call.version, **call.body)


@resources.route(
    "POST", f"{ORDER}/assign", permission="work_orders.assign", body=shapes.Assignment,
    answer=WorkOrderView, idempotent=True, versioned=True,
)  # fmt: skip
def assign_work_order(call: Call, work_order_id: str) -> Json:
    """Hand it over to a colleague of the team, or take it over from one.

    409 `assignee_absent` when they are not there then; it says who is."""
    given = {"work_order_id": work_order_id, "version": call.version, **call.body}
    return team_weeks.place(call.house.members, call.actor, call.services, "assign_work_order", given)


@resources.route(
    "POST", f"{ORDER}/hand-over", permission="work_orders.take", body=shapes.HandOver,
    answer=WorkOrderView, idempotent=True, versioned=True,
)  # fmt: skip
def hand_over_work_order(call: Call, work_order_id: str) -> Json:
    """Hand it over to another team. A new order takes over; `replacedBy` names it."""
    return call.services.dispatch.hand_over_work_order(work_order_id, call.version, **call.body)
