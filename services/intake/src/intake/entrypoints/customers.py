"""Entry points about customers: who they are made of, and keeping them."""

from __future__ import annotations

from typing import Any

from servicekit.entrypoints import Call, rpc
from servicekit.storage import WorkProvider

from intake.handlers import customers
from intake.messages import customers as given
from intake.messages.shapes import read
from intake.storage.unit_of_work import IntakeWork

Answer = dict[str, Any]


class Customers:
    """A part of IntakeService: see there."""

    work = WorkProvider(IntakeWork)

    @rpc("relations.read_people")
    def list_customers(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return customers.list_customers(work, **read(given.ListCustomers, query))

    @rpc("relations.read_people")
    def get_customer(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return customers.get_customer(work, **read(given.OneCustomer, query))

    @rpc("relations.read_people")
    def list_customer_people(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return customers.list_customer_people(work, **read(given.ListCustomerPeople, query))

    @rpc("customers.keep")
    def add_customer(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return customers.add_customer(work, **read(given.AddCustomer, command))

    @rpc("customers.keep")
    def rename_customer(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return customers.rename_customer(work, **read(given.RenameCustomer, command))

    @rpc("customers.keep")
    def end_customer(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return customers.end_customer(work, **read(given.ChangeCustomer, command))

    @rpc("customers.keep")
    def revive_customer(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return customers.revive_customer(work, **read(given.ChangeCustomer, command))

    @rpc("customers.keep")
    def add_department(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return customers.add_department(work, **read(given.AddDepartment, command))

    @rpc("customers.keep")
    def change_department(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return customers.change_department(work, **read(given.ChangeDepartment, command))

    @rpc("customers.keep")
    def end_department(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return customers.end_department(work, **read(given.OneDepartment, command))
