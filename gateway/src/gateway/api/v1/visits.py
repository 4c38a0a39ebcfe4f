"""Visits: several work orders of one provider, done in one go."""

from __future__ import annotations

from collections.abc import Callable

from gateway.api.call import Call
from gateway.api.operation import Resources
from gateway.api.schemas import visits as shapes
from gateway.api.schemas import work_orders
from gateway.api.v1.work_orders import Action
from gateway.clients import Json

resources = Resources()
ONE = "/v1/visits/<uuid:visit_id>"


ACTIONS = (
    Action(
        "accept",
        work_orders.Acceptance,
        "Accept each of its orders that is not accepted yet, with or without a plan.",
    ),
    Action("schedule", work_orders.Plan, "Say when the visit is."),
    Action("start", work_orders.Remark, "Begin."),
    Action("pause", work_orders.Interruption, "Interrupt what is in progress, for a stated reason."),
    Action("resume", work_orders.Remark, "Go on."),
    Action("complete", shapes.VisitCompletion, "Report completion of all; each request moves on."),
    Action("refuse", work_orders.Because, "Refuse all; the desk then finds another provider for each."),
    Action("not_carried_out", work_orders.Because, "Say that none was, or will be, carried out."),
)
# A program of a supplier tells what happened; it need not have seen how the visit is now.
PROGRAMS = ("supplier",)


@resources.route(
    "GET", "/v1/visits", permission="work_orders.read", query=shapes.VisitFilter, answer=shapes.VisitList
)
def list_visits(call: Call) -> Json:
    """Visits with something left to do (the newest 50), and open orders that could well be one."""
    return call.services.dispatch.list_visits(**call.query)


@resources.route(
    "POST", "/v1/visits", permission="visits.plan", body=shapes.NewVisit, answer=shapes.VisitView,
    status=201, idempotent=True,
)  # fmt: skip
def plan_visit(call: Call) -> Json:
    """Put work orders together that are done in one go. Each stays an order of its own. Danger and what is
    confidential go by themselves.
    """
    return call.services.dispatch.plan_visit(**call.body)


@resources.route("GET", ONE, permission="work_orders.read", answer=shapes.VisitView)
def get_visit(call: Call, visit_id: str) -> Json:
    """One visit with its orders."""
    return call.services.dispatch.get_visit(visit_id)


@resources.route(
    "GET", "/v1/work-orders/<uuid:work_order_id>/company", permission="work_orders.read",
    answer=shapes.CompanyView,
)  # fmt: skip
def get_company(call: Call, work_order_id: str) -> Json:
    """What goes along with an order: the visit that it is in, and what could be done in one go with it."""
    return call.services.dispatch.get_company(work_order_id)


@resources.route(
    "POST", f"{ONE}/join", permission="visits.plan", body=shapes.WhichJoin, answer=shapes.VisitView,
    idempotent=True, versioned=True,
)  # fmt: skip
def join_visit(call: Call, visit_id: str) -> Json:
    """Let more orders come along, as long as nobody has begun."""
    return call.services.dispatch.join_visit(visit_id, call.version, **call.body)


@resources.route(
    "POST", f"{ONE}/leave", permission="visits.plan", body=shapes.WhichToLeave, answer=shapes.VisitView,
    idempotent=True, versioned=True,
)  # fmt: skip
def leave_visit(call: Call, visit_id: str) -> Json:
    """Take an order out: it is done by itself after all. One that is left alone is no visit either."""
    return call.services.dispatch.leave_visit(visit_id, call.version, **call.body)


@resources.route(
    "POST", f"{ONE}/dissolve", permission="visits.plan", answer=shapes.VisitView, idempotent=True,
    versioned=True,
)  # fmt: skip
def dissolve_visit(call: Call, visit_id: str) -> Json:
    """Take it apart: every order by itself again, as long as nobody has begun."""
    return call.services.dispatch.dissolve_visit(visit_id, call.version)


def _perform(action: Action) -> Callable[[Call, str], Json]:
    def perform(call: Call, visit_id: str) -> Json:
        version = call.version or None
        return call.services.dispatch.act_on_visit(visit_id, action.name, version, **call.body)

    perform.__name__ = f"{action.name}_visit"
    perform.__doc__ = action.about
    return perform


for _action in ACTIONS:
    resources.route(
        "POST", f"{ONE}/{_action.name.replace('_', '-')}", permission="work_orders.act", body=_action.body,
        answer=shapes.VisitView, idempotent=True, versioned=True, unversioned_for=PROGRAMS,
    )(_perform(_action))  # fmt: skip
