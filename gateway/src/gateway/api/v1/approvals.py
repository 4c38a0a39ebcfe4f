"""Agreeing to what a request costs, and who holds which budget."""

from __future__ import annotations

from gateway.api.call import Call
from gateway.api.operation import Resources
from gateway.api.schemas.approvals import BudgetList, Decision, SaveBudgets
from gateway.api.schemas.relations import Saved
from gateway.api.schemas.request_views import AskedApproval, AskedApprovals
from gateway.clients import Json

resources = Resources()


@resources.route("GET", "/v1/approvals", permission="approvals.decide", answer=AskedApprovals)
def list_approvals(call: Call) -> Json:
    """What waits for one's own word, the longest waiting first."""
    return call.services.intake.list_approvals()


@resources.route(
    "GET", "/v1/approvals/<uuid:request_id>", permission="approvals.decide", answer=AskedApproval
)
def get_approval(call: Call, request_id: str) -> Json:
    """What one is asked to agree to, also when it has been decided since."""
    return call.services.intake.get_approval(request_id)


@resources.route(
    "POST", "/v1/approvals/<uuid:request_id>", permission="approvals.decide", body=Decision,
    answer=AskedApproval, idempotent=True, versioned=True,
)  # fmt: skip
def decide_approval(call: Call, request_id: str) -> Json:
    """Agree, and the work begins when that is enough; or not, with the reason."""
    return call.services.intake.decide_approval(request_id, call.version, **call.body)


@resources.route("GET", "/v1/budgets", permission="relations.read_people", answer=BudgetList)
def list_budgets(call: Call) -> Json:
    """Budgets with their holders, and the departments that they pay for."""
    return call.services.intake.list_budgets()


@resources.route(
    "POST", "/v1/budgets", permission="relations.write", body=SaveBudgets, answer=Saved, idempotent=True
)
def save_budgets(call: Call) -> Json:
    """Save budgets by the organisation's own keys; holders and departments that are left out are gone."""
    return call.services.intake.save_budgets(call.body["items"])
