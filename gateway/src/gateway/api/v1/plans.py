"""Planned work: what comes back by a rule, made on its lead time before each date."""

from __future__ import annotations

from gateway.api.call import Call
from gateway.api.operation import Resources
from gateway.api.schemas import plans as shapes
from gateway.clients import Json

resources = Resources()
ONE = "/v1/plans/<uuid:plan_id>"


@resources.route("GET", "/v1/plans", permission="plans.read", query=shapes.PlanFilter, answer=shapes.PlanList)
def list_plans(call: Call) -> Json:
    """All plans with the next date of each; there are 2,000 at most."""
    return call.services.intake.list_plans(**call.query)


@resources.route(
    "POST", "/v1/plan-previews", permission="plans.read", body=shapes.NewPreview, answer=shapes.Preview
)
def preview_plan(call: Call) -> Json:
    """The next dates that a rule would give, with what moves or skips them. Nothing is kept."""
    return call.services.intake.preview_plan(**call.body)


@resources.route("GET", ONE, permission="plans.read", answer=shapes.WholePlan)
def get_plan(call: Call, plan_id: str) -> Json:
    """One plan with its next dates and what became of those that came."""
    return call.services.intake.get_plan(plan_id)


@resources.route(
    "POST", "/v1/plans", permission="plans.write", body=shapes.NewPlan, answer=shapes.WholePlan,
    idempotent=True,
)  # fmt: skip
def save_plan(call: Call) -> Json:
    """Plan work that comes back. For each date one request is made, in your name; nobody is mailed about it.

    After a stop, of the dates that have come only the newest is made; the others stand as missed."""
    return call.services.intake.save_plan(**call.body)


@resources.route(
    "POST", f"{ONE}/change", permission="plans.write", body=shapes.ChangedPlan, answer=shapes.WholePlan,
    idempotent=True, versioned=True,
)  # fmt: skip
def change_plan(call: Call, plan_id: str) -> Json:
    """Change it from `startsOn` on: a new plan, which is answered, follows this one. What was made stays."""
    return call.services.intake.change_plan(plan_id, call.version, **call.body)


@resources.route(
    "POST", f"{ONE}/pause", permission="plans.write", body=shapes.PlanReason, answer=shapes.WholePlan,
    idempotent=True, versioned=True,
)  # fmt: skip
def pause_plan(call: Call, plan_id: str) -> Json:
    """Make nothing until it is resumed. What was made stays."""
    return call.services.intake.pause_plan(plan_id, call.version, **call.body)


@resources.route(
    "POST", f"{ONE}/resume", permission="plans.write", body=shapes.PlanReason, answer=shapes.WholePlan,
    idempotent=True, versioned=True,
)  # fmt: skip
def resume_plan(call: Call, plan_id: str) -> Json:
    """Let it run again. Dates that passed in the meantime are not made up for."""
    return call.services.intake.resume_plan(plan_id, call.version, **call.body)


@resources.route(
    "POST", f"{ONE}/end", permission="plans.write", body=shapes.PlanReason, answer=shapes.WholePlan,
    idempotent=True, versioned=True,
)  # fmt: skip
def end_plan(call: Call, plan_id: str) -> Json:
    """End it for good. What was made stays."""
    return call.services.intake.end_plan(plan_id, call.version, **call.body)
