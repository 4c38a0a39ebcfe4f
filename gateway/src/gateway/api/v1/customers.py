"""Customers with their departments, notes and people."""

from __future__ import annotations

from gateway.api.call import Answer, Call, created
from gateway.api.operation import Resources
from gateway.api.schemas import customers as shapes
from gateway.api.schemas.people import NewNote, NoteView
from gateway.clients import Json

resources = Resources()
ALL = "/v1/customers"
ONE = f"{ALL}/<uuid:customer_id>"
DEPARTMENT = "/v1/departments/<uuid:department_id>"
READ, KEEP = "relations.read_people", "customers.keep"


@resources.route(
    "GET", ALL, permission=READ, query=shapes.CustomerFilter, answer=shapes.CustomerPage, paged=True
)
def list_customers(call: Call) -> Json:
    """Customers by name; those that ended with `ended`."""
    return call.services.intake.list_customers(**call.query)


@resources.route("GET", ONE, permission=READ, answer=shapes.CustomerView)
def get_customer(call: Call, customer_id: str) -> Json:
    """One customer, with departments, cost centres, places, notes and the last contacts."""
    return call.services.intake.get_customer(customer_id)


@resources.route(
    "GET", f"{ONE}/people", permission=READ, query=shapes.CustomerPeopleFilter,
    answer=shapes.CustomerPeople, paged=True,
)  # fmt: skip
def list_customer_people(call: Call, customer_id: str) -> Json:
    """Who belongs to it, by name; of one department with `departmentId`."""
    return call.services.intake.list_customer_people(customer_id, **call.query)


@resources.route(
    "POST", ALL, permission=KEEP, body=shapes.NewCustomer, answer=shapes.CustomerView, status=201,
    idempotent=True,
)  # fmt: skip
def add_customer(call: Call) -> Answer:
    """Add a customer. The organisation's list of people adds those that it names by itself."""
    made = call.services.intake.add_customer(**call.body)
    return created(made, f"{ALL}/{made['customer_id']}")


@resources.route(
    "POST", f"{ONE}/rename", permission=KEEP, body=shapes.NewCustomer, answer=shapes.CustomerView,
    idempotent=True, versioned=True,
)  # fmt: skip
def rename_customer(call: Call, customer_id: str) -> Json:
    """Give a customer another name. What was reported keeps whose it is."""
    return call.services.intake.rename_customer(customer_id, call.version, **call.body)


@resources.route(
    "POST", f"{ONE}/end", permission=KEEP, answer=shapes.CustomerView, idempotent=True, versioned=True
)
def end_customer(call: Call, customer_id: str) -> Json:
    """End a customer, once nobody belongs to it, nothing is open and its departments have ended."""
    return call.services.intake.end_customer(customer_id, call.version)


@resources.route(
    "POST", f"{ONE}/revive", permission=KEEP, answer=shapes.CustomerView, idempotent=True, versioned=True
)
def revive_customer(call: Call, customer_id: str) -> Json:
    """Make it a customer again."""
    return call.services.intake.revive_customer(customer_id, call.version)


@resources.route(
    "POST", f"{ONE}/notes", permission="relations.keep", body=NewNote, answer=NoteView, idempotent=True
)
def add_customer_note(call: Call, customer_id: str) -> Json:
    """Add a note about a customer; the desk reads it with each of its callers."""
    return call.services.intake.add_relation_note(customer_id=customer_id, **call.body)


@resources.route(
    "POST", f"{ONE}/departments", permission=KEEP, body=shapes.NewDepartment, answer=shapes.CustomerView,
    idempotent=True,
)  # fmt: skip
def add_department(call: Call, customer_id: str) -> Json:
    """Add a department. Its name is used once in the whole house, because lists of people go by it."""
    return call.services.intake.add_department(customer_id, **call.body)


@resources.route(
    "POST", DEPARTMENT, permission=KEEP, body=shapes.NewDepartment, answer=shapes.CustomerView,
    idempotent=True, versioned=True,
)  # fmt: skip
def change_department(call: Call, department_id: str) -> Json:
    """Say anew what it is called, what it is a part of and who pays. The version is the department's own."""
    return call.services.intake.change_department(department_id, call.version, **call.body)


@resources.route(
    "POST", f"{DEPARTMENT}/end", permission=KEEP, answer=shapes.CustomerView, idempotent=True, versioned=True
)
def end_department(call: Call, department_id: str) -> Json:
    """End a department in which nobody works, nothing is open and no other department lies."""
    return call.services.intake.end_department(department_id, call.version)
