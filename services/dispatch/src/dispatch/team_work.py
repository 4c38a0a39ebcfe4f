"""Entry points about the work of a team of our own: its list, and who has an order."""

from __future__ import annotations

from typing import Any

from servicekit.entrypoints import Call, rpc
from servicekit.storage import WorkProvider

from dispatch import team_commands as commands
from dispatch.handlers import assigning, work_lists
from dispatch.storage.unit_of_work import DispatchWork


class TeamWork:
    """A part of DispatchService: see there."""

    settings: Any
    work = WorkProvider(DispatchWork)

    @rpc("teams.read")
    def get_work_list(self, call: Call, **query: Any) -> dict[str, Any]:
        given = commands.GetWorkList().load(query)
        with self.work() as work:
            return work_lists.get_work_list(work, self.settings.zone, **given)

    @rpc("work_orders.take")
    def take_work_order(self, call: Call, **command: Any) -> dict[str, Any]:
        given = commands.OneOrder().load(command)
        with self.work() as work:
            return assigning.take_work_order(work, **given)

    @rpc("work_orders.take")
    def give_back_work_order(self, call: Call, **command: Any) -> dict[str, Any]:
        given = commands.GiveBackWorkOrder().load(command)
        with self.work() as work:
            return assigning.give_back_work_order(work, **given)

    @rpc("work_orders.take")
    def assign_work_order(self, call: Call, **command: Any) -> dict[str, Any]:
        given = commands.AssignWorkOrder().load(command)
        with self.work() as work:
            return assigning.assign_work_order(work, **given)

    @rpc("work_orders.take")
    def hand_over_work_order(self, call: Call, **command: Any) -> dict[str, Any]:
        given = commands.HandOverWorkOrder().load(command)
        with self.work() as work:
            return assigning.hand_over_work_order(work, **given)
