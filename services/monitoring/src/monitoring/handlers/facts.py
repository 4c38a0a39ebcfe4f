"""What others tell becomes facts of a request; its clocks are computed anew with each."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from monitoring.domain.facts import Fact
from monitoring.domain.notices import Told
from monitoring.handlers.assessing import assess, save
from monitoring.storage.requests import TimedRequest
from monitoring.storage.unit_of_work import MonitoringWork

Event = dict[str, Any]

# Told by dispatch when it plans an order, before the first change of it, which is number 2.
PLANNED_SEQUENCE = 1


def request_received(work: MonitoringWork, event: Event) -> None:
    _record(work, event, [_fact("received", event, event["received_at"], _subject(event))])


def request_accepted(work: MonitoringWork, event: Event) -> None:
    """A request that was not standard was accepted by an agent, which is a response; the other by a rule."""
    data = {**_subject(event), "by_desk": not event["standard"]}
    _record(work, event, [_fact("accepted", event, event["accepted_at"], data)])


def request_corrected(work: MonitoringWork, event: Event) -> None:
    """Another level may apply, over all that happened since it was received; nothing starts anew."""
    correction = event["correction"]
    fact = _fact("corrected", event, correction["at"], _subject(event))
    _record(work, event, [fact], tells_anew=correction["what"] in {"kind", "product"})


def request_waiting(work: MonitoringWork, event: Event) -> None:
    data = {"reason": event["reason"], "counterparty": event["counterparty"]}
    _record(work, event, [_fact("waiting", event, event["since"], data)])


def request_resumed(work: MonitoringWork, event: Event) -> None:
    _record(work, event, [_fact("resumed", event, event["at"])])


def request_ready(work: MonitoringWork, event: Event) -> None:
    _record(work, event, [_fact("ready", event, event["ready_at"])])


def request_reopened(work: MonitoringWork, event: Event) -> None:
    _record(work, event, [_fact("reopened", event, event["reopened_at"])])


def request_closed(work: MonitoringWork, event: Event) -> None:
    _record(work, event, [_fact("closed", event, event["closed_at"], {"resolution": event["resolution"]})])


def request_updated(work: MonitoringWork, event: Event) -> None:
    _record(work, event, [_fact("informed", event, event["at"])])


def priority_changed(work: MonitoringWork, event: Event) -> None:
    """Other terms over the same facts, and whatever deadlines come of them are told anew."""
    fact = _fact("priority_changed", event, event["at"], {"priority": event["priority"]})
    _record(work, event, [fact], tells_anew=True)


def work_orders_planned(work: MonitoringWork, event: Event) -> None:
    """Only with a supplier among them can the turn pass from the desk; else this changes no clock."""
    orders = event["orders"]
    if any(order["provider"]["kind"] == "supplier" for order in orders):
        facts = [_order(order, PLANNED_SEQUENCE, event["planned_at"], None) for order in orders]
        _record(work, event, facts)


def work_order_changed(work: MonitoringWork, event: Event) -> None:
    """A delivery or a new planning moves nothing: only changes of state, provider or pause are facts."""
    if event["state"] != event["previous_state"] or event["action"] in {"reroute", "pause"}:
        _record(work, event, [_order(event, event["sequence"], event["at"], event["pause"])])


def _record(work: MonitoringWork, event: Event, facts: list[Fact], tells_anew: bool = False) -> None:
    """Adds facts to a request under its lock. What was told before changes nothing."""
    for _ in range(2):
        request = work.requests.lock(event["request_id"])
        known = _introduce(request, event)
        if not request.add(facts) and not known:
            return
        if tells_anew:
            request.told = dict.fromkeys(request.told, Told())
        if save(work, request, assess(work.agreements.current(), request, work.now)):
            # Open pages heard the fact when it was told; the clocks follow only now.
            about = {"request_id": request.request_id, "requester": {"person_id": request.requester_id}}
            work.signal("clocks_touched", about)
            return
    raise RuntimeError("a request that was made by another transaction was not there to lock")


def _introduce(request: TimedRequest, event: Event) -> bool:
    """Who and what it is about, told at receipt and acceptance. Whether anything of it was new."""
    if "requester" not in event or "priority" not in event:
        return False
    before = (request.reference, request.requester_id, request.customer_id)
    request.reference = event["reference"]
    request.requester_id = UUID(event["requester"]["person_id"])
    request.customer_id = event["customer_id"]
    return before != (request.reference, request.requester_id, request.customer_id)


def _fact(kind: str, event: Event, at: datetime, data: dict[str, Any] | None = None) -> Fact:
    return Fact(kind, at, event["sequence"], data=data or {})


def _subject(event: Event) -> dict[str, Any]:
    product = event.get("product")
    return {
        "received_at": event["received_at"].isoformat(),
        "kind": event["kind"],
        "priority": event["priority"],
        "product_id": product["product_id"] if product else None,
    }


def _order(order: Event, sequence: int, at: datetime, pause: dict[str, Any] | None) -> Fact:
    data = {
        "state": order["state"],
        "provider": order["provider"]["kind"],
        "counterparty": pause["counterparty"] if pause else None,
    }
    return Fact("order", at, sequence, str(order["work_order_id"]), data)
