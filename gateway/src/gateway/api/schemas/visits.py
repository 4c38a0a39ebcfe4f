"""Visits: several work orders of one provider that are done in one go."""

from __future__ import annotations

from marshmallow import fields, validate

from gateway.api.schemas.base import Body, Id, Text, View
from gateway.api.schemas.work_orders import HoursLine, MaterialLine, Settlement, WorkOrderView

MOST = 50


class VisitFilter(Body):
    provider_id = Id(metadata={"description": "For the desk; teams and suppliers see their own."})


class NewVisit(Body):
    work_order_ids = fields.List(
        Id(required=True),
        required=True,
        validate=validate.Length(2, MOST),
        metadata={"description": "Orders in the hands of one provider, none in another visit."},
    )
    note = Text(4000)


class WhichJoin(Body):
    work_order_ids = fields.List(
        Id(required=True),
        required=True,
        validate=validate.Length(1, MOST),
        metadata={"description": "Of the visit's own provider, none in another visit, none begun."},
    )


class WhichToLeave(Body):
    work_order_id = Id(required=True)


class VisitCompletion(Settlement):
    """Cost, hours and material of the whole visit: they are divided over its orders and add up."""

    all_points = fields.Boolean(
        load_default=False,
        metadata={
            "description": "Every point of every checklist is done; else orders with points stay open."
        },
    )
    time = fields.List(fields.Nested(HoursLine), allow_none=True, validate=validate.Length(max=30))
    material = fields.List(fields.Nested(MaterialLine), allow_none=True, validate=validate.Length(max=100))
    evidence = fields.List(
        Text(500, required=True), allow_none=True, validate=validate.Length(max=20),
        metadata={"description": "References that the executor keeps. Files belong to one order."},
    )  # fmt: skip


class VisitOutcome(View):
    work_order_id = fields.UUID(required=True)
    number = fields.String(required=True)
    outcome = fields.String(
        required=True,
        metadata={
            "description": "done; later (not so far yet, or waiting); over (nothing left to do); else the "
            "code of what its own rules refused, in `text`."
        },
    )
    text = fields.String(allow_none=True)


class VisitView(View):
    visit_id = fields.UUID(required=True)
    provider = fields.Dict(required=True)
    made_at = fields.AwareDateTime(required=True)
    made_by = fields.String(allow_none=True)
    note = fields.String(allow_none=True)
    version = fields.Integer(
        required=True, metadata={"description": "Grows whenever an order joins or leaves."}
    )
    begun = fields.Boolean(
        required=True,
        metadata={"description": "Somebody began with one of them: nothing joins, and it is not dissolved."},
    )
    actions = fields.List(fields.String(), metadata={"description": "What the caller may say of it now."})
    orders = fields.List(fields.Nested(WorkOrderView), required=True)
    outcomes = fields.List(
        fields.Nested(VisitOutcome), metadata={"description": "After something was done: per order."}
    )


class VisitList(View):
    items = fields.List(fields.Nested(VisitView), required=True)
    likely = fields.List(
        fields.List(fields.Nested(WorkOrderView)),
        required=True,
        metadata={"description": "Open orders that could well be one visit: the same work in one building."},
    )
    free = fields.List(
        fields.Nested(WorkOrderView),
        required=True,
        metadata={"description": "All orders of the provider that could be in one."},
    )


class CompanionView(WorkOrderView):
    alike = fields.Boolean(required=True, metadata={"description": "The same work."})


class CompanyView(View):
    visit = fields.Nested(VisitView, allow_none=True, metadata={"description": "The one that it is in."})
    could = fields.List(
        fields.Nested(CompanionView),
        required=True,
        metadata={
            "description": "Orders of the same provider in the same building that could go along, the same "
            "work first."
        },
    )
    visits = fields.List(
        fields.Nested(VisitView), required=True, metadata={"description": "Those that it could join."}
    )
