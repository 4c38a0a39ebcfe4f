"""Who must agree to what a request costs, and what they say. Budgets say who."""

from __future__ import annotations

from marshmallow import fields, validate

from gateway.api.schemas.base import Body, Choice, Id, Text, View, Whole

RULES = ("any", "all", "first")
MOST_CENTS = 10**12


class AskApproval(Body):
    """`ask`: whatever it costs. Without `approverIds`: who holds the budget of the requester's department."""

    estimate_cents = Whole(0, MOST_CENTS)
    note = Text(2000)
    ask = fields.Boolean(allow_none=True)
    approver_ids = fields.List(Id(required=True), allow_none=True, validate=validate.Length(max=10))


class Decision(Body):
    """A no needs a reason, which the requester gets to read."""

    approved = fields.Boolean(required=True)
    reason = Text(2000)


class SeatView(View):
    """`approved` is null until it has decided; `by` is who did, the holder or the stand-in."""

    name = fields.String(required=True)
    stand_in = fields.String(allow_none=True)
    approved = fields.Boolean(allow_none=True)
    by = fields.String(allow_none=True)
    reason = fields.String(allow_none=True)
    at = fields.AwareDateTime(allow_none=True)


class ApprovalView(View):
    """`estimateCents`, `note`, `budget` and the reminders are for who is asked and for the desk."""

    rule = fields.String(required=True)
    asked_at = fields.AwareDateTime(required=True)
    may_decide = fields.Boolean(required=True)
    seats = fields.List(fields.Nested(SeatView), required=True)
    you = fields.String(allow_none=True, metadata={"description": "Who asks, by name, when being asked."})
    estimate_cents = fields.Integer(allow_none=True)
    note = fields.String(allow_none=True)
    extra_work_by = fields.String(
        allow_none=True,
        metadata={
            "description": "Whose order takes so much more than it may cost; null: the request itself."
        },
    )
    budget = fields.String(allow_none=True)
    reminders = fields.Integer()
    remind_at = fields.AwareDateTime(allow_none=True)


class NewHolder(Body):
    person_key = Text(200, required=True)
    stand_in_key = Text(200)


class BudgetItem(Body):
    """`rule`: any (one yes is enough), all, first (whoever answers first decides)."""

    key = Text(200, required=True)
    name = Text(200, required=True)
    threshold_cents = Whole(0, MOST_CENTS, required=True)
    rule = Choice(*RULES)
    holders = fields.List(fields.Nested(NewHolder), required=True, validate=validate.Length(1, 10))
    departments = fields.List(Text(200, required=True), allow_none=True, validate=validate.Length(max=500))


class SaveBudgets(Body):
    items = fields.List(fields.Nested(BudgetItem), required=True, validate=validate.Length(1, 1000))


class HolderView(View):
    person_id = fields.UUID(required=True)
    stand_in_id = fields.UUID(allow_none=True)
    name = fields.String(allow_none=True)
    stand_in = fields.String(allow_none=True)


class BudgetView(View):
    """A cost centre, by its key. It may be charged from `validFrom` until `validUntil`, both included; empty:
    always. `departments`: who are charged to it when nothing is said.
    """

    budget_id = fields.UUID(required=True)
    key = fields.String(required=True)
    name = fields.String(required=True)
    threshold_cents = fields.Integer(required=True)
    rule = fields.String(required=True)
    holders = fields.List(fields.Nested(HolderView), required=True)
    departments = fields.List(fields.String(), required=True)
    customer_id = fields.UUID(required=True, allow_none=True)
    customer = fields.String(required=True, allow_none=True)
    valid_from = fields.Date(required=True, allow_none=True)
    valid_until = fields.Date(required=True, allow_none=True)
    version = fields.Integer(required=True)


class BudgetList(View):
    items = fields.List(fields.Nested(BudgetView), required=True)
