"""Customers: who the house works for, with their departments and cost centres."""

from __future__ import annotations

from marshmallow import fields

from gateway.api.schemas.base import Body, Id, Page, Text, View, page_of
from gateway.api.schemas.people import ContactLine, NoteView
from gateway.api.schemas.relations import PersonView


class CustomerFilter(Page):
    q = Text(200)
    ended = fields.Boolean(allow_none=True)


class CustomerPeopleFilter(Page):
    department_id = Id()


class NewCustomer(Body):
    name = Text(200, required=True)


class NewDepartment(Body):
    """`parentId`: the department that it is a part of. `costCentre`: who pays, by its key."""

    name = Text(200, required=True)
    parent_id = Id()
    cost_centre = Text(200)


class CustomerLine(View):
    """`people` and `open`: how many belong to it, and how many of its requests are open."""

    customer_id = fields.UUID(required=True)
    name = fields.String(required=True)
    version = fields.Integer(required=True)
    ended_at = fields.AwareDateTime(required=True, allow_none=True)
    people = fields.Integer(required=True)
    open = fields.Integer(required=True)


class DepartmentView(View):
    department_id = fields.UUID(required=True)
    name = fields.String(required=True)
    parent_id = fields.UUID(required=True, allow_none=True)
    cost_centre = fields.String(required=True, allow_none=True)
    people = fields.Integer(required=True)
    version = fields.Integer(required=True)
    ended_at = fields.AwareDateTime(required=True, allow_none=True)


class CostCentreOfCustomer(View):
    budget_id = fields.UUID(required=True)
    key = fields.String(required=True)
    name = fields.String(required=True)
    threshold_cents = fields.Integer(required=True)
    rule = fields.String(required=True)
    valid_from = fields.Date(required=True, allow_none=True)
    valid_until = fields.Date(required=True, allow_none=True)


class PlaceOfCustomer(View):
    location_id = fields.UUID(required=True)
    path = fields.String(required=True)
    people = fields.Integer(required=True)


class MomentOfCustomer(ContactLine):
    person = fields.String(required=True, allow_none=True)
    person_id = fields.UUID(required=True, allow_none=True)


class CustomerView(CustomerLine):
    """`moments`: the newest contacts of the last 30 days. `places`: where its people usually are."""

    departments = fields.List(fields.Nested(DepartmentView), required=True)
    cost_centres = fields.List(fields.Nested(CostCentreOfCustomer), required=True)
    places = fields.List(fields.Nested(PlaceOfCustomer), required=True)
    notes = fields.List(fields.Nested(NoteView), required=True)
    moments = fields.List(fields.Nested(MomentOfCustomer), required=True)


CustomerPage = page_of(CustomerLine, "CustomerPage")
CustomerPeople = page_of(PersonView, "CustomerPeople")
