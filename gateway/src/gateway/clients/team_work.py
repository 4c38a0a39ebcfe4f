"""Who of a team does what: a part of dispatch's client."""

from __future__ import annotations

from typing import Any

from gateway.clients.transport import Client, Json


class TeamWork(Client):
    __slots__ = ()

    def get_work_list(self, **asked: Any) -> Json:
        return self._call("get_work_list", asked)

    def take_work_order(self, work_order_id: str, version: int) -> Json:
        return self._of_order("take_work_order", work_order_id, version)

    def give_back_work_order(self, work_order_id: str, version: int, **given: Any) -> Json:
        return self._of_order("give_back_work_order", work_order_id, version, **given)

    def assign_work_order(self, work_order_id: str, version: int, **given: Any) -> Json:
        return self._of_order("assign_work_order", work_order_id, version, **given)

    def hand_over_work_order(self, work_order_id: str, version: int, **given: Any) -> Json:
        return self._of_order("hand_over_work_order", work_order_id, version, **given)

    def get_team_calendar(self, **asked: Any) -> Json:
        return self._call("get_team_calendar", asked)

    def check_plan(self, **asked: Any) -> Json:
        return self._call("check_plan", asked)

    def plan_work_order(self, work_order_id: str, version: int, **given: Any) -> Json:
        return self._of_order("plan_work_order", work_order_id, version, **given)

    def list_team_hours(self, **asked: Any) -> Json:
        return self._call("list_team_hours", asked)

    def save_person_hours(self, **given: Any) -> Json:
        return self._call("save_person_hours", given)

    def list_absences(self, **asked: Any) -> Json:
        return self._call("list_absences", asked)

    def save_absence(self, **given: Any) -> Json:
        return self._call("save_absence", given)

    def end_absence(self, absence_id: str) -> Json:
        return self._call("end_absence", {"absence_id": absence_id})

    def return_orders(self, absence_id: str) -> Json:
        return self._call("return_orders", {"absence_id": absence_id})

    def _of_order(self, method: str, work_order_id: str, version: int, **given: Any) -> Json:
        return self._call(method, {"work_order_id": work_order_id, "version": version, **given})
