"""The calendar of a team, planning on it, and who is absent."""

from __future__ import annotations

from servicekit.actor import service_actor

from gateway import team_weeks
from gateway.api.call import Call
from gateway.api.operation import Resources
from gateway.api.schemas import team_weeks as shapes
from gateway.api.schemas.work_orders import WorkOrderView
from gateway.clients import Caller, Json, Services

resources = Resources()

ORDER = "/v1/work-orders/<uuid:work_order_id>"
ABSENCES = "/v1/absences"
ABSENCE = f"{ABSENCES}/<uuid:absence_id>"


@resources.route(
    "GET",
    "/v1/team-calendar",
    permission="teams.read",
    query=shapes.CalendarQuery,
    answer=shapes.TeamCalendarView,
    refuses=(404,),
)
def get_team_calendar(call: Call) -> Json:
    """What a team has planned and proposed, who is absent, and what is still to be planned.

    Each order says what is against its moment. Who directs work names the team."""
    own = Services(Caller(call.house.transport, service_actor("gateway"), call.correlation_id))
    return team_weeks.calendar(call.services, own, call.actor, **call.query)


@resources.route(
    "GET", f"{ORDER}/plan-conflicts", permission="work_orders.assign", query=shapes.PlanQuestion,
    answer=shapes.ConflictList,
)  # fmt: skip
def check_plan(call: Call, work_order_id: str) -> Json:
    """What would be against doing it at a moment, by somebody of the team; nothing is changed."""
    return call.services.dispatch.check_plan(work_order_id=work_order_id, **call.query)


@resources.route(
    "POST", f"{ORDER}/plan", permission="work_orders.assign", body=shapes.Planning, answer=WorkOrderView,
    idempotent=True, versioned=True,
)  # fmt: skip
def plan_work_order(call: Call, work_order_id: str) -> Json:
    """Put it at a moment, and on somebody of the team; what was only given out is accepted with it.

    409 `plan_conflicts` when something is against it and `anyway` is not said; 409 `assignee_absent` says
    who of the team is there.
    """
    given = {"work_order_id": work_order_id, "version": call.version, **call.body}
    return team_weeks.place(call.house.members, call.actor, call.services, "plan_work_order", given)


@resources.route(
    "GET", ABSENCES, permission="teams.read", query=shapes.AbsenceQuery, answer=shapes.PersonAbsencePage,
    paged=True, refuses=(404,),
)  # fmt: skip
def list_absences(call: Call) -> Json:
    """Who of a team is absent, and how many orders wait for it.

    Why: only themselves and their lead read it."""
    return call.services.dispatch.list_absences(**call.query)


@resources.route(
    "POST", ABSENCES, permission="absences.write", body=shapes.NewAbsence, answer=shapes.PersonAbsenceView,
    status=201, idempotent=True,
)  # fmt: skip
def save_absence(call: Call) -> Json:
    """Say that one is absent, or for who leads the team that somebody of it is.

    At its beginning their open orders are the whole team's again, but for what is planned after it."""
    account_id = call.body.get("account_id") or call.actor.id
    name = call.house.members.colleague(call.actor.provider_id, account_id).name
    return call.services.dispatch.save_absence(**{**call.body, "account_id": account_id, "name": name})


@resources.route(
    "POST", f"{ABSENCE}/end", permission="absences.write", answer=shapes.EndedAbsence, idempotent=True
)
def end_absence(call: Call, absence_id: str) -> Json:
    """They are there from now on; one that had not begun is gone."""
    return call.services.dispatch.end_absence(absence_id)


@resources.route(
    "POST", f"{ABSENCE}/return-orders", permission="absences.write", answer=shapes.ReturnedOrders,
    idempotent=True,
)  # fmt: skip
def return_orders(call: Call, absence_id: str) -> Json:
    """Their orders become the whole team's now, also before the absence begins."""
    return call.services.dispatch.return_orders(absence_id)
