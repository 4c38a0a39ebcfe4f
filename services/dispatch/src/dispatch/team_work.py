"""Entry points about the work of a team of our own: its list, and who has an order."""

from __future__ import annotations

from typing import Any

from servicekit.entrypoints import Call, every, rpc
from servicekit.storage import WorkProvider

from dispatch import team_commands as commands
from dispatch.handlers import absences, assigning, week_plan, work_lists
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

    @rpc("work_orders.assign")
    def assign_work_order(self, call: Call, **command: Any) -> dict[str, Any]:
        given = commands.AssignWorkOrder().load(command)
        with self.work() as work:
            return assigning.assign_work_order(work, **given)

    @rpc("work_orders.take")
    def hand_over_work_order(self, call: Call, **command: Any) -> dict[str, Any]:
        given = commands.HandOverWorkOrder().load(command)
        with self.work() as work:
            return assigning.hand_over_work_order(work, **given)

    @rpc("teams.read")
    def get_team_calendar(self, call: Call, **query: Any) -> dict[str, Any]:
        given = commands.GetTeamCalendar().load(query)
        with self.work() as work:
            return week_plan.get_team_calendar(work, **given)

    @rpc("work_orders.assign")
    def check_plan(self, call: Call, **query: Any) -> dict[str, Any]:
        given = commands.CheckPlan().load(query)
        with self.work() as work:
            return week_plan.check_plan(work, **given)

    @rpc("work_orders.assign")
    def plan_work_order(self, call: Call, **command: Any) -> dict[str, Any]:
        given = commands.PlanWorkOrder().load(command)
        with self.work() as work:
            return week_plan.plan_work_order(work, **given)

    @rpc("teams.read")
    def list_absences(self, call: Call, **query: Any) -> dict[str, Any]:
        given = commands.ListAbsences().load(query)
        with self.work() as work:
            return absences.list_absences(work, **given)

    @rpc("absences.write")
    def save_absence(self, call: Call, **command: Any) -> dict[str, Any]:
        given = commands.SaveAbsence().load(command)
        with self.work() as work:
            return absences.save_absence(work, **given)

    @rpc("absences.write")
    def end_absence(self, call: Call, **command: Any) -> dict[str, Any]:
        given = commands.OneAbsence().load(command)
        with self.work() as work:
            return absences.end_absence(work, **given)

    @rpc("absences.write")
    def return_orders(self, call: Call, **command: Any) -> dict[str, Any]:
        given = commands.OneAbsence().load(command)
        with self.work() as work:
            return absences.return_orders(work, **given)

    @every(seconds=5, lease="absences")
    def bring_orders_back(self) -> None:
        """Of who is absent from now on."""
        with self.work() as work:
            due = absences.begun(work)
        for absence_id in due:
            with self.work() as work:
                absences.bring_back(work, absence_id)
