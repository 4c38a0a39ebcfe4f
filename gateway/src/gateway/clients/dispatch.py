"""Work orders and those who carry them out."""

from __future__ import annotations

from datetime import date
from typing import Any

from gateway.clients.deviations import Deviations
from gateway.clients.order_links import OrderLinks
from gateway.clients.team_work import TeamWork
from gateway.clients.transport import Json
from gateway.clients.visits import Visits

BROKER_SECONDS = 20.0  # for what dispatch does on the suppliers' broker meanwhile


class Dispatch(TeamWork, OrderLinks, Visits, Deviations):
    __slots__ = ()
    service = "dispatch"

    def save_provider(self, **provider: Any) -> Json:
        return self._call("save_provider", provider)

    def list_providers(self, **filters: Any) -> Json:
        return self._call("list_providers", filters)

    def get_provider(self, provider_id: str) -> Json:
        return self._call("get_provider", {"provider_id": provider_id})

    def save_provider_profile(self, provider_id: str, version: int, **profile: Any) -> Json:
        return self._call(
            "save_provider_profile", {"provider_id": provider_id, "version": version, **profile}
        )

    def list_routing_rules(self) -> Json:
        return self._call("list_routing_rules", {})

    def save_routing_rule(self, **rule: Any) -> Json:
        """With `rule_id` and `version` the rule that is changed; without, a new one."""
        return self._call("save_routing_rule", rule)

    def move_routing_rule(self, rule_id: str, version: int, position: int) -> Json:
        return self._call("move_routing_rule", {"rule_id": rule_id, "version": version, "position": position})

    def delete_routing_rule(self, rule_id: str, version: int) -> Json:
        return self._call("delete_routing_rule", {"rule_id": rule_id, "version": version})

    def try_routing(self, **case: Any) -> Json:
        return self._call("try_routing", case)

    def get_order_file(self, work_order_id: str, file_id: str) -> Json:
        return self._call("get_order_file", {"work_order_id": work_order_id, "file_id": file_id})

    def list_known_files(self, digests: list[str]) -> Json:
        return self._call("list_known_files", {"digests": digests})

    def get_order_terms(self) -> Json:
        return self._call("get_order_terms", {})

    def save_order_terms(self, version: int, **terms: Any) -> Json:
        return self._call("save_order_terms", {"version": version, **terms})

    def plan_by_hand(self, request_id: str, provider_id: str, reason: str) -> Json:
        command = {"request_id": request_id, "provider_id": provider_id, "reason": reason}
        return self._call("plan_by_hand", command)

    def list_work_orders(self, **filters: Any) -> Json:
        return self._call("list_work_orders", filters)

    def get_figures(self, first: date, last: date) -> Json:
        return self._call("get_figures", {"first": first, "last": last})

    def get_work_order(self, work_order_id: str) -> Json:
        return self._call("get_work_order", {"work_order_id": work_order_id})

    def act_on_work_order(self, work_order_id: str, action: str, version: int | None, **command: Any) -> Json:
        return self._call(
            "act_on_work_order",
            {"work_order_id": work_order_id, "action": action, "version": version, **command},
        )

    def list_appointments(self, request_id: str) -> Json:
        return self._call("list_appointments", {"request_id": request_id})

    def list_checks(self, request_id: str) -> Json:
        return self._call("list_checks", {"request_id": request_id})

    def answer_check(self, work_order_id: str, version: int, **said: Any) -> Json:
        return self._call("answer_check", {"work_order_id": work_order_id, "version": version, **said})

    def answer_appointment(self, work_order_id: str, version: int, **answer: Any) -> Json:
        return self._call(
            "answer_appointment", {"work_order_id": work_order_id, "version": version, **answer}
        )

    def redeliver_work_order(self, work_order_id: str, version: int) -> Json:
        return self._call("redeliver_work_order", {"work_order_id": work_order_id, "version": version})

    def reroute_work_order(self, work_order_id: str, version: int, provider_id: str, reason: str) -> Json:
        command = {"version": version, "provider_id": provider_id, "reason": reason}
        return self._call("reroute_work_order", {"work_order_id": work_order_id, **command})

    def list_supplier_access(self) -> Json:
        return self._call("list_supplier_access", {})

    def get_supplier_access(self, provider_id: str) -> Json:
        return self._call("get_supplier_access", {"provider_id": provider_id}, BROKER_SECONDS)

    def invite_supplier(self, provider_id: str, **invitation: Any) -> Json:
        return self._call("invite_supplier", {"provider_id": provider_id, **invitation}, BROKER_SECONDS)

    def revoke_supplier(self, provider_id: str) -> Json:
        return self._call("revoke_supplier", {"provider_id": provider_id}, BROKER_SECONDS)

    def resume_supplier(self, provider_id: str) -> Json:
        return self._call("resume_supplier", {"provider_id": provider_id}, BROKER_SECONDS)
