"""Entry points about customers: who they are made of, and keeping them."""

from __future__ import annotations

from typing import Any

from servicekit.entrypoints import Call, rpc
from servicekit.storage import WorkProvider

from intake import customers_messages as given
from intake import messages
from intake.handlers import customers
from intake.storage.unit_of_work import IntakeWork

Answer = dict[str, Any]


class Customers:
    """A part of IntakeService: see there."""

    work = WorkProvider(IntakeWork)

    @rpc("relations.read_people")
    def list_customers(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return customers.list_customers(work, **messages.read(given.ListCustomers, query))

    @rpc("relations.read_people")
    def get_customer(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return customers.get_customer(work, **messages.read(given.OneCustomer, query))

    @rpc("relations.read_people")
    def list_customer_people(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return customers.list_customer_people(work, **messages.read(given.ListCustomerPeople, query))

    @rpc("customers.keep")
    def add_customer(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return customers.add_customer(work, **messages.read(given.AddCustomer, command))

    @rpc("customers.keep")
    def rename_customer(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return customers.rename_customer(work, **messages.read(given.RenameCustomer, command))

    @rpc("customers.keep")
    def end_customer(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return customers.end_customer(work, **messages.read(given.ChangeCustomer, command))

    @rpc("customers.keep")
    def revive_customer(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return customers.revive_customer(work, **messages.read(given.ChangeCustomer, command))

    @rpc("customers.keep")
    def add_department(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return customers.add_department(work, **messages.read(given.AddDepartment, command))

    @rpc("customers.keep")
    def change_department(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return customers.change_department(work, **messages.read(given.ChangeDepartment, command))

    @rpc("customers.keep")
    def end_department(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return customers.end_department(work, **messages.read(given.OneDepartment, command))
