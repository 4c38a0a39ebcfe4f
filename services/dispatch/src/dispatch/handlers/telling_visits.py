"""What a supplier's program says of a visit: of all of its orders at once."""

from __future__ import annotations

from typing import Any

from servicekit.errors import Invalid

from dispatch.domain.deliveries import Answer
from dispatch.domain.errors import NoVisit
from dispatch.domain.visits import WAYS
from dispatch.domain.work_order_states import Action
from dispatch.domain.work_orders import WorkOrder
from dispatch.handlers.visiting import act_on_visit, by_supplier
from dispatch.storage.unit_of_work import DispatchWork

# What belongs to one order, not to a visit.
OF_ONE = ("attachments", "checklist", "windows", "stop", "outcome")
View = dict[str, Any]


def answered(work: DispatchWork, order: WorkOrder, answer: Answer) -> None:
    """A program accepts or refuses the whole visit with which it was told of it; not yet is no answer."""
    visit_id = work.visits.of_orders([order.work_order_id]).get(order.work_order_id)
    if visit_id is None or answer.action not in (Action.ACCEPT, Action.REFUSE):
        return
    details: dict[str, Any] = {"planned_from": answer.planned_from, "planned_until": answer.planned_until}
    if answer.action is Action.REFUSE:
        details = {"reason": answer.reason}
    whose = order.provider.provider_id
    act_on_visit(work, visit_id, answer.action, speaker=by_supplier, whose=whose, **details)


def told_of_visit(
    work: DispatchWork, order: WorkOrder, action: Action, version: int, all_points: bool, said: dict[str, Any]
) -> list[View]:
    """What came of it, per order. The caller has seen whose order it is, and holds no lock. Raises NoVisit,
    Stale, Invalid.
    """
    if action not in WAYS:
        raise Invalid("not_of_a_visit", f"'{action}' is said of each order by itself.")
    if any(said.get(name) for name in OF_ONE):
        raise Invalid("not_of_a_visit", "Files, points, moments and stops belong to one order.")
    visit_id = work.visits.of_orders([order.work_order_id]).get(order.work_order_id)
    if visit_id is None:
        raise NoVisit("This order is in no visit (any more): say it of the order itself.")
    said = {name: value for name, value in said.items() if name not in OF_ONE}
    whose = order.provider.provider_id
    done = act_on_visit(work, visit_id, action, version, all_points, by_supplier, whose, **said)
    return [
        {"order_number": each["number"], "outcome": each["outcome"], "text": each["text"]}
        for each in done["outcomes"]
    ]
