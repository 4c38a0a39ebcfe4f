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
    Action("accept", work_orders.Remark, "Accept each of its orders that is not accepted yet."),
    Action("schedule", work_orders.Plan, "Say when the visit is."),
    Action("start", work_orders.Remark, "Begin."),
    Action("pause", work_orders.Interruption, "Interrupt what is in progress, for a stated reason."),
    Action("resume", work_orders.Remark, "Go on."),
    Action("complete", shapes.VisitCompletion, "Report completion of all; each request moves on."),
)


@resources.route(
    "GET", "/v1/visits", permission="work_orders.read", query=shapes.VisitFilter, answer=shapes.VisitList
)
def list_visits(call: Call) -> Json:
    """Visits with something left to do (the newest 50), and open orders that could well be one."""
    return call.services.dispatch.list_visits(**call.query)


@resources.route(
    "POST", "/v1/visits", permission="work_orders.act", body=shapes.NewVisit, answer=shapes.VisitView,
    status=201, idempotent=True,
)  # fmt: skip
def plan_visit(call: Call) -> Json:
    """Put work orders together that are done in one go. Each stays an order of its own."""
    return call.services.dispatch.plan_visit(**call.body)


@resources.route("GET", ONE, permission="work_orders.read", answer=shapes.VisitView)
def get_visit(call: Call, visit_id: str) -> Json:
    """One visit with its orders."""
    return call.services.dispatch.get_visit(visit_id)


@resources.route(
    "POST", f"{ONE}/leave", permission="work_orders.act", body=shapes.WhichToLeave, answer=shapes.VisitView,
    idempotent=True,
)  # fmt: skip
def leave_visit(call: Call, visit_id: str) -> Json:
    """Take an order out: it is done by itself after all."""
    return call.services.dispatch.leave_visit(visit_id, **call.body)


def _perform(action: Action) -> Callable[[Call, str], Json]:
    def perform(call: Call, visit_id: str) -> Json:
        return call.services.dispatch.act_on_visit(visit_id, action.name, **call.body)

    perform.__name__ = f"{action.name}_visit"
    perform.__doc__ = action.about
    return perform


for _action in ACTIONS:
    resources.route(
        "POST", f"{ONE}/{_action.name}", permission="work_orders.act", body=_action.body,
        answer=shapes.VisitView, idempotent=True,
    )(_perform(_action))  # fmt: skip
