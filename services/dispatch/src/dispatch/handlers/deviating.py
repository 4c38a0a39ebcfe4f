"""Leaving the regular process for one request: kept where it happens, in the same transaction, and listed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from servicekit.errors import Conflict, Invalid, NotFound
from sqlalchemy.exc import NoResultFound

from dispatch.domain.confidence import ADDED, VEIL, is_sealed, title_for_others
from dispatch.domain.deviations import BY_ACTION, Deviation, Kind, of_order
from dispatch.domain.errors import RoundOver
from dispatch.domain.processes import Process
from dispatch.domain.providers import Provider
from dispatch.domain.work_order_states import Action, State
from dispatch.domain.work_orders import Author, WorkOrder
from dispatch.handlers.changing import add_orders
from dispatch.handlers.parties import author
from dispatch.storage.deviations import Wanted
from dispatch.storage.unit_of_work import DispatchWork
from servicekit import paging

COUNTED = 200  # lines of counts in one answer


def acted(work: DispatchWork, process: Process, order: WorkOrder, action: Action, reason: str | None) -> None:
    """After somebody did this with an order."""
    kind = BY_ACTION.get(action)
    if kind:
        deviated(work, process, order, kind, reason)


def given_to(
    work: DispatchWork, process: Process, order: WorkOrder, provider: Provider, reason: str | None
) -> None:
    """After somebody chose who takes over from `order`; its own provider again is no deviation."""
    if provider.provider_id != order.provider.provider_id:
        names = {"from": order.provider.name, "to": provider.name}
        deviated(work, process, order, Kind.OTHER_PROVIDER, reason, **names)


def chosen_by_hand(work: DispatchWork, process: Process, provider: Provider, reason: str) -> None:
    """After a person said who gets what neither the process nor a rule could give to anybody."""
    for order in work.orders.of_request(process.request_id):
        new = work.now in (order.created_at, order.issued_at)
        if new and (order.routing or {}).get("by") == "hand" and order.provider == provider:
            deviated(work, process, order, Kind.OTHER_PROVIDER, reason, to=provider.name)


def deviated(
    work: DispatchWork, process: Process, order: WorkOrder, kind: Kind, cause: str | None, **details: Any
) -> None:
    """What follows from a rule, a closing or another service is regular: only people deviate."""
    if work.actor.kind != "person":
        return
    by, said = author(work.actor), VEIL if cause and is_sealed(process.request) else cause
    told = replace(order, title=title_for_others(order, process.request))
    work.deviations.add(of_order(work.new_id(), kind, process, told, said, by, work.now, **details))


def promise_made(work: DispatchWork, fact: dict[str, Any]) -> None:
    """A person of the desk promised another moment of completion than follows from the product."""
    by = fact["by"]
    if fact["what"] != "result" or by["kind"] != "person":
        return
    request_id = fact["request_id"]
    process = work.processes.find(request_id)
    request = (process.request if process else None) or {}
    work.deviations.add(
        Deviation(
            work.new_id(),
            Kind.OTHER_LEAD_TIME,
            request_id,
            fact["reference"],
            request.get("product"),
            fact["text"],
            Author(by["kind"], by["name"]),
            fact["at"],
            details={"until": fact["until"].isoformat()},
        )
    )


def rule_overruled(work: DispatchWork, fact: dict[str, Any]) -> None:
    """The desk took a request that a rule of its product stood in the way of: counted once, also when it had
    to say so again in triage.
    """
    kind, product_id = Kind(fact["rule"]), fact["product"]["product_id"]
    if work.deviations.some(Wanted(fact["request_id"], product_id, kind), 1):
        return
    work.deviations.add(
        Deviation(
            work.new_id(),
            kind,
            fact["request_id"],
            fact["reference"],
            {**fact["product"], "product_id": str(product_id)},
            fact["reason"],
            Author(fact["by"]["kind"], fact["by"]["name"]),
            fact["at"],
        )
    )


def add_step(
    work: DispatchWork,
    request_id: UUID,
    title: str,
    provider_id: UUID,
    reason: str,
    instructions: str | None = None,
) -> WorkOrder:
    """Work that the process does not know, given out at once; the request waits for it as for the others."""
    process = _running(work, request_id)
    provider = work.providers.find(provider_id)
    if provider is None:
        raise Invalid("unknown_provider", "There is no such provider.", {"provider_id": ["Not known."]})
    process, (number,) = process.with_numbers(1)
    work.processes.save(process)
    chosen = {"by": "hand", "who": work.actor.name or work.actor.id, "reason": reason}
    order = WorkOrder(
        work.new_id(),
        request_id,
        number,
        process.planned_round,
        f"{ADDED}{process.last_serial}",
        {"nl": title, "en": title},
        provider,
        State.ISSUED,
        work.now,
        instructions={"nl": instructions, "en": instructions} if instructions else None,
        issued_at=work.now,
        routing=chosen,
    )
    add_orders(work, [order])
    deviated(work, process, order, Kind.STEP_ADDED, reason, to=provider.name)
    return order


def _running(work: DispatchWork, request_id: UUID) -> Process:
    try:
        process = work.processes.lock(request_id)
    except NoResultFound:
        raise NotFound("request_not_found", "Dispatch knows of no such request.") from None
    planned = process.planned_round > 0 and process.round_to_plan is None
    if process.is_closed or not planned:
        raise Conflict("not_running", "No work goes on for this request that a step could be added to.")
    if process.completed_round >= process.planned_round:
        raise RoundOver("The customer was told that it is ready; reopen the request instead.")
    return process


def list_deviations(work: DispatchWork, wanted: Wanted, cursor: str | None, limit: int) -> dict[str, Any]:
    """The newest first, and over all that is asked for how often per product, kind and step."""
    after = _position(cursor) if cursor else None
    rows = work.deviations.some(Wanted(**{**vars(wanted), "after": after}), limit + 1)
    more, rows = len(rows) > limit, rows[:limit]
    return {
        "items": [_view(row) for row in rows],
        "next_cursor": paging.encode([rows[-1]["deviation_id"]]) if more else None,
        "counts": work.deviations.counts(wanted, COUNTED) if cursor is None else [],
    }


def _view(row: dict[str, Any]) -> dict[str, Any]:
    shown = {name: value for name, value in row.items() if name not in ("by_kind", "by_name", "of_product")}
    by = {"kind": row["by_kind"], "name": row["by_name"]}
    return {**shown, "product_id": row["of_product"], "by": by}


def _position(cursor: str) -> UUID:
    try:
        return UUID(paging.decode(cursor)[0])
    except (ValueError, IndexError, TypeError, AttributeError) as error:
        raise Invalid("invalid_cursor", "Use the cursor of an earlier answer.") from error
