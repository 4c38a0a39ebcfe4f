"""A work order as its supplier receives it: what is needed to do the work, and no more of the dossier."""

from __future__ import annotations

from typing import Any

from dispatch.domain.confidence import SEALED, for_executor, remark_for_executor
from dispatch.domain.work_orders import WorkOrder

# What is kept of an accepted request: enough to carry it out. No e-mail address, department or cost centre.
_KEPT = (
    "kind", "priority", "summary", "text", "received_at", "location", "object", "asset", "answers",
    "quantity", "wanted",
)  # fmt: skip
# Ids of persons, for dispatch itself: who may choose a moment.
CUSTOMERS = ("requester_id", "requested_for_id")


def request_for_executors(accepted: dict[str, Any]) -> dict[str, Any]:
    """The part of intake.request_accepted that executors may see. `contact` is whom they meet on site: who
    was named for it, else whom it is for, else who reported it. `requested_for` has a name alone.
    """
    requester, whom = accepted.get("requester") or {}, accepted.get("requested_for") or {}
    contact = accepted.get("on_site") or whom or requester
    kept = {name: accepted.get(name) for name in _KEPT}
    kept["asset"] = _object(accepted.get("asset"))
    kept["contact"] = {"name": contact.get("name"), "phone": contact.get("phone")}
    kept["said_by"] = requester.get("name")
    kept["requested_for"] = {"name": whom["name"]} if whom else None
    kept["due_at"] = (accepted.get("promise") or {}).get("resolve_by")
    kept["product"] = accepted.get("product")
    kept["stops"] = accepted.get("stops")  # of a round
    kept["planned"] = accepted.get("planned", False)
    kept["approved_cents"] = accepted.get("approved_cents")  # of all work for it
    kept["named_provider"] = accepted.get("named_provider")  # who does the first step, as a plan says
    if accepted.get(SEALED):
        kept[SEALED] = accepted[SEALED]
    kept |= dict(zip(CUSTOMERS, (requester.get("person_id"), whom.get("person_id")), strict=True))
    return kept


def _object(asset: dict[str, Any] | None) -> dict[str, Any] | None:
    """Who else looks after it is not for every executor."""
    return {name: each for name, each in asset.items() if name != "supplier"} if asset else None


def for_supplier(order: WorkOrder, request: dict[str, Any]) -> dict[str, Any]:
    """The `order` argument of `receive_order`.

    `order_number` is the idempotency key: the same number is the same work, however often it comes.
    `order_id` tells it from one with the same number of a desk that was set up anew. `offer` above 1: the
    desk asks again after a refusal.
    """
    remark, request = remark_for_executor(order, request), for_executor(request)
    return {
        "order_number": order.number,
        "order_id": order.work_order_id,
        "offer": order.offer,
        "title": order.title,
        "instructions": order.instructions,
        "remark": remark,
        "checklist": order.checklist or [],
        **({"stops": order.stops} if order.stops else {}),
        "agreed_cents": order.agreed_cents,
        "limit_cents": order.limit_cents,
        "lead_time": order.lead_time,
        "issued_at": order.issued_at,
        **{name: request.get(name) for name in (*_KEPT, "contact", "requested_for", "due_at")},
    }
