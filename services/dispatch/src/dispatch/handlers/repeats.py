"""Whether an executor says what it said before: its program lost our answer, and changes nothing."""

from __future__ import annotations

from dataclasses import asdict

from dispatch.domain.repeats import Said, is_repeat
from dispatch.domain.work_order_states import Action
from dispatch.domain.work_orders import Details, WorkOrder
from dispatch.storage.unit_of_work import DispatchWork
from servicekit import json


def heard_before(work: DispatchWork, order: WorkOrder, action: Action, details: Details) -> bool:
    lines = work.orders.history(order.work_order_id)
    said = [Said(Action(line["action"]), line["offer"], line["details"]) for line in lines]
    given = {name: value for name, value in asdict(details).items() if value is not None}
    return is_repeat(order.state, order.offer, said, action, json.plain(given))
