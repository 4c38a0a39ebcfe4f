"""Corrections as they are shown, listed and counted, and the list of their causes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from servicekit.errors import Invalid
from servicekit.worktime.period import Period

from intake.domain.corrections import Correction
from intake.domain.requests import Request
from intake.domain.undoing import why_not
from intake.storage.unit_of_work import IntakeWork

View = dict[str, Any]
PLAIN = (
    "correction_id", "request_id", "reference", "what", "effect", "cause", "note", "by", "at", "before",
    "after", "state", "round", "work_order_id", "product_id", "provider", "updated_at", "batch_id", "undoes",
    "undone_by",
)  # fmt: skip
UNANSWERED: View = {"outcome": None, "reason": None, "detail": None, "stopped": [], "issued": []}


def view(correction: Correction, states: Mapping[str, str] | None = None) -> View:
    """`states`: of the request's orders now; without them stopped orders are as dispatch left them."""
    shown = {name: getattr(correction, name) for name in PLAIN}
    answer = {**UNANSWERED, **(correction.answer or {})}
    stopped = [
        {**each, "asked": each["state"] == "cancellation_requested",
         "state": (states or {}).get(each["work_order_id"], each["state"])}
        for each in answer["stopped"]
    ]  # fmt: skip
    issued = [{"work_order_id": each["work_order_id"], "number": each["number"]} for each in answer["issued"]]
    return {**shown, **answer, "stopped": stopped, "issued": issued}


def states_of(request: Request) -> dict[str, str]:
    return {key: order.state for key, order in request.orders.items()}


def of_request(work: IntakeWork, request: Request) -> list[View]:
    """Oldest first, each with why it can't be taken back, if it can't."""
    if not request.corrections:
        return []
    states, every = states_of(request), work.corrections.of_request(request.request_id)
    standing = [each for each in every if each.stands]
    return [{**view(each, states), "why_not": why_not(request, each, standing)} for each in every]


def list_corrections(work: IntakeWork, cursor: str | None, limit: int, **wanted: Any) -> View:
    found, following = work.corrections.page(wanted, work.actor.person_id, cursor, limit)
    return {"items": [view(each) for each in found], "next_cursor": following}


def count_corrections(work: IntakeWork, period: Period) -> View:
    """`count`: all that were made in the period; the others say of what."""
    counted = work.corrections.counted(period)
    lists = {name: [dict(row._mapping) for row in rows] for name, rows in counted.items()}
    names = {cause.key: cause.name for cause in work.corrections.causes()}
    for each in lists["causes"]:
        each["name"] = names.get(each["key"])
    return {"count": sum(each["count"] for each in lists["whats"]), **lists}


def list_causes(work: IntakeWork) -> View:
    return {"items": [{name: getattr(row, name) for name in ("key", "name", "active")}
                      for row in work.corrections.causes()]}  # fmt: skip


def save_causes(work: IntakeWork, items: Sequence[dict[str, Any]]) -> View:
    keys = [item["key"] for item in items]
    if len(set(keys)) < len(keys):
        text = "A key is there twice. Give each cause a key of its own."
        raise Invalid("invalid", text, {"items": [text]})
    work.corrections.save_causes(items)
    return list_causes(work)
