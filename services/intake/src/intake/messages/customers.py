"""What comes in over RPC about customers and their departments."""

from __future__ import annotations

from marshmallow import fields
from servicekit.schemas import Command

from intake.messages.fields import Id, Text
from intake.messages.shapes import Page


class ListCustomers(Page):
    q = Text(200)
    ended = fields.Boolean(load_default=False)


class OneCustomer(Command):
    customer_id = Id(required=True)


class ListCustomerPeople(Page):
    customer_id = Id(required=True)
    department_id = Id()


class AddCustomer(Command):
    name = Text(200, required=True)


class ChangeCustomer(OneCustomer):
    version = fields.Integer(required=True, strict=True)


class RenameCustomer(ChangeCustomer):
    name = Text(200, required=True)


class Department(Command):
    name = Text(200, required=True)
    parent_id = Id()
    cost_centre = Text(200)


class AddDepartment(Department, OneCustomer):
    pass


class OneDepartment(Command):
    department_id = Id(required=True)
    version = fields.Integer(required=True, strict=True)


class ChangeDepartment(Department, OneDepartment):
    pass
