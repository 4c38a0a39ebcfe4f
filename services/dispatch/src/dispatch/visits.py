"""The part of DispatchService about visits: several orders that are done in one go."""

from __future__ import annotations

from typing import Any

from servicekit.entrypoints import Call, rpc
from servicekit.storage.provider import WorkProvider

from dispatch import visit_commands as commands
from dispatch.handlers import visiting, visits
from dispatch.storage.unit_of_work import DispatchWork


class Visits:
    work: WorkProvider[DispatchWork]

    @rpc("visits.plan")
    def plan_visit(self, call: Call, **command: Any) -> dict[str, Any]:
        with self.work() as work:
            return visits.plan_visit(work, **commands.PlanVisit().load(command))

    @rpc("work_orders.read")
    def get_visit(self, call: Call, **query: Any) -> dict[str, Any]:
        with self.work() as work:
            return visits.get_visit(work, **commands.OneVisit().load(query))

    @rpc("work_orders.read")
    def list_visits(self, call: Call, **query: Any) -> dict[str, Any]:
        with self.work() as work:
            return visits.list_visits(work, **commands.ListVisits().load(query))

    @rpc("work_orders.act")
    def act_on_visit(self, call: Call, **command: Any) -> dict[str, Any]:
        with self.work() as work:
            return visiting.act_on_visit(work, **commands.ActOnVisit().load(command))

    @rpc("visits.plan")
    def leave_visit(self, call: Call, **command: Any) -> dict[str, Any]:
        with self.work() as work:
            return visits.leave_visit(work, **commands.LeaveVisit().load(command))

    @rpc("visits.plan")
    def join_visit(self, call: Call, **command: Any) -> dict[str, Any]:
        with self.work() as work:
            return visits.join_visit(work, **commands.JoinVisit().load(command))

    @rpc("visits.plan")
    def dissolve_visit(self, call: Call, **command: Any) -> dict[str, Any]:
        with self.work() as work:
            return visits.dissolve_visit(work, **commands.DissolveVisit().load(command))

    @rpc("work_orders.read")
    def get_company(self, call: Call, **query: Any) -> dict[str, Any]:
        with self.work() as work:
            return visits.get_company(work, **commands.GetCompany().load(query))
