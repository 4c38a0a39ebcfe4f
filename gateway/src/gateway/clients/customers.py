"""Customers and their departments: a part of intake's client."""

from __future__ import annotations

from typing import Any

from gateway.clients.transport import PART_SECONDS, Client, Json


class Customers(Client):
    __slots__ = ()

    def list_customers(self, **query: Any) -> Json:
        return self._call("list_customers", query, PART_SECONDS)

    def get_customer(self, customer_id: str) -> Json:
        return self._call("get_customer", {"customer_id": customer_id}, PART_SECONDS)

    def list_customer_people(self, customer_id: str, **query: Any) -> Json:
        return self._call("list_customer_people", {"customer_id": customer_id, **query}, PART_SECONDS)

    def add_customer(self, name: str) -> Json:
        return self._call("add_customer", {"name": name})

    def rename_customer(self, customer_id: str, version: int, name: str) -> Json:
        return self._call("rename_customer", {"customer_id": customer_id, "version": version, "name": name})

    def end_customer(self, customer_id: str, version: int) -> Json:
        return self._call("end_customer", {"customer_id": customer_id, "version": version})

    def revive_customer(self, customer_id: str, version: int) -> Json:
        return self._call("revive_customer", {"customer_id": customer_id, "version": version})

    def add_department(self, customer_id: str, **department: Any) -> Json:
        return self._call("add_department", {"customer_id": customer_id, **department})

    def change_department(self, department_id: str, version: int, **department: Any) -> Json:
        which = {"department_id": department_id, "version": version}
        return self._call("change_department", {**which, **department})

    def end_department(self, department_id: str, version: int) -> Json:
        return self._call("end_department", {"department_id": department_id, "version": version})
