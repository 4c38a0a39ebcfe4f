"""Entry points about people, places and budgets as the organisation keeps them."""

from __future__ import annotations

from typing import Any

from servicekit.entrypoints import Call, rpc
from servicekit.storage import WorkProvider

from intake.handlers import relations
from intake.messages import relations as messages
from intake.messages.shapes import Nothing, read
from intake.storage.unit_of_work import IntakeWork

Answer = dict[str, Any]


class Relations:
    """A part of IntakeService: see there."""

    settings: Any
    work = WorkProvider(IntakeWork)

    @rpc("relations.read")
    def list_locations(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return relations.list_locations(work, **read(messages.ListLocations, query))

    @rpc("relations.read")
    def get_own_person(self, call: Call, **query: Any) -> Answer:
        read(Nothing, query)
        with self.work() as work:
            return relations.get_own_person(work)

    @rpc("relations.write")
    def save_locations(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return relations.save_locations(work, **read(messages.SaveLocations, command))

    @rpc("relations.read_people")
    def list_people(self, call: Call, **query: Any) -> Answer:
        with self.work() as work:
            return relations.list_people(work, **read(messages.ListPeople, query))

    @rpc("relations.write")
    def save_people(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return relations.save_people(work, **read(messages.SavePeople, command))

    @rpc("relations.read_people")
    def list_budgets(self, call: Call, **query: Any) -> Answer:
        read(Nothing, query)
        with self.work() as work:
            return relations.list_budgets(work)

    @rpc("relations.write")
    def save_budgets(self, call: Call, **command: Any) -> Answer:
        with self.work() as work:
            return relations.save_budgets(work, **read(messages.SaveBudgets, command))
