"""Cost centres one by one. The list of them is that of the budgets: a cost centre is a budget by its key."""

from __future__ import annotations

from gateway.api.call import Answer, Call, created
from gateway.api.operation import Resources
from gateway.api.schemas import cost_centres as shapes
from gateway.api.schemas.approvals import BudgetView
from gateway.clients import Json

resources = Resources()
ALL = "/v1/cost-centres"
ONE = f"{ALL}/<uuid:budget_id>"
KEEP = "customers.keep"


@resources.route("GET", ONE, permission="relations.read_people", answer=BudgetView)
def get_cost_centre(call: Call, budget_id: str) -> Json:
    """One cost centre, with its holders and the departments that are charged to it."""
    return call.services.intake.get_cost_centre(budget_id)


@resources.route(
    "POST", ALL, permission=KEEP, body=shapes.NewCostCentre, answer=BudgetView, status=201, idempotent=True
)
def add_cost_centre(call: Call) -> Answer:
    """Make a cost centre. It can be charged from its first day on."""
    made = call.services.intake.add_cost_centre(**call.body)
    return created(made, f"{ALL}/{made['budget_id']}")


@resources.route(
    "PUT", ONE, permission=KEEP, body=shapes.ChangedCostCentre, answer=BudgetView, versioned=True
)
def change_cost_centre(call: Call, budget_id: str) -> Json:
    """Say anew what it is; a last day ends it, once no department is charged to it any more (409)."""
    return call.services.intake.change_cost_centre(budget_id, call.version, **call.body)
